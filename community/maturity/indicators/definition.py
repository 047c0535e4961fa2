"""What every indicator says of itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from community.maturity.groups import Cells
from community.maturity.windows import Window


@dataclass(frozen=True)
class Indicator:
    """A share of something. `measure(window)` gives numerators and denominators by cell.

    `personal`: it counts what people did, so a nearly empty or nearly full group is blurred. `has_history`: it can be
    computed for a period long past; without, only while the block is open.
    """

    id: str
    version: int
    side: str  # processes | people | systems
    name: str | Promise
    means: str | Promise
    cannot_say: str | Promise
    counts: str | Promise  # the noun of the denominator
    measure: Callable[[Window], Cells]
    personal: bool = True
    of_people: bool = True  # the denominator counts people
    has_history: bool = True
