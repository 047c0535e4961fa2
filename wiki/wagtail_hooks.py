"""Where the wiki joins Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from community.communities.models import Community
from wiki import sections, serving


@hooks.register("before_serve_page")
def serve_by_the_house(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    return serving.page_or_404(page=page, request=request)


@hooks.register("before_serve_document", order=-1)
def serve_files_by_the_house(document: Any, request: HttpRequest) -> None:
    serving.file_or_404(document=document, request=request)


@hooks.register("after_edit_community")
def follow_the_community(request: HttpRequest, community: Community) -> None:
    """Sent by the people's room when a community was opened or closed."""
    sections.follow_visibility(community=community)
