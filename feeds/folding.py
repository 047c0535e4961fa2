"""A page of a stream with one line per item: a lively thread does not push everything else away."""

from dataclasses import dataclass, field

from community.contributions import streams
from community.contributions.models import Contribution
from community.contributions.streams import Page, Place

FETCH = 50  # entries read for a page of `streams.PAGE` items


@dataclass
class Folded:
    """The newest entry of each item, and where the next page begins."""

    entries: list[Contribution] = field(default_factory=list)
    older: Place | None = None


def fold(page: Page, *, most: int = streams.PAGE) -> Folded:
    """At most `most` items of the page; the next page begins after the last entry that was looked at."""
    taken: list[Contribution] = []
    items: set[int] = set()
    for entry in page.entries:
        if entry.item_id not in items and len(items) == most:
            return Folded(streams.collapse(taken), Place(taken[-1].occurred_at, taken[-1].pk))
        items.add(entry.item_id)
        taken.append(entry)
    return Folded(streams.collapse(taken), page.older)
