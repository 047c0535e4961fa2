"""The whole protocol between rooms and readers: a room registers its kinds, readers ask for names and bodies."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

Bodies = Callable[[Iterable[int]], dict[int, str]]


@dataclass(frozen=True)
class Kind:
    """A kind of contribution.

    `teaches`: whether giving one counts as teaching (measures.md 2.1). `tone`: the colour word of the interface
    (`ask`, `tell`, `yes`, `care`). `bodies(ids) -> {id: safe html}` in one query.
    """

    name: str
    label: str | Promise
    teaches: bool
    bodies: Bodies
    tone: str = "tell"


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called in `AppConfig.ready()`. ValueError when another room has the name."""
    if kind.name in _kinds and _kinds[kind.name] != kind:
        raise ValueError(f"the kind {kind.name} is registered already")
    _kinds[kind.name] = kind


def kind(name: str) -> Kind:
    """The registered kind; KeyError when nobody registered it."""
    return _kinds[name]


def known(name: str) -> Kind | None:
    """The kind, or None when its room is not there (any more)."""
    return _kinds.get(name)


def every() -> list[Kind]:
    return list(_kinds.values())


def bodies(given: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """`{(kind, source_id): html}` for pairs of any kinds: one call, so one query, per room involved."""
    ids: dict[Bodies, set[int]] = defaultdict(set)
    pairs = list(given)
    for name, source_id in pairs:
        ids[_kinds[name].bodies].add(source_id)
    found = {fetch: fetch(wanted) for fetch, wanted in ids.items()}
    return {(name, pk): found[_kinds[name].bodies].get(pk, "") for name, pk in pairs}
