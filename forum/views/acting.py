"""One click on a post: thanks, accept, delete, bring back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum import answering, reading, rights, thanking, withdrawing
from forum.views import doors
from profiles.requests import SignedInRequest


@require_POST
@doors.refusing
def thanks(request: SignedInRequest, pk: int) -> HttpResponse:
    """Says thanks; `off` takes them back. With htmx the button comes back, else the thread."""
    post = doors.post_for(request, pk)
    if "off" in request.POST:
        thanking.unthank(post=post, user=request.user)
    else:
        thanking.thank(post=post, user=request.user, now=timezone.now())
    if not request.htmx:
        return redirect(doors.address(post))
    fresh = reading.posts_for(request.user).get(pk=post.pk)
    return render(request, "forum/_thanks.html", {"post": fresh})


@require_POST
@doors.refusing
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """This helped; `off` opens the question again."""
    post = doors.post_for(request, pk)
    if "off" in request.POST:
        answering.unaccept(thread=post.thread, by=request.user, now=timezone.now())
        messages.info(request, _("The question is open again."))
        return redirect(doors.address(post))
    try:
        answering.accept(post=post, by=request.user, now=timezone.now())
    except ValueError:
        messages.error(request, _("This post cannot be accepted as the answer."))
    else:
        messages.success(request, _("Solved. Whoever has the same question finds the answer here."))
    return redirect(doors.address(post))


@require_http_methods(["GET", "HEAD", "POST"])
@doors.refusing
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks once. The post that opens a thread takes the thread along when nobody else has written there."""
    post = doors.post_for(request, pk)
    rights.insist(rights.may_withdraw(post=post, user=request.user))
    whole = withdrawing.takes_all(post=post, user=request.user)
    if request.method == "POST":
        if whole:
            withdrawing.withdraw_thread(thread=post.thread, by=request.user, now=timezone.now())
            messages.success(request, _("The thread is taken away."))
            return redirect("forum:list")
        withdrawing.withdraw_post(post=post, by=request.user, now=timezone.now())
        messages.success(request, _("The post is taken away. You can bring it back where it stood."))
        return redirect(doors.address(post))
    context = {
        "title": _("Take away the thread?") if whole else _("Take away the post?"),
        "text": _("Nobody will find it any more.")
        if whole
        else _("Its place stays, and you can bring it back."),
        "act": _("Take away"),
        "tone": "danger",
        "cancel_url": doors.address(post),
        "crumbs": doors.crumbs_of(post.thread),
    }
    return render(request, "house/confirm.html", context)


@require_POST
@doors.refusing
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Brings a post back."""
    post = doors.post_for(request, pk)
    withdrawing.restore_post(post=post, by=request.user, now=timezone.now())
    return redirect(doors.address(post))
