"""Reading one thread, the permanent link to a post, and a post's history."""

from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import text
from community.interface.differences import difference
from community.interface.returning import whole_number
from forum import reading, rights
from forum.forms import ReplyForm
from forum.models import SHOWN_DEPTH, Post, Thread
from forum.views import doors
from profiles.requests import SignedInRequest

MOST_VERSIONS = 50


@require_safe
def thread(request: SignedInRequest, pk: int) -> HttpResponse:
    """`?page=`, or `?post=` for the page on which a post stands; `?reply=` puts the reply box under a name."""
    wanted = whole_number(request.GET.get("post", ""))
    found = doors.thread_for(request, pk, wanted_post=wanted)
    page = whole_number(request.GET.get("page", ""))
    if found.wanted_position:
        page = Post(position=found.wanted_position).page
    return render_thread(request, found, page=page, answered=whole_number(request.GET.get("reply", "")))


def render_thread(
    request: SignedInRequest,
    thread: Thread,
    *,
    page: int = 1,
    answered: int = 0,
    form: ReplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with its reply box. `answered` is the id of the post that the box answers, 0 for the thread itself."""
    shown = reading.read_thread(user=request.user, thread=thread, page=page)
    here = {post.pk: post for post in shown.posts}
    target = here.get(answered) if answered else None
    context = {
        "thread": thread,
        "item": thread.item,
        "topics": list(thread.topics.order_by("name")),
        "shown": shown,
        "sheets": _sheets(request.user, shown, thread),
        "target": target if target and not target.opens and target.deleted_at is None else None,
        "solution": _solution(thread, shown),
        "crumbs": _crumbs(thread),
        "pages": _pages(shown),
        "reply_to": answered if target else thread.opening_id,
        "form": form or ReplyForm(auto_id="reply_%s"),
        "furthest": shown.posts[-1].position if shown.posts else 0,
        "may_sort": rights.may_sort(thread=thread, user=request.user),
    }
    return render(request, "forum/thread.html", context, status=status)


def _solution(thread: Thread, shown: reading.ThreadPage) -> dict[str, Any] | None:
    """The accepted answer in short, under the question, unless it stands there anyway."""
    post = thread.accepted
    if post is None or shown.number != 1 or post.position == 2:
        return None
    url = f"#post-{post.pk}" if post.page == 1 else reverse("forum:post", args=[post.pk])
    return {"post": post, "excerpt": text.excerpt(post.html, 400), "url": url}


def _crumbs(thread: Thread) -> list[dict[str, str]]:
    crumbs = [{"name": _("Forum"), "url": reverse("forum:list")}]
    if thread.community:
        crumbs.append({"name": thread.community.name, "url": thread.community.get_absolute_url()})
    return crumbs


def _pages(shown: reading.ThreadPage) -> list[dict[str, Any]]:
    """The first, the last and the pages around this one; a gap between them is a row without a number."""
    near = {1, shown.last, *range(shown.number - 1, shown.number + 2)}
    numbers = sorted(number for number in near if 1 <= number <= shown.last)
    pages: list[dict[str, Any]] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number > before + 1:
            pages.append({"number": None})
        pages.append({"number": number, "current": number == shown.number})
    return pages if shown.last > 1 else []


def _sheets(user: Any, shown: reading.ThreadPage, thread: Thread) -> list[dict[str, Any]]:
    """What the template needs of every post."""
    here = {post.position: post for post in shown.posts}
    news = _first_new(user, shown)
    return [_sheet(user, post, shown, thread, here, is_new=post is news) for post in shown.posts]


def _first_new(user: Any, shown: reading.ThreadPage) -> Post | None:
    """The first post on the page that was written since this person was here."""
    if shown.mark is None:
        return None
    unread = (
        post for post in shown.posts if post.position > shown.mark.position and post.author_id != user.pk
    )
    return next(unread, None)


def _sheet(
    user: Any, post: Post, shown: reading.ThreadPage, thread: Thread, here: dict[int, Post], *, is_new: bool
) -> dict[str, Any]:
    accepted = thread.accepted_id == post.pk
    standing = post.deleted_at is None
    return {
        "post": post,
        "anchor": f"post-{post.pk}",
        "is_new": is_new,
        "depth": min(post.depth, SHOWN_DEPTH),
        "replies_to": _whom(post, here) if standing else None,
        "accepted": accepted,
        "tombstone": "" if standing else _("This post was taken away."),
        "may_edit": rights.may_edit(post=post, user=user),
        "may_thank": rights.may_thank(post=post, user=user),
        "may_withdraw": rights.may_withdraw(post=post, user=user),
        "may_restore": rights.may_restore(post=post, user=user),
        "may_accept": standing and not post.opens and rights.may_accept(thread=thread, user=user),
        "may_grow": standing
        and not shown.grown
        and (accepted or (post.opens and thread.kind == "experience")),
    }


def _whom(post: Post, here: dict[int, Post]) -> dict[str, str] | None:
    """Whom the post answers, where the place below does not say it: not the thread itself, not the post just above."""
    if not post.parent_position or post.parent_position in (1, post.position - 1):
        return None
    same_page = post.parent_position in here
    url = f"#post-{post.parent_id}" if same_page else reverse("forum:post", args=[post.parent_id])
    return {"name": post.parent_name or _("Former employee"), "url": url}


@require_safe
def post(request: SignedInRequest, pk: int) -> HttpResponse:
    """The permanent link: to the right page of the thread."""
    return redirect(doors.address(doors.post_for(request, pk)))


@require_safe
def history(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the post said before, newest change first, each as the difference to the one before."""
    found = doors.post_for(request, pk)
    kept = found.revisions.select_related("written_by").order_by("-written_at", "-pk")[: MOST_VERSIONS + 1]
    earlier = list(kept) if found.deleted_at is None else []
    said = [(found.edited_at or found.created_at, found.author, found.html)]
    said += [(version.written_at, version.written_by, version.html) for version in earlier]
    changes = [
        {"when": when, "person": person, "difference": difference(before[2], html)}
        for (when, person, html), before in pairwise(said)
    ]
    first = said[-1] if len(said) > 1 and len(earlier) <= MOST_VERSIONS else None
    context = {"post": found, "thread": found.thread, "changes": changes[:MOST_VERSIONS], "first": first}
    context |= {"back": doors.address(found), "crumbs": doors.crumbs_of(found.thread)}
    return render(request, "forum/history.html", context)
