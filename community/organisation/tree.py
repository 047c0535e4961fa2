"""Reading the unit tree: a few thousand units at most, so it is walked in memory from one query."""

from collections import defaultdict
from collections.abc import Iterable

from community.organisation.models import Unit


def children_by_parent() -> dict[int | None, list[int]]:
    """`{parent id or None: [child ids]}` for the whole organisation; one query."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent_id in Unit.objects.order_by("name", "pk").values_list("pk", "parent_id"):
        below[parent_id].append(pk)
    return below


def subtree(unit_id: int, below: dict[int | None, list[int]]) -> Iterable[int]:
    """`unit_id` and every unit under it; safe against a ring in the data."""
    seen, todo = set(), [unit_id]
    while todo:
        pk = todo.pop()
        if pk not in seen:
            seen.add(pk)
            yield pk
            todo.extend(below.get(pk, []))
