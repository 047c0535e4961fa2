"""One's own page of settings: how others see me, my photo, language and the digest's hour."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from profiles import presenting
from profiles.forms import PhotoForm, PresentForm, RhythmForm
from profiles.pictures import NotAPicture
from profiles.requests import SignedInRequest


@require_GET
def settings_page(request: SignedInRequest) -> HttpResponse:
    return _page(request)


def _page(request: SignedInRequest, **bound: Any) -> HttpResponse:
    """The page with its three forms; a form that was sent wrongly comes back as it was."""
    me = request.user
    about: dict[str, Any] = {"name": me.name, "title": me.title, "bio": me.bio}
    if "present" not in bound:
        about["ask_about"] = list(me.ask_about.order_by("name"))
    rhythm = {
        "language": me.language,
        "time_zone": me.time_zone,
        "digest_on": me.digest_on,
        "digest_weekday": me.digest_weekday,
        "digest_hour": me.digest_hour,
    }
    forms = {
        "present": PresentForm(initial=about),
        "photo": PhotoForm(),
        "rhythm": RhythmForm(initial=rhythm),
    }
    status = 422 if bound else 200
    return render(request, "profiles/settings.html", forms | bound, status=status)


@require_POST
def present(request: SignedInRequest) -> HttpResponse:
    form = PresentForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        typed = facts.pop("ask_about")
        presenting.present(user=request.user, **facts, ask_about=typed.topics, new_topics=typed.unknown)
        messages.success(request, _("Saved."))
        return redirect("me:settings")
    return _page(request, present=form)


@require_POST
def photo(request: SignedInRequest) -> HttpResponse:
    """A new photo, or with remove=1 none."""
    if request.POST.get("remove"):
        presenting.remove_photo(user=request.user)
        messages.success(request, _("Your photo is gone."))
        return redirect("me:settings")
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            presenting.set_photo(user=request.user, upload=form.cleaned_data["photo"])
        except NotAPicture:
            form.add_error(
                "photo", _("That is no picture we can read. Try a JPEG, PNG or WebP of at most 10 MB.")
            )
        else:
            messages.success(request, _("Your photo is in place."))
            return redirect("me:settings")
    return _page(request, photo=form)


@require_POST
def rhythm(request: SignedInRequest) -> HttpResponse:
    form = RhythmForm(request.POST)
    if form.is_valid():
        try:
            presenting.set_rhythm(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            with override(request.user.language or get_language()):
                messages.success(request, _("Saved."))
            return redirect("me:settings")
    request.user.refresh_from_db()
    return _page(request, rhythm=form)
