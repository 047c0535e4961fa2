from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.maturity import protecting, reading
from community.maturity.blocks import HEADLINE, TREND


def home(request: HttpRequest) -> HttpResponse:
    """Where we stand: for everybody, about nobody in particular."""
    standing = reading.standing()
    sides = [
        ("processes", _("Processes"), _("Is sharing built into roles and ways of working?")),
        ("people", _("People"), _("Has the initiative to learn and to teach moved to everybody?")),
        ("systems", _("Systems"), _("Are people connected to the flows that matter?")),
    ]
    cards = [
        {
            "id": key,
            "name": name,
            "asks": asks,
            "cards": [c for c in standing.cards if c.indicator.side == key],
        }
        for key, name, asks in sides
    ]
    context = {
        "standing": standing,
        "sides": cards,
        "gaps": reading.roles_with_gaps() if standing.cards else [],
        "k": protecting.smallest(settings.SMALLEST_GROUP),
        "headline_days": HEADLINE,
        "trend_days": TREND,
    }
    return render(request, "maturity/home.html", context)
