"""Reading: the index and a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wiki import reading, reviewing
from wiki.models import WikiPage

ENOUGH_HEADINGS = 3
BIGGEST = 2**31 - 1  # of a number in the database


def readable(request: HttpRequest, pk: int) -> WikiPage:
    """The page, when it exists for this person; Http404 else."""
    page = (
        WikiPage.objects.visible_to(request.user)
        .select_related("community")
        .filter(pk=min(pk, BIGGEST))
        .first()
    )
    if page is None:
        raise Http404
    return page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The tree and what was changed last."""
    context = {"tree": reading.tree(user=request.user), "newest": reading.newest(user=request.user)}
    return render(request, "wiki/index.html", context)


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """The thin view: the body is served as it was written, nothing of it is parsed."""
    found = reading.page_at(user=request.user, path=path)
    if found is None:
        raise Http404
    above, under = reading.family(user=request.user, page=found)
    today = timezone.localdate()
    context = {
        "page": found,
        "crumbs": [{"name": other.title, "url": other.address} for other in above],
        "under": under,
        "topics": reading.topics_of(found),
        "credited": reading.credited_in(found),
        "contents": found.contents if len(found.contents) >= ENOUGH_HEADINGS else [],
        "item": reading.item_of(user=request.user, page=found),
        "source": reading.source_of(user=request.user, page=found),
        "overdue": reviewing.overdue(found, today),
    }
    return render(request, "wiki/page.html", context)


@require_safe
def by_id(request: HttpRequest, pk: int) -> HttpResponse:
    """The address that never changes."""
    return redirect(readable(request, pk).address)
