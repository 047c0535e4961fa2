"""Small groups: nothing that is shown lets anybody work out a figure of a few people. Pure functions.

The rules are those of measures.md 2.4: A a group has at least k people; B what is left of a shown unit when the shown
units under it are taken away is nobody or at least k people, else the next smallest unit under it is hidden too; C from
the top down; D nearly nobody and nearly everybody are said in words; E groups under fifty are rounded to five points.
Job roles are a second way to divide the same people. A role is hidden too when it and the units it is spread over differ
by a few people, and its value is always rounded, so that the two ways cannot be set off against each other exactly.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

FLOOR = 5  # no organisation may set the smallest group below this
FEW = 2
ROUNDED_BELOW = 50
STEP = 5  # points
CONFIDENCE = 1.959964  # of the normal distribution, for 95 %
Node = TypeVar("Node", bound=Hashable)
SMALL, REMAINDER, ABOVE, OVERLAP = "small", "remainder", "above", "overlap"


def smallest(wanted: int) -> int:
    """The k that holds: what the organisation set, never below the floor."""
    return max(wanted, FLOOR)


def hidden_units(
    *, sizes: Mapping[Node, int], parents: Mapping[Node, Node | None], whole: int, k: int
) -> dict[Node, str]:
    """`{unit: why it is hidden}`. `sizes` count a unit with everything under it, `whole` the organisation."""
    below: dict[Node | None, list[Node]] = defaultdict(list)
    for node in sizes:
        parent = parents.get(node)
        below[parent if parent in sizes else None].append(node)
    hidden: dict[Node, str] = {}
    todo: list[Node | None] = [None]
    while todo:
        above = todo.pop()
        size = whole if above is None else sizes[above]
        if above in hidden or size < k:
            hidden |= dict.fromkeys(below[above], ABOVE)
        else:
            hidden |= _hidden_children({child: sizes[child] for child in below[above]}, size, k)
        todo += below[above]
    return hidden


def _hidden_children(sizes: Mapping[Node, int], whole: int, k: int) -> dict[Node, str]:
    """Small children, and then the next smallest while what is left of the whole is a small group."""
    hidden = {node: SMALL for node, size in sizes.items() if size < k}
    shown = sorted((node for node in sizes if node not in hidden), key=lambda node: (sizes[node], str(node)))
    left = whole - sum(sizes[node] for node in shown)
    while shown and 0 < left < k:
        node = shown.pop(0)
        hidden[node] = REMAINDER
        left += sizes[node]
    return hidden


def hidden_roles(
    *,
    cells: Mapping[tuple[Node | None, Node | None], int],
    units: Iterable[Iterable[Node | None]],
    whole: int,
    k: int,
) -> dict[Node, str]:
    """`{role: why it is hidden}`. `cells` count people by (unit, role); `units` are the unit parts one can work out,

    each as the units it is made of. After the remainder rule a role is hidden when it differs by a few people from the
    parts it is spread over, or a part from the roles that it holds.
    """
    sizes: dict[Node, int] = defaultdict(int)
    for (_unit, role), size in cells.items():
        if role is not None:
            sizes[role] += size
    hidden = _hidden_children(sizes, whole, k)
    parts = _parts(cells, units)
    while overlapping := _overlapping(parts, {role for role in sizes if role not in hidden}, k):
        hidden |= dict.fromkeys(overlapping, OVERLAP)
        shown = {role: size for role, size in sizes.items() if role not in hidden}
        hidden |= _hidden_children(shown, whole, k)
    return hidden


def _parts(cells: Mapping, units: Iterable[Iterable]) -> list[dict]:
    """For each part `{role: people}`; those without a role are under None."""
    part_of = {unit: number for number, part in enumerate(units) for unit in part}
    parts: list[dict] = [defaultdict(int) for _ in range(max(part_of.values(), default=-1) + 1)]
    rest: dict = defaultdict(int)
    for (unit, role), size in cells.items():
        if size:
            (parts[part_of[unit]] if unit in part_of else rest)[role] += size
    return [part for part in [*parts, rest] if part]


def _overlapping(parts: list[dict], shown: set, k: int) -> set:
    """The roles to hide now: none when every difference is nobody or at least k."""
    for role in sorted(shown, key=str):
        over = [part for part in parts if role in part]
        if 0 < sum(sum(part.values()) for part in over) - sum(part[role] for part in over) < k:
            return {role}
    totals: dict = defaultdict(int)
    for part in parts:
        for role, size in part.items():
            totals[role] += size
    for part in parts:
        if part.keys() <= shown and 0 < sum(totals[role] for role in part) - sum(part.values()) < k:
            return {min(part, key=lambda role: (totals[role], str(role)))}
    return set()


def atoms(
    *, sizes: Mapping[Node, int], parents: Mapping[Node, Node | None], hidden: Mapping[Node, str]
) -> dict[Node, Node | None]:
    """`{unit: the nearest shown unit at or above it}` (None: only the organisation): which part one can work out it is in."""
    found: dict[Node, Node | None] = {}
    for node in parents:
        at: Node | None = node
        seen: set[Node] = set()
        while at is not None and (at in hidden or at not in sizes):
            if at in seen:
                at = None
                break
            seen.add(at)
            at = parents.get(at)
        found[node] = at
    return found


def wilson(num: int, den: int) -> tuple[float, float]:
    """The 95 % interval of `num` of `den`, both ends between 0 and 1."""
    if not den:
        return 0.0, 1.0
    share, z2 = num / den, CONFIDENCE**2
    middle = share + z2 / (2 * den)
    reach = CONFIDENCE * sqrt(share * (1 - share) / den + z2 / (4 * den * den))
    return max(0.0, (middle - reach) / (1 + z2 / den)), min(1.0, (middle + reach) / (1 + z2 / den))


@dataclass(frozen=True)
class Shown:
    """What a page may say: per cent (None: said in words only), and whether the numerator may stand there."""

    percent: int | None
    words: str = ""  # "", "few", "nearly all"
    exact: bool = True


def shown(*, num: int, den: int, personal: bool, blurred: bool = False) -> Shown:
    """`num` of `den` as it may be shown. `blurred` rounds whatever the size."""
    percent = 100 * num / den if den else 0
    if not personal:
        return Shown(round(percent))
    if num <= FEW:
        return Shown(None, "few", exact=False)
    if den - num <= FEW:
        return Shown(None, "nearly all", exact=False)
    if blurred or den < ROUNDED_BELOW:
        return Shown(STEP * round(percent / STEP), exact=False)
    return Shown(round(percent))
