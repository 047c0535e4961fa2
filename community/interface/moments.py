"""Time in people's words: "5 min ago", "yesterday 21:40", "12 November"."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

MINUTE, HOUR = 60, 3600


def relative(*, when: datetime | date, now: datetime) -> str:
    """How long ago `when` was, as one would say it; a moment ahead of `now` is said by its date."""
    if not isinstance(when, datetime):
        return _day(when, timezone.localtime(now).date())
    seconds = (now - when).total_seconds()
    if seconds < -MINUTE:
        return _day(timezone.localtime(when).date(), timezone.localtime(now).date())
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        minutes = int(seconds // MINUTE)
        return ngettext("%(n)s min ago", "%(n)s min ago", minutes) % {"n": minutes}
    return _same_week(timezone.localtime(when), timezone.localtime(now))


def exact(when: datetime | date) -> str:
    """The full date (and clock), for the title that shows on hover."""
    return _exact(when, get_language(), timezone.get_current_timezone_name())


@lru_cache(maxsize=4096)
def _exact(when: datetime | date, language: str, zone: str) -> str:
    if isinstance(when, datetime):
        return date_format(timezone.localtime(when), _("l j F Y, H:i"))
    return date_format(when, _("l j F Y"))


def _same_week(when: datetime, now: datetime) -> str:
    if when.date() == now.date():
        hours = int((now - when).total_seconds() // HOUR)
        return ngettext("%(n)s h ago", "%(n)s h ago", hours) % {"n": hours}
    if when.date() == now.date() - timedelta(days=1):
        return _("yesterday %(clock)s") % {"clock": date_format(when, "H:i")}
    if now.date() - when.date() < timedelta(days=7):
        return _("%(weekday)s %(clock)s") % {
            "weekday": date_format(when, "l"),
            "clock": date_format(when, "H:i"),
        }
    return _day(when.date(), now.date())


def _day(day: date, today: date) -> str:
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if day == today - timedelta(days=1):
        return _("yesterday")
    return date_format(day, _("j F") if day.year == today.year else _("j F Y"))
