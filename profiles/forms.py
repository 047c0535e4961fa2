"""What people type about themselves. Forms translate; `presenting.py` decides."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.interface.fields import Line, Words
from community.topics.fields import TopicsField


class PresentForm(forms.Form):
    name = Line(label=_("Name"), max_length=100)
    title = Line(
        label=pgettext_lazy("of a person", "Title"),
        max_length=100,
        required=False,
        help_text=_("What you do, in your own words."),
    )
    bio = Words(
        label=_("About me"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    ask_about = TopicsField(
        most=20,
        label=_("Ask me about"),
        required=False,
        help_text=_("Topics on which colleagues may turn to you, with a comma between them."),
    )


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG or WebP, at most 10 MB. It is cut to a square and nothing else in the file is kept."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )


def _zones() -> list[tuple[str, Any]]:
    known = sorted(
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return [
        ("", _("As the organisation has it")),
        *((name, name.replace("_", " ")) for name in known),
        ("UTC", "UTC"),
    ]


def _hours() -> list[tuple[str, Any]]:
    return [("", _("As the organisation has it")), *((str(hour), f"{hour:02}:00") for hour in range(24))]


def _days() -> list[tuple[str, Any]]:
    return [("", _("As the organisation has it")), *((str(day), name) for day, name in WEEKDAYS.items())]


def _number(value: str) -> int | None:
    return int(value) if value else None


class RhythmForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("As the browser has it")), *settings.LANGUAGES]
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=lazy(_zones, list))
    digest_on = forms.BooleanField(
        label=_("Send me the weekly digest"), required=False, help_text=_("Nothing to say, no mail.")
    )
    digest_weekday = forms.TypedChoiceField(
        label=_("Day"), required=False, choices=lazy(_days, list), coerce=_number, empty_value=None
    )
    digest_hour = forms.TypedChoiceField(
        label=_("Hour"), required=False, choices=lazy(_hours, list), coerce=_number, empty_value=None
    )
