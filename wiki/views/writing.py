"""Writing: a new page, a new version, and what happens when somebody else was quicker."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import text
from community.communities.models import Community
from community.interface.differences import difference
from community.topics import vocabulary
from community.topics.models import Topic
from wiki import conflicts, promoting, sections, writing
from wiki.forms import EditPageForm, NewPageForm
from wiki.models import WikiPage
from wiki.views.pages import readable

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """`?under=` puts the page under another, `?from=` makes it of a contribution, `?community=` chooses the place."""
    under = readable(request, _number(request, "under")) if "under" in request.GET else None
    seed = _seed(request) if "from" in request.GET else None
    kept_in = seed.source.audience_id if seed else None
    placed = under is not None or kept_in is not None
    form = NewPageForm(
        request.POST or None, initial=_initial(request, seed), user=request.user, placed=placed
    )
    if request.method == "POST" and form.is_valid():
        made = _create(request, form, under, seed)
        if made is not None:
            return redirect(made.address)
    context = {
        "form": form,
        "under": under,
        "seed": seed,
        "kept_in": seed.community if seed and kept_in else None,
    }
    return render(request, "wiki/create.html", context, status=UNPROCESSABLE if form.errors else 200)


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET[name]
    if not given.isdecimal() or len(given) > 18:
        raise Http404
    return int(given)


def _seed(request: HttpRequest) -> promoting.Seed:
    found = promoting.seed(user=request.user, contribution_id=_number(request, "from"))
    if found is None:
        raise Http404
    return found


def _initial(request: HttpRequest, seed: promoting.Seed | None) -> dict[str, Any]:
    """What the form starts with."""
    initial: dict[str, Any] = {"title": text.line(request.GET.get("title", ""))[:200]}
    slug = text.line(request.GET.get("community", ""))
    initial["community"] = Community.objects.readable_by(request.user).filter(slug=slug).first()
    if seed:
        initial |= {
            "title": seed.title,
            "body": seed.body,
            "topics": seed.topics,
            "community": seed.community,
        }
    return initial


def _create(
    request: HttpRequest, form: NewPageForm, under: WikiPage | None, seed: promoting.Seed | None
) -> WikiPage | None:
    """The page; None when it can go nowhere, with the reason on the form."""
    kept_in = seed.community if seed and seed.source.audience_id else None
    community = form.cleaned_data.get("community") or kept_in
    user: Any = request.user
    try:
        return writing.create_page(
            user=user,
            title=form.cleaned_data["title"],
            body=form.cleaned_data["body"],
            topics=_topics(form),
            parent=under,
            community=None if under else community,
            grew_from=seed.source if seed else None,
            now=timezone.now(),
        )
    except sections.TooDeep:
        form.add_error(None, _("The tree goes no deeper here. Put the page under another one."))
    except writing.NarrowerSource:
        form.add_error(None, _("Only a community may read what this is made of, so the page must lie there."))
    return None


def _topics(form: Any) -> list[Topic]:
    typed = form.cleaned_data["topics"]
    return vocabulary.settle(topics=typed.topics, new=typed.unknown)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version. 409 with both texts when somebody saved in between, 423 when the page is locked."""
    page = readable(request, pk)
    newest = page.get_latest_revision_as_object()
    form = EditPageForm(request.POST or None, initial=_as_it_stands(page, newest))
    status = UNPROCESSABLE if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            writing.edit_page(page=page, now=timezone.now(), **_saved(request, form))
        except conflicts.StaleBase as stale:
            return _conflict(request, page, form, stale)
        except writing.Locked:
            status = 423
            form.add_error(None, _("This page is locked. Copy your text and ask a steward."))
        else:
            messages.success(request, _("Saved."))
            return redirect(page.address)
    context = {"form": form, "page": page, "draft": newest if page.has_unpublished_changes else None}
    return render(request, "wiki/edit.html", context, status=status)


def _as_it_stands(page: WikiPage, newest: WikiPage) -> dict[str, Any]:
    topics = Topic.objects.filter(pk__in=[topic.pk for topic in newest.topics.all()]).order_by("name")
    return {
        "title": newest.title,
        "body": newest.body,
        "topics": list(topics),
        "worth_telling": True,
        "base": page.latest_revision_id,
    }


def _saved(request: HttpRequest, form: EditPageForm) -> dict[str, Any]:
    """Who saves, and the words of the form as the verb takes them."""
    words = {name: form.cleaned_data[name] for name in ("title", "body", "summary", "worth_telling")}
    return words | {
        "user": request.user,
        "topics": _topics(form),
        "base_revision_id": form.cleaned_data["base"],
    }


def _conflict(
    request: HttpRequest, page: WikiPage, form: EditPageForm, stale: conflicts.StaleBase
) -> HttpResponse:
    """Both texts, their difference, and the form to save what they become together."""
    again = EditPageForm(
        initial=form.cleaned_data | {"base": stale.base_revision_id, "topics": _topics(form)}
    )
    context = {
        "page": page,
        "form": again,
        "theirs": stale.theirs,
        "their_version": stale.theirs.latest_revision,
        "yours": stale.body,
        "your_title": stale.title,
        "difference": difference(stale.theirs.body, stale.body),
        "kept": stale.kept,
    }
    return render(request, "wiki/conflict.html", context, status=409)
