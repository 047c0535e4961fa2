"""My flow and a topic's stream over a large ledger.

    DATABASE_URL=postgres://…/dela_bench python bench/streams.py [--contributions 1000000] [--topics 200]

Fills an empty, migrated database of its own (never one with people in it), then prints milliseconds beside a fixed
calibration loop, so that figures of different machines can be compared.
"""

import argparse
import os
import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
import django

django.setup()
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from community.contributions import streams  # noqa: E402
from community.contributions.models import ContentItem, Contribution, ContributionTopic  # noqa: E402
from community.topics import vocabulary  # noqa: E402
from community.topics.models import Topic  # noqa: E402
from profiles.models import User  # noqa: E402

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


def fill(contributions: int, topics: int) -> None:
    """200 people, `topics` topics, items of about ten contributions, two topics each, spread over five years."""
    people = [User.objects.create_user(f"p{n}@example.org", name=f"Person {n}") for n in range(200)]
    names = [vocabulary.create_topic(name=f"Topic {n}") for n in range(topics)]
    draw, step = random.Random(1), 5 * YEAR / contributions
    for start in range(0, contributions, 20_000):
        batch = range(start, min(start + 20_000, contributions))
        moments = {n: NOW - 5 * YEAR + n * step for n in batch}
        items = ContentItem.objects.bulk_create(
            ContentItem(kind="thread", source_id=n, form="question", title=f"Thread {n}", url=f"/forum/{n}/",
                        started_at=moments[n], latest_at=moments[n])
            for n in batch if n % 10 == 0
        )  # fmt: skip
        rows = Contribution.objects.bulk_create(
            Contribution(item=items[i // 10], kind="reply", source_id=n, actor=draw.choice(people), excerpt="Words " * 30,
                         anchor=f"#post-{n}", teaches=True, occurred_at=moments[n], changed_at=moments[n], delivered_at=NOW)
            for i, n in enumerate(batch)
        )  # fmt: skip
        ContributionTopic.objects.bulk_create(
            ContributionTopic(topic=topic, contribution=row, occurred_at=row.occurred_at)
            for row in rows
            for topic in {names[min(int(draw.expovariate(0.03)), topics - 1)], draw.choice(names)}
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def timed(name: str, act) -> None:
    act()
    took = []
    for _ in range(100):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(f"{name:<42} median {statistics.median(took):7.2f} ms   p95 {took[94]:7.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--contributions", type=int, default=1_000_000)
    parser.add_argument("--topics", type=int, default=200)
    wanted = parser.parse_args()
    call_command("migrate", verbosity=0)
    if not Contribution.objects.exists():
        if User.objects.exists():
            sys.exit("There are people in this database: a bench wants one of its own.")
        fill(wanted.contributions, wanted.topics)
    user = User.objects.get(email="p1@example.org")
    hot = list(Topic.objects.order_by("pk").values_list("pk", flat=True)[:12])
    rare = list(Topic.objects.order_by("-pk").values_list("pk", flat=True)[:12])
    mixed = streams.Targets(
        topics=hot[:6] + rare[:6], items=list(ContentItem.objects.values_list("pk", flat=True)[:40])
    )
    print(
        f"{Contribution.objects.count():,} contributions, {ContributionTopic.objects.count():,} topic rows, {connection.vendor}"
    )
    timed("calibration: sum(range(200,000))", lambda: sum(range(200_000)))
    timed("topic stream, 20", lambda: streams.of_topic(user=user, topic_id=hot[0]))
    timed("my flow, 12 hot topics", lambda: streams.my_flow(user=user, targets=streams.Targets(topics=hot)))
    timed("my flow, 12 rare topics", lambda: streams.my_flow(user=user, targets=streams.Targets(topics=rare)))
    timed("my flow, 12 topics and 40 threads", lambda: streams.my_flow(user=user, targets=mixed))
    far = streams.Place(NOW - 3 * YEAR, 1)
    timed(
        "my flow, 12 topics, three years back", lambda: streams.my_flow(user=user, targets=mixed, before=far)
    )
    timed("everything, 20", lambda: streams.everything(user=user))


if __name__ == "__main__":
    main()
