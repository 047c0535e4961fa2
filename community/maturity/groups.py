"""Groups of people: the organisation, units with everything under them, job roles; and adding up over them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from community.maturity.models import IndicatorValue
from community.organisation.models import JobRole, Unit

Scope = tuple[str, int]
ORGANISATION: Scope = (IndicatorValue.Scope.ORGANISATION, 0)


class Cell(NamedTuple):
    """The smallest group: one job role directly in one unit (None: nobody said which)."""

    unit: int | None
    role: int | None


class Share(NamedTuple):
    """`num` of `den`."""

    num: int = 0
    den: int = 0

    def __add__(self, other: object) -> "Share":
        return Share(self.num + other[0], self.den + other[1])  # type: ignore[index]


Cells = Mapping[Cell, Share]


@dataclass(frozen=True)
class Organisation:
    """Names and tree of today; two queries."""

    parents: dict[int, int | None]
    units: dict[int, str]
    roles: dict[int, str]

    @classmethod
    def of_today(cls) -> "Organisation":
        rows = list(Unit.objects.values_list("pk", "parent_id", "name"))
        return cls(
            parents={pk: parent for pk, parent, _ in rows},
            units={pk: name for pk, _, name in rows},
            roles=dict(JobRole.objects.values_list("pk", "title")),
        )

    def name(self, scope: Scope) -> str:
        kind, pk = scope
        if kind == IndicatorValue.Scope.UNIT:
            return self.units.get(pk, "")
        return self.roles.get(pk, "") if kind == IndicatorValue.Scope.ROLE else ""

    def upwards(self, unit: int | None) -> list[int]:
        """The unit and every unit above it; safe against a ring in the data."""
        found: list[int] = []
        while unit in self.parents and unit not in found:
            found.append(unit)  # type: ignore[arg-type]
            unit = self.parents[unit]  # type: ignore[index]
        return found


def add_up(cells: Cells, organisation: Organisation) -> dict[Scope, Share]:
    """Every group's share. The organisation is always among them; a group without anybody is not."""
    sums: dict[Scope, Share] = defaultdict(Share)
    sums[ORGANISATION] = Share()
    ways: dict[int | None, list[int]] = {}
    for cell, share in cells.items():
        sums[ORGANISATION] += share
        if cell.role is not None:
            sums[IndicatorValue.Scope.ROLE, cell.role] += share
        if cell.unit not in ways:
            ways[cell.unit] = organisation.upwards(cell.unit)
        for unit in ways[cell.unit]:
            sums[IndicatorValue.Scope.UNIT, unit] += share
    return dict(sums)
