"""How long the figures of 20,000 people take, from nothing and on a night.

    VAR_DIR=/tmp/bench_m .venv/bin/python bench/maturity.py
    DATABASE_URL=postgres://postgres@127.0.0.1/dela_bench_m .venv/bin/python bench/maturity.py

Fills an empty database of its own: 500 units, 60 job roles, a year of contributions and days of reading.
"""

import os
import random
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from community.contributions.models import ContentItem, Contribution, ReadingDay  # noqa: E402
from community.maturity import filling, reading  # noqa: E402
from community.maturity.models import IndicatorValue  # noqa: E402
from community.organisation.models import JobRole, Unit  # noqa: E402
from profiles.models import Assignment, User  # noqa: E402

PEOPLE = int(os.environ.get("PEOPLE", "20000"))
DAYS = 365
UNITS, ROLES = 500, 60
NOW = timezone.now()


def fill(dice: random.Random) -> None:
    units: list[Unit] = []
    for n in range(UNITS):
        units.append(
            Unit.objects.create(name=f"Unit {n}", parent=dice.choice(units[: max(1, n // 5)]) if n else None)
        )
    roles = JobRole.objects.bulk_create([JobRole(title=f"Role {n}", slug=f"role-{n}") for n in range(ROLES)])
    people = [User(pk=n, email=f"p{n}@example.org", name=f"Person {n}") for n in range(1, PEOPLE + 1)]
    User.objects.bulk_create(people, batch_size=2_000)
    starts = [NOW.date() - timedelta(days=dice.randint(1, 3_000)) for _ in people]
    Assignment.objects.bulk_create(
        [
            Assignment(user=person, unit=dice.choice(units), role=dice.choice(roles), starts_on=day)
            for person, day in zip(people, starts, strict=True)
        ],
        batch_size=2_000,
    )
    give(dice, PEOPLE * 6 // 5)
    days = {(dice.randint(1, PEOPLE), dice.randint(1, DAYS)) for _ in range(PEOPLE * 25)}
    ReadingDay.objects.bulk_create(
        [ReadingDay(user_id=person, day=NOW.date() - timedelta(days=back)) for person, back in days],
        batch_size=5_000,
    )


def give(dice: random.Random, how_many: int) -> None:
    """One question in five; the rest answers, by few people mostly."""
    facts = {
        "started_at": NOW,
        "latest_at": NOW,
        "title": "T",
        "url": "/",
        "form": "question",
        "kind": "thread",
    }
    ContentItem.objects.bulk_create(
        [ContentItem(pk=n, source_id=n, **facts) for n in range(1, how_many // 5 + 2)], batch_size=2_000
    )
    rows = []
    for n in range(how_many):
        kind, at = (
            "answer" if n % 5 else "question",
            NOW - timedelta(days=DAYS * (1 - n / how_many), hours=dice.randint(0, 9)),
        )
        actor = 1 + int(PEOPLE * dice.random() ** 3)
        facts = {
            "occurred_at": at,
            "changed_at": at,
            "delivered_at": at,
            "teaches": bool(n % 5),
            "kind": kind,
        }
        rows.append(Contribution(item_id=n // 5 + 1, source_id=n, actor_id=min(actor, PEOPLE), **facts))
    Contribution.objects.bulk_create(rows, batch_size=2_000)


def timed(name: str, act: object) -> None:
    begun = time.perf_counter()
    said = act()  # type: ignore[operator]
    print(f"{name:<44} {time.perf_counter() - begun:6.2f} s   {said}")


def main() -> None:
    call_command("migrate", verbosity=0)
    if not User.objects.filter(pk=PEOPLE).exists():
        timed(f"{connection.vendor}: {PEOPLE} people written", lambda: fill(random.Random(5)))
    IndicatorValue.objects.all().delete()
    timed("all the blocks of the year", lambda: f"{filling.catch_up(now=NOW)} periods")
    timed("a night", lambda: f"{filling.catch_up(now=NOW + timedelta(days=1))} periods")
    timed(
        "what the page reads",
        lambda: f"{len(reading.standing().cards)} cards of {IndicatorValue.objects.count()} rows",
    )


if __name__ == "__main__":
    main()
