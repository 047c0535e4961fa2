"""Where the wiki joins Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from wiki import serving


@hooks.register("before_serve_page")
def serve_by_the_house(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    return serving.page_or_404(page=page, request=request)


@hooks.register("before_serve_document", order=-1)
def serve_files_by_the_house(document: Any, request: HttpRequest) -> None:
    serving.file_or_404(document=document, request=request)


@hooks.register("construct_page_chooser_queryset")
def choose_among_the_readable(pages: Any, request: HttpRequest) -> Any:
    return serving.choosable(pages=pages, user=request.user)


@hooks.register("insert_global_admin_css")
def colours_of_the_house() -> SafeString:
    """The prose editor is drawn with the house's tokens; their layer keeps them from touching Wagtail's own."""
    sheets = ((static(f"css/{name}.css"),) for name in ("tokens", "wiki-admin"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)
