"""How fast the search answers over 200,000 documents.

    VAR_DIR=/tmp/bench .venv/bin/python bench/search.py
    DATABASE_URL=postgres://postgres@127.0.0.1/dela_bench .venv/bin/python bench/search.py

Fills an empty database of its own (never the one you use) with made-up words that are as unevenly common as real ones,
then asks as a person would: everything that one search page asks of the database, people and topics included.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from community.contributions.models import ContentItem, Contribution  # noqa: E402
from community.search import asking, indexing  # noqa: E402
from community.search.models import SearchDocument  # noqa: E402
from profiles.models import User  # noqa: E402

DOCUMENTS = int(os.environ.get("DOCUMENTS", "200000"))
A_THREAD = 10
PEOPLE = 2_000
ROUNDS = 40
NOW = timezone.now()


def made_up_words(dice: random.Random, how_many: int = 40_000) -> list[str]:
    first = [
        "b",
        "d",
        "f",
        "g",
        "h",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "st",
        "tr",
        "kl",
        "br",
        "sk",
    ]
    middle = list("aeiouåäö")
    last = ["n", "r", "l", "s", "t", "nd", "ng", "rk", "sk", ""]
    found: dict[str, None] = {}
    while len(found) < how_many:
        found["".join(dice.choice(part) for part in (first, middle, last, first, middle, last))] = None
    return list(found)


def documents(dice: random.Random, words: list[str]) -> Iterator[tuple[Contribution, SearchDocument]]:
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for n in range(DOCUMENTS):
        item, opens = n // A_THREAD + 1, n % A_THREAD == 0
        when = NOW - timedelta(minutes=(DOCUMENTS - n) * 4)
        facts = {"occurred_at": when, "kind": "bench"}
        body = " ".join(dice.choices(words, cum_weights=weights, k=dice.randint(30, 90)))
        title = " ".join(dice.choices(words, cum_weights=weights, k=5)) if opens else ""
        told = Contribution(
            pk=n + 1,
            item_id=item,
            source_id=n + 1,
            actor_id=n % PEOPLE + 1,
            teaches=True,
            changed_at=when,
            delivered_at=when,
            **facts,
        )
        yield (
            told,
            SearchDocument(
                contribution_id=n + 1,
                item_id=item,
                form="question",
                title=title,
                body=body,
                language="sv",
                **facts,
            ),
        )


def fill(words: list[str]) -> None:
    dice = random.Random(7)
    User.objects.bulk_create(
        [
            User(pk=n, email=f"p{n}@example.org", name=f"{dice.choice(words)} {dice.choice(words)}".title())
            for n in range(1, PEOPLE + 1)
        ]
    )
    ContentItem.objects.bulk_create(
        [
            ContentItem(
                pk=n,
                kind="bench",
                source_id=n,
                form="question",
                title=f"Thread {n}",
                url=f"/{n}/",
                started_at=NOW,
                latest_at=NOW,
            )
            for n in range(1, DOCUMENTS // A_THREAD + 2)
        ],
        batch_size=2_000,
    )
    pairs = documents(dice, words)
    while batch := list(islice(pairs, 2_000)):
        Contribution.objects.bulk_create([told for told, _ in batch])
        SearchDocument.objects.bulk_create([document for _, document in batch])
    indexing.tidy()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def timed(name: str, questions: list[str], act: Callable[[str], object]) -> None:
    took = []
    for question in [*questions[:3], *questions]:
        begun = time.perf_counter()
        act(question)
        took.append(1000 * (time.perf_counter() - begun))
    took = sorted(took[3:])
    print(f"{name:<34} median {took[len(took) // 2]:7.1f} ms   p95 {took[int(len(took) * 0.95)]:7.1f} ms")


def calibration() -> float:
    """Milliseconds of a fixed loop: how quick this machine is just now (25 on a free core of 2020's make)."""
    begun = time.perf_counter()
    sum(n * n for n in range(400_000))
    return 1000 * (time.perf_counter() - begun)


def main() -> None:
    call_command("migrate", verbosity=0)
    words = made_up_words(random.Random(1))
    begun = time.perf_counter()
    if not SearchDocument.objects.exists():
        fill(words)
        print(
            f"{connection.vendor}: {DOCUMENTS} documents written and indexed in {time.perf_counter() - begun:.0f} s"
        )
    reader = User.objects.order_by("pk").first()
    dice = random.Random(3)

    def ask(typed: str) -> object:
        return asking.ask(user=reader, question=asking.understand(typed), now=NOW)

    print(f"calibration {calibration():.0f} ms")
    common = [words[n % 20] for n in range(ROUNDS)]
    timed("one common word", common, ask)
    timed("two common words", [f"{a} {dice.choice(words[:40])}" for a in common], ask)
    timed("one word of the middle", [words[dice.randint(300, 900)] for _ in range(ROUNDS)], ask)
    timed("one rare word", [words[dice.randint(20_000, 39_999)] for _ in range(ROUNDS)], ask)
    timed("a common and a rare word", [f"{a} {words[dice.randint(20_000, 39_999)]}" for a in common], ask)
    timed("a word nobody wrote", ["xqzzy"] * ROUNDS, ask)


if __name__ == "__main__":
    main()
