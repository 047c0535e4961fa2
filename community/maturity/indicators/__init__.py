"""The indicators, one module each. measures.md section 2.2 is their source; a changed definition gets a new version."""

from community.maturity.indicators import b1, i1, i3, r1
from community.maturity.indicators.definition import Indicator

EVERY: tuple[Indicator, ...] = (
    i1.INDICATOR,
    i3.INDICATOR,
    r1.WITHIN_A_DAY,
    r1.NEXT_WORKING_DAY,
    b1.INDICATOR,
)
BY_ID = {indicator.id: indicator for indicator in EVERY}
