"""How the views find things, and what they say when a person may not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from forum import reading
from forum.models import Post, Thread
from forum.rights import NotAllowed
from profiles.requests import SignedInRequest

View = Callable[..., HttpResponse]
BIGGEST = 2**62


def refusing(view: View) -> View:
    """What a verb does not allow becomes the house's 403 page."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            raise PermissionDenied(_("You may not do this here.")) from refusal

    return guarded


def thread_for(request: SignedInRequest, pk: int, *, wanted_post: int | None = None) -> Thread:
    """The thread if it exists for this person, else 404."""
    wanted = wanted_post if wanted_post and wanted_post < BIGGEST else None
    return get_object_or_404(reading.threads_for(request.user, wanted_post=wanted), pk=min(pk, BIGGEST))


def post_for(request: SignedInRequest, pk: int) -> Post:
    """The post with its thread if they exist for this person, else 404."""
    rows = Post.objects.visible_to(request.user).select_related("thread__item__community", "author")
    return get_object_or_404(rows, pk=min(pk, BIGGEST))


def address(post: Post) -> str:
    """Where the post stands now: the right page of its thread."""
    page = f"?page={post.page}" if post.page > 1 else ""
    return f"{post.thread.get_absolute_url()}{page}#post-{post.pk}"


def crumbs_of(thread: Thread) -> list[dict[str, str]]:
    return [{"name": thread.title, "url": thread.get_absolute_url()}]
