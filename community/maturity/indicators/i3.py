"""I3, both ways: of those present, how many both took a step to learn and taught."""

from django.utils.translation import gettext_lazy as _

from community.maturity.groups import Cells
from community.maturity.indicators.definition import Indicator
from community.maturity.windows import Window, shares


def measure(window: Window) -> Cells:
    return shares(window.present, window.learners & window.teachers)


INDICATOR = Indicator(
    id="I3",
    version=1,
    side="people",
    name=_("How many fetch and share"),
    means=_(
        "The share of colleagues who both learned on their own initiative (asked, chose something to follow, read on two days) and shared."
    ),
    cannot_say=_(
        "Whoever only reads is no worse a colleague: many share somewhere else. Nobody should be pressed by this figure."
    ),
    counts=_("people"),
    measure=measure,
)
