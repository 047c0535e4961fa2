"""Looking back: versions, what changed between any two, bringing one back; and looking through."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import text
from community.interface.differences import difference
from wiki import reading, restoring, reviewing, writing
from wiki.forms import ReviewForm
from wiki.models import EditNote, WikiPage
from wiki.views.pages import readable

PAGE = 50


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version, newest first; any two can be compared."""
    page = readable(request, pk)
    after = request.GET.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    found = list(reading.versions(page=page)[start : start + PAGE + 1])
    older = f"?after={start + PAGE}" if len(found) > PAGE else ""
    newer = f"?after={max(start - PAGE, 0)}" if start else ""
    context = {"page": page, "versions": found[:PAGE], "older_url": older, "newer_url": newer}
    return render(request, "wiki/history.html", context)


def _version(page: WikiPage, pk: int) -> EditNote:
    notes = EditNote.objects.filter(page=page.pk).select_related("author", "revision")
    note = notes.filter(pk=pk).first()
    if note is None:
        raise Http404
    return note


def _chosen(request: HttpRequest, page: WikiPage, name: str) -> EditNote:
    given = request.GET.get(name, "")
    if not given.isdecimal() or len(given) > 18:
        raise Http404
    return _version(page, int(given))


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from the older of the two versions to the newer."""
    page = readable(request, pk)
    chosen = [_chosen(request, page, "old"), _chosen(request, page, "new")]
    old, new = sorted(chosen, key=lambda note: (note.at, note.pk))
    context = {
        "page": page,
        "old": old,
        "new": new,
        "titles": (old.revision.content["title"], new.revision.content["title"]),
        "difference": difference(old.revision.content["body"], new.revision.content["body"]),
    }
    return render(request, "wiki/compare.html", context)


@require_safe
def version(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """The page as it was."""
    page = readable(request, pk)
    found = _version(page, note)
    content = found.revision.content
    context = {"page": page, "version": found, "title": content["title"], "body": text.prose(content["body"])}
    newest = reading.versions(page=page).filter(kept_aside=False).first()
    return render(request, "wiki/version.html", context | {"newest": newest})


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Ask once, then make that version the newest."""
    page = readable(request, pk)
    found = _version(page, note)
    user: Any = request.user
    if request.method == "POST":
        try:
            restoring.restore(page=page, version=found, user=user, now=timezone.now())
            messages.success(request, _("The earlier version is back."))
        except writing.Locked:
            messages.error(request, _("This page is locked. Ask a steward."))
        return redirect(page.address)
    context = {"page": page, "version": found, "title": found.revision.content["title"]}
    return render(request, "wiki/restore.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Still right", with the day on which to look again when one wants to choose it."""
    page = readable(request, pk)
    year_on = timezone.localdate() + reviewing.A_YEAR
    form = ReviewForm(request.POST or None, initial={"next_on": year_on})
    if request.method == "POST" and form.is_valid():
        reviewing.confirm(
            page=page, user=request.user, now=timezone.now(), next_on=form.cleaned_data["next_on"]
        )
        messages.success(request, _("Thanks. Readers now see that you have looked it through."))
        return redirect(page.address)
    return render(request, "wiki/confirm.html", {"page": page, "form": form})
