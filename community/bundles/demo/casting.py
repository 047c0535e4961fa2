"""The people of the demo, and who of them plays the parts that the scripts name by role."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from community.bundles.demo import names, organisation

LABEL = re.compile(r"^([a-z]+)(\d?)(?:\.(\w+))?$")
EMAIL = str.maketrans("åäöéüæøćčšž", "aaoeueoccsz")


@dataclass
class Person:
    """Somebody who works here; `early` and `late` bound when a contributor was active, in days ago."""

    id: str
    name: str
    role: str
    unit: str
    number: int
    email: str = ""
    roles: list[str] = field(default_factory=list)
    title: str = ""
    active: bool = False
    early: float = 999
    late: float = 0

    @property
    def first(self) -> str:
        """The first name, as colleagues say it."""
        return self.name.split()[0]

    def row(self) -> dict:
        """The line of `people.jsonl`."""
        keys = ("id", "name", "email", "title", "unit", "roles")
        return {key: getattr(self, key) for key in keys}


def people(seed: int) -> list[Person]:
    """Everybody, with names, addresses, titles and (for under half) an inclination to write."""
    rng = random.Random(f"people:{seed}")
    posts = [(role, unit) for role, unit, count in organisation.STAFF for _ in range(count)]
    numbers: dict[str, int] = {}
    staff = []
    for index, ((role, unit), name) in enumerate(zip(posts, names.draw(rng, len(posts)), strict=True), 1):
        numbers[role] = numbers.get(role, 0) + 1
        staff.append(Person(f"p{index:03}", name, role, unit, numbers[role]))
    for person in staff:
        _introduce(person)
    _wake(staff, rng)
    return staff


def _introduce(person: Person) -> None:
    key = (person.role, person.number)
    titles = {role["id"]: role["title"] for role in organisation.ROLES}
    person.title = organisation.TITLES.get(key, titles[person.role])
    also = organisation.ALSO.get(key)
    person.roles = [] if key == organisation.NEWCOMER else [person.role, *([also] if also else [])]
    person.email = ".".join(person.name.lower().translate(EMAIL).split()) + "@example.org"


def _wake(staff: list[Person], rng: random.Random) -> None:
    """Mark who writes: the first of each role and unit, some only long ago, some only lately."""
    for role, unit, count in organisation.STAFF:
        group = [person for person in staff if (person.role, person.unit) == (role, unit)]
        wanted = max(1, round(count * (0.3 if role == "usk" else 0.4)))
        for rank, person in enumerate(group[:wanted]):
            person.active = True
            chance = rng.random()
            if rank and chance < 0.4:
                person.early, person.late = 999, 95
            elif rank and chance < 0.5:
                person.early = 80
    for number in (10, 20):
        next(person for person in staff if (person.role, person.number) == ("usk", number)).active = True


class Cast:
    """One entry's casting: the same label is the same person throughout, different labels are different people."""

    def __init__(self, pool: Iterable[Person], rng: random.Random, at: datetime, now: datetime) -> None:
        self.pool, self.rng = list(pool), rng
        self.age = (now - at) / timedelta(days=1)
        self.parts: dict[str, Person] = {}

    def part(self, label: str) -> Person:
        """Who plays a label, chosen the first time it is met."""
        if label not in self.parts:
            self.parts[label] = self._choose(label)
        return self.parts[label]

    def passer_by(self, roles: Iterable[str]) -> Person | None:
        """Another active person of one of the roles, who has no part yet."""
        wanted = set(roles)
        free = [person for person in self._awake() if person.role in wanted and not self._taken(person)]
        if not free:
            return None
        person = self.rng.choices(free, [1 / person.number for person in free])[0]
        self.parts[f"+{person.id}"] = person
        return person

    def _taken(self, person: Person) -> bool:
        return any(person is other for other in self.parts.values())

    def _awake(self) -> list[Person]:
        return [person for person in self.pool if person.active and person.late <= self.age <= person.early]

    def _choose(self, label: str) -> Person:
        match = LABEL.match(label)
        if not match:
            raise ValueError(f"not a label: {label}")
        role, _number, unit = match.groups()
        for candidates in (self._awake(), [p for p in self.pool if p.active], self.pool):
            fit = [
                person
                for person in candidates
                if person.role == role and person.unit.startswith(unit or "") and not self._taken(person)
            ]
            if fit:
                return self.rng.choices(fit, [1 / (rank + 1) ** 0.5 for rank in range(len(fit))])[0]
        raise ValueError(f"nobody left to play {label}")
