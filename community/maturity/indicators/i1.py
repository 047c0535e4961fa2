"""I1, sharing spread: of those present, how many taught at least once."""

from django.utils.translation import gettext_lazy as _

from community.maturity.groups import Cells
from community.maturity.indicators.definition import Indicator
from community.maturity.windows import Window, shares


def measure(window: Window) -> Cells:
    return shares(window.present, window.teachers)


INDICATOR = Indicator(
    id="I1",
    version=1,
    side="people",
    name=_("How many share"),
    means=_(
        "The share of colleagues who gave something that others can learn from at least once: an answer, an experience, a page."
    ),
    cannot_say=_(
        "It does not say whether what was shared was good, or what people tell each other over coffee."
    ),
    counts=_("people"),
    measure=measure,
)
