"""How the demo's people read and what they chose to follow, beyond what their roles brought."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from community.bundles.demo import organisation
from community.bundles.demo.casting import Person
from community.bundles.demo.world import World

# Per role: how many readers of a hundred, how many days of reading in the half year, how much at a time.
HABITS = {"usk": (68, 16, 2), "ssk": (88, 26, 4), "chef": (80, 22, 3), "lar": (81, 24, 4), "forsk": (84, 20, 3),
          "barn": (58, 9, 2), "kock": (60, 9, 2), "drift": (58, 10, 2), "ing": (100, 24, 3), "byggl": (80, 26, 4),
          "soc": (76, 20, 3), "itt": (100, 34, 5), "utv": (100, 30, 5), "hr": (100, 34, 5),
          "kom": (100, 32, 4)}  # fmt: skip


@dataclass
class Item:
    """Something to read: a thread or a page, since when, about what and for whom (None: everybody)."""

    target: str
    at: datetime
    topics: set[str]
    community: str | None = None
    people: set[str] = field(default_factory=set)


def items(threads: list[dict], pages: list[dict]) -> list[Item]:
    """Every thread and page as something to read."""
    found = []
    for kind, rows, parts in (("thread", threads, "posts"), ("page", pages, "revisions")):
        for row in rows:
            people = {part["author"] for part in row[parts]}
            at = datetime.fromisoformat(row[parts][0]["at"])
            found.append(Item(f"{kind}:{row['id']}", at, set(row["topics"]), row.get("community"), people))
    return found


class Readers:
    """Draws who reads what and who follows what."""

    def __init__(self, here: World) -> None:
        self.here, self.clock = here, here.clock
        self.joined = {
            person.id: {key for key, people in here.members.items() if person in people}
            for person in here.staff
        }
        self.wanted = {
            role["id"]: [topic["topic"] for topic in role["topics"]] for role in organisation.ROLES
        }

    def readings(self, all_items: list[Item]) -> Iterator[dict]:
        """The lines of `readings.jsonl`, by person and time."""
        for person in self.here.staff:
            rng = self.here.rng(f"reads:{person.id}")
            share, days, much = HABITS[person.role]
            if not person.roles or not (person.active or rng.random() * 100 < share - 30):
                continue
            mine = self._visible(person, all_items)
            days_read = max(2, round(rng.lognormvariate(0, 0.5) * days))
            moments = sorted(self.clock.moment(rng, role=person.role) for _ in range(days_read))
            for at in moments:
                yield from self._session(person, mine, at, rng, 1 + rng.randint(0, much))

    def _visible(self, person: Person, all_items: list[Item]) -> list[Item]:
        return [item for item in all_items if not item.community or item.community in self.joined[person.id]]

    def _session(
        self, person: Person, mine: list[Item], at: datetime, rng: random.Random, much: int
    ) -> Iterator[dict]:
        there = [item for item in mine if item.at < at]
        if not there:
            return
        topics = {topic for role in person.roles for topic in self.wanted[role]}
        weights = [_pull(item, topics, person.id, at) for item in there]
        for item in dict.fromkeys(item.target for item in rng.choices(there, weights, k=much)):
            at = min(at + timedelta(minutes=rng.randint(1, 7)), self.clock.now)
            yield {"person": person.id, "target": item, "at": at.isoformat()}

    def follows(self, all_items: list[Item], topics: list[str]) -> Iterator[dict]:
        """The lines of `follows.jsonl`: one to four own choices for about half of the readers."""
        for person in self.here.staff:
            rng = self.here.rng(f"follows:{person.id}")
            if not person.roles or rng.random() > (0.8 if person.active else 0.3):
                continue
            chosen: dict[tuple, dict] = {}
            for _ in range(rng.randint(1, 4)):
                row = self._choice(person, self._visible(person, all_items), topics, rng)
                chosen.setdefault(tuple(row.items())[:2], row)
            yield from chosen.values()

    def _choice(self, person: Person, mine: list[Item], topics: list[str], rng: random.Random) -> dict:
        at = self.clock.moment(rng, role=person.role, oldest=150)
        dice = rng.random()
        if dice < 0.15:
            chosen, level = ("topic", rng.choice(self.wanted[person.role])), rng.choice(("mute", "watch"))
        elif dice < 0.55:
            chosen, level = ("topic", rng.choice(topics)), rng.choice(("follow", "follow", "watch"))
        elif dice < 0.65 and self.joined[person.id]:
            community = rng.choice(sorted(self.joined[person.id]))
            chosen, level = ("community", community), rng.choice(("watch", "mute"))
        else:
            item = rng.choice([item for item in mine if item.at < self.clock.now - timedelta(hours=4)])
            kind, _, key = item.target.partition(":")
            chosen, level = (kind, key), rng.choice(("watch", "follow", "follow"))
            at = max(at, item.at + timedelta(minutes=20))
        return {"person": person.id, chosen[0]: chosen[1], "level": level, "at": at.isoformat()}


def _pull(item: Item, topics: set[str], person: str, at: datetime) -> float:
    """How likely an item is to be opened: what is new, about one's work, or where one took part."""
    days = (at - item.at) / timedelta(days=1)
    fresh = 0.25 if item.target.startswith("page:") else 1 / (1 + days / 8)
    return fresh * (5 if item.topics & topics else 1) * (3 if person in item.people else 1)
