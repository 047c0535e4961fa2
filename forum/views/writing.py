"""Asking, replying, editing: forms in, verbs, and back to the thread."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.communities.models import Community
from community.contributions.models import ContentItem
from community.interface.returning import whole_number
from community.topics.models import Topic
from forum import editing, posting, rights
from forum.forms import AskForm, BodyForm, PartsForm, ReplyForm, SortForm
from forum.models import MOST_TOPICS, Post, Thread
from forum.views import doors
from forum.views.thread import render_thread
from profiles.requests import SignedInRequest

READ_OR_POST = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422


@require_http_methods(READ_OR_POST)
@doors.refusing
def ask(request: SignedInRequest) -> HttpResponse:
    """`?kind=`; `?topic=` and `?community=` fill in; `?about=` is the page (an item's id) that the thread is about."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in Thread.Kind.values else Thread.Kind.QUESTION.value
    about = _about(request)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, user=request.user, kind=kind, initial=_prefilled(request, about))
    if sent is not None and form.is_valid():
        return redirect(_opened(request, form, about))
    context = {"form": form, "kind": kind, "kinds": _kind_tabs(request, kind), "about": about}
    return render(request, "forum/ask.html", context, status=UNPROCESSABLE if sent is not None else 200)


def _opened(request: SignedInRequest, form: AskForm, about: ContentItem | None) -> Thread:
    typed = form.cleaned_data["topics"]
    return posting.open_thread(
        author=request.user,
        kind=form.kind,
        title=form.cleaned_data["title"],
        topics=typed.topics,
        new_topics=typed.unknown,
        community=form.cleaned_data["community"],
        about=about,
        token=form.cleaned_data["token"],
        now=timezone.now(),
        **form.words(),
    )


def _about(request: SignedInRequest) -> ContentItem | None:
    pk = whole_number(request.GET.get("about", ""))
    return (
        ContentItem.objects.visible_to(request.user).filter(pk=pk).first() if 0 < pk < doors.BIGGEST else None
    )


def _prefilled(request: SignedInRequest, about: ContentItem | None) -> dict[str, Any]:
    slug = request.GET.get("topic", "")[:100].replace("\x00", "")
    topics = list(Topic.objects.current().filter(slug=slug)) if slug else []
    asked_for = request.GET.get("community", "")[:110].replace("\x00", "")
    community = Community.objects.readable_by(request.user).filter(slug=asked_for).first()
    if about is not None:
        topics = topics or list(
            Topic.objects.current()
            .filter(contribution_topics__contribution__item=about)
            .distinct()[:MOST_TOPICS]
        )
        community = about.community
    return {"topics": topics, "community": community.slug if community else None}


def _kind_tabs(request: SignedInRequest, current: str) -> list[dict[str, Any]]:
    query = request.GET.copy()
    tabs = []
    for kind, label in Thread.Kind.choices:
        query["kind"] = kind
        tabs.append(
            {"name": label, "url": f"{reverse('forum:ask')}?{query.urlencode()}", "current": kind == current}
        )
    return tabs


@require_http_methods(READ_OR_POST)
@doors.refusing
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """A reply to post `pk`. GET by htmx: the box under the post; GET without: the thread with the box at its end."""
    parent = doors.post_for(request, pk)
    if request.method != "POST":
        if not request.htmx:
            page = f"&page={parent.page}" if parent.page > 1 else ""
            return redirect(f"{parent.thread.get_absolute_url()}?reply={parent.pk}{page}#reply")
        form = ReplyForm(auto_id=f"reply{parent.pk}_%s")
        return render(
            request,
            "forum/_reply.html",
            {"form": form, "target": parent, "reply_to": parent.pk, "inline": True},
        )
    form = ReplyForm(request.POST, auto_id="reply_%s")
    if form.is_valid():
        return redirect(doors.address(_replied(request, parent, form)))
    thread = doors.thread_for(request, parent.thread_id)
    return render_thread(
        request, thread, page=parent.page, answered=parent.pk, form=form, status=UNPROCESSABLE
    )


def _replied(request: SignedInRequest, parent: Post, form: ReplyForm) -> Post:
    return posting.reply(
        thread=parent.thread,
        parent=parent,
        author=request.user,
        html=form.cleaned_data["body"],
        token=form.cleaned_data["token"],
        now=timezone.now(),
    )


@require_http_methods(READ_OR_POST)
@doors.refusing
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other words for a post; an experience that was told in parts is edited in them."""
    post = doors.post_for(request, pk)
    rights.insist(rights.may_edit(post=post, user=request.user))
    form: Any
    if post.opens and post.thread.parts:
        form = PartsForm(request.POST or None, initial=post.thread.parts)
    else:
        form = BodyForm(request.POST or None, initial={"body": post.html})
    if request.method == "POST" and form.is_valid():
        words: dict[str, Any] = (
            {"parts": form.parts()} if isinstance(form, PartsForm) else {"html": form.cleaned_data["body"]}
        )
        editing.edit_post(post=post, by=request.user, now=timezone.now(), **words)
        return redirect(doors.address(post))
    context = {
        "form": form,
        "post": post,
        "back": doors.address(post),
        "crumbs": doors.crumbs_of(post.thread),
    }
    return render(request, "forum/edit.html", context, status=_status(request))


@require_http_methods(READ_OR_POST)
@doors.refusing
def sort(request: SignedInRequest, pk: int) -> HttpResponse:
    """Title and topics."""
    thread = doors.thread_for(request, pk)
    rights.insist(rights.may_sort(thread=thread, user=request.user))
    form = SortForm(request.POST or None, initial={"title": thread.title, "topics": thread.topics.all()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["topics"]
        facts = {"title": form.cleaned_data["title"], "topics": typed.topics, "new_topics": typed.unknown}
        editing.edit_thread(thread=thread, by=request.user, now=timezone.now(), **facts)
        messages.success(request, _("Saved."))
        return redirect(thread)
    context = {
        "form": form,
        "thread": thread,
        "back": thread.get_absolute_url(),
        "crumbs": doors.crumbs_of(thread),
    }
    return render(request, "forum/sort.html", context, status=_status(request))


def _status(request: SignedInRequest) -> int:
    return UNPROCESSABLE if request.method == "POST" else 200
