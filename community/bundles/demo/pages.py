"""Pages from the scripts, with the revisions that made them what they are."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from community.bundles.demo import markup, script
from community.bundles.demo.casting import Cast
from community.bundles.demo.script import Entry
from community.bundles.demo.world import World

QUITE_NEW = 0.2
FIRST = {"sv": "Första versionen", "en": "First version"}


class Editor:
    """Writes pages as bundle rows."""

    def __init__(self, here: World) -> None:
        self.here, self.clock = here, here.clock

    def rows(self, entries: list[Entry]) -> Iterator[dict]:
        """The lines of `pages.jsonl`; a parent stands before its children in the scripts and is older than they."""
        born: dict[str, datetime] = {}
        for entry in entries:
            row = self._page(entry, self.here.rng(f"page:{entry.id}"), born)
            born[entry.id] = datetime.fromisoformat(row["revisions"][0]["at"])
            yield row

    def _page(self, entry: Entry, rng: random.Random, born: dict[str, datetime]) -> dict:
        at = self._begun(entry, rng, born)
        cast = Cast(self.here.people_in(entry.options.get("c")), rng, at, self.clock.now)
        row: dict[str, Any] = {"id": entry.id, "title": entry.title}
        row |= {"parent": entry.options.get("parent"), "community": entry.options.get("c")}
        row |= {"topics": entry.topics, "owner": cast.part(entry.author).id}
        row["revisions"] = self._revisions(entry, cast, rng, at)
        return {key: value for key, value in row.items() if value is not None}

    def _begun(self, entry: Entry, rng: random.Random, born: dict[str, datetime]) -> datetime:
        """A section is old; a page under it is younger than it, and one in five is quite new."""
        role = entry.author.split(".")[0].rstrip("0123456789")
        parent = born.get(entry.options.get("parent", ""))
        if parent is None:
            return self.clock.moment(rng, role=role, oldest=182, newest=150)
        oldest = (self.clock.now - parent) / timedelta(days=1)
        quite_new = rng.random() < QUITE_NEW
        return self.clock.moment(rng, role=role, oldest=min(60, oldest) if quite_new else oldest, newest=4)

    def _revisions(self, entry: Entry, cast: Cast, rng: random.Random, at: datetime) -> list[dict]:
        written = [("me", FIRST[entry.language]), *entry.revisions]
        rows = []
        for number, (label, summary) in enumerate(written, 1):
            person = cast.part(entry.author if label == "me" else label)
            if number > 1:
                left = (self.clock.now - at) / timedelta(hours=1)
                hours = min(24 * rng.choice((2, 9, 21, 40)), left / (len(written) - number + 2))
                at = self.clock.after(rng, at, role=person.role, hours=hours)
            html = markup.body(script.lines_at(entry.posts[0].lines, number))
            rows.append({"author": person.id, "at": at.isoformat(), "summary": summary, "html": html})
        return rows
