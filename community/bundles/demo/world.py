"""The demo's world: its people, who belongs where, its clock and its seed; what every writer of rows needs."""

import random
from dataclasses import dataclass
from datetime import datetime

from community.bundles.demo import casting, organisation
from community.bundles.demo.casting import Person
from community.bundles.demo.hours import Clock


@dataclass(frozen=True)
class World:
    """Everybody, the members of each community, and where time and chance come from."""

    staff: list[Person]
    members: dict[str, list[Person]]
    clock: Clock
    seed: int

    def rng(self, about: str) -> random.Random:
        """A source of chance of its own for one thing, so that another thing more does not change it."""
        return random.Random(f"{self.seed}:{about}")

    def people_in(self, community: str | None) -> list[Person]:
        """Who may take part: the members, or everybody where there is no community."""
        return self.members.get(community or "", self.staff)

    def person(self, key: tuple[str, int]) -> Person:
        """The n-th person of a role."""
        return _numbered(self.staff, key)


def build(*, now: datetime, seed: int) -> World:
    """The world as it is at `now`."""
    staff = casting.people(seed)
    members = {row["id"]: _members(row, staff, seed) for row in organisation.COMMUNITIES}
    return World(staff, members, Clock(now), seed)


def _numbered(staff: list[Person], key: tuple[str, int]) -> Person:
    return next(person for person in staff if (person.role, person.number) == key)


def _members(row: dict, staff: list[Person], seed: int) -> list[Person]:
    """A community's stewards, then the asked number of each role, writers first."""
    rng = random.Random(f"{seed}:members:{row['id']}")
    people = [_numbered(staff, key) for key in row["stewards"]]
    for role, count in row["roles"].items():
        others = [person for person in staff if person.role == role and person.roles and person not in people]
        rng.shuffle(others)
        others.sort(key=lambda person: not person.active)
        people += others[:count]
    return people
