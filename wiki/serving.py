"""Wagtail's own ways to a page or file, held to the house's rule: what one may not read is not there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from community.communities.models import Community
from wiki.models import WikiIndex, WikiPage


def page_or_404(*, page: Any, request: HttpRequest) -> HttpResponse:
    """Wagtail's address of a page leads to the wiki's own; Http404 for whoever may not read it, and for other pages."""
    readable = isinstance(page, WikiIndex) or (
        isinstance(page, WikiPage) and WikiPage.objects.visible_to(request.user).filter(pk=page.pk).exists()
    )
    if not readable:
        raise Http404
    return page.serve(request)


def file_or_404(*, document: Any, request: HttpRequest) -> None:
    """Http404 for a file in the collection of a community that the person may not read; administrators are no exception."""
    above = document.collection.get_ancestors(inclusive=True)
    owners = Community.objects.filter(group__collection_permissions__collection__in=above)
    if owners.exclude(pk__in=Community.objects.readable_by(request.user)).exists():
        raise Http404


def choosable(*, pages: Any, user: Any) -> Any:
    """Of Wagtail's `pages`, those whose titles `user` may meet in a chooser; its own look is at nobody's rights."""
    if user.is_superuser:
        return pages
    return pages.exclude(pk__in=WikiPage.objects.exclude(pk__in=WikiPage.objects.readable_by(user)))


def nothing(request: HttpRequest) -> HttpResponse:
    """Not there, for anybody."""
    raise Http404
