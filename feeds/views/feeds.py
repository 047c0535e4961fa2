"""Feeds for readers, and the page where one takes their addresses."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from feeds import building, rendering, sources, tokens
from feeds.sources import Source
from profiles.requests import SignedInRequest

WRONG_TOKENS = 30  # a minute and address
NAMED_FORMATS = [("Atom", "atom"), ("RSS", "rss"), ("JSON Feed", "json")]


@login_not_required
@require_safe
def feed(request: HttpRequest, form: str, suffix: str, slug: str = "") -> HttpResponse:
    """A feed for whoever is signed in; for others it is not there (a reader cannot sign in)."""
    source = sources.find(user=request.user, form=form, slug=slug) if request.user.is_authenticated else None
    if source is None:
        raise Http404
    return _answered(request, source, suffix)


@login_not_required
@require_safe
def by_token(request: HttpRequest, token: str, form: str, suffix: str, slug: str = "") -> HttpResponse:
    """A feed for a reader that knows the secret address. Nothing else about the request counts."""
    opened = tokens.open_source(secret=token, form=form, slug=slug)
    if opened is None:
        return _refused(request)
    row, source = opened
    tokens.note_use(token=row, reader=request.headers.get("User-Agent", ""), now=timezone.now())
    return _answered(request, source, suffix)


def _answered(request: HttpRequest, source: Source, form: str) -> HttpResponse:
    with translation.override(source.user.language or settings.LANGUAGE_CODE):
        found = sources.entries(source)
        etag = building.etag(source, form, found)
        modified = building.http_date(building.changed_at(source, found))
        if _has(request, etag, modified):
            return _headed(HttpResponseNotModified(), etag, modified)
        body = rendering.RENDERERS[form](building.build(source, form, found))
    return _headed(HttpResponse(body, content_type=building.FORMATS[form]), etag, modified)


def _has(request: HttpRequest, etag: str, modified: str) -> bool:
    """Whether the reader has just this. The date must be the very one: taking back the newest moves it backwards."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        return etag in [one.strip().removeprefix("W/") for one in known.split(",")]
    return request.headers.get("If-Modified-Since") == modified


def _headed(response: HttpResponse, etag: str, modified: str) -> HttpResponse:
    response["ETag"], response["Last-Modified"] = etag, modified
    return _secluded(response)


def _secluded(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


def _refused(request: HttpRequest) -> HttpResponse:
    """404 whatever is wrong; after many from one address 429. Right addresses never come here."""
    key = f"feeds.wrong:{get_adapter().get_client_ip(request)}:{timezone.now():%H%M}"
    cache.add(key, 0, 120)
    status = 429 if cache.incr(key) > WRONG_TOKENS else 404
    response = HttpResponse(status=status, content_type="text/plain")
    if status == 429:
        response["Retry-After"] = "60"
    return _secluded(response)


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """My feeds: what there is, and the addresses I gave to readers."""
    return _page(request)


@never_cache
@require_POST
def make(request: SignedInRequest) -> HttpResponse:
    """A new address for one feed, shown in this answer and never again."""
    form, slug = request.POST.get("form", ""), request.POST.get("slug", "")
    known = form in sources.Form.values
    source = sources.find(user=request.user, form=form, slug=slug) if known else None
    if source is None:
        raise Http404
    made = tokens.make(source=source, now=timezone.now())
    return _page(request, fresh=_fresh(source, made.secret))


def _fresh(source: Source, secret: str) -> dict[str, Any]:
    paths = [
        (name, f"address-{form}", building.path_of(source, form, secret)) for name, form in NAMED_FORMATS
    ]
    return {
        "name": source.name,
        "addresses": [(name, pk, building.absolute(path)) for name, pk, path in paths],
    }


def _page(request: SignedInRequest, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "offered": sources.offered(request.user),
        "tokens": tokens.of_person(request.user),
        **more,
    }
    return render(request, "feeds/feeds.html", context)


@require_POST
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one of my addresses."""
    if not tokens.revoke(user=request.user, token_id=pk, now=timezone.now()):
        raise Http404
    messages.success(request, _("The address is closed. A reader that still asks gets nothing."))
    return redirect("feeds:mine")


@never_cache
@require_POST
def opml(request: SignedInRequest) -> HttpResponse:
    """Fresh addresses for all my feeds in one file that readers import."""
    rows = []
    for source in sources.offered(request.user):
        made = tokens.make(source=source, now=timezone.now())
        address = building.absolute(building.path_of(source, "atom", made.secret))
        rows.append((source.name, address, building.absolute(source.page)))
    body = rendering.opml(title=f"{settings.ORG_NAME} · {request.user.name}", feeds=rows)
    response = HttpResponse(body, content_type="text/x-opml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="dela.opml"'
    return _secluded(response)
