"""Run inside the house's own processes: `stage.py people N` makes readers with a digest due now, `stage.py plan` plans."""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from community.contributions import ledger  # noqa: E402
from community.topics import vocabulary  # noqa: E402
from feeds import planning, sources, tokens  # noqa: E402
from profiles.models import Subscription, User  # noqa: E402

NOW = timezone.now()


def people(number: int) -> None:
    """`number` readers of one topic in which somebody else shared four pages; everybody's hour is this one."""
    here = timezone.localtime(NOW)
    wish = {
        "digest_weekday": here.weekday(),
        "digest_hour": here.hour,
        "date_joined": NOW - timedelta(days=9),
    }
    made = User.objects.bulk_create(
        User(email=f"reader{n}@example.org", name=f"Reader {n}", password="!", **wish) for n in range(number)
    )
    topic, giver = share(4)
    Subscription.objects.bulk_create(
        Subscription(user=user, topic=topic, level="follow", origin="own", created_at=NOW) for user in made
    )
    User.objects.filter(pk=giver.pk).update(digest_on=False)


def share(number: int):
    topic = vocabulary.create_topic(name=f"Ink {NOW.timestamp()}")
    giver = User.objects.create_user(f"giver{NOW.timestamp()}@example.org", name="Giver")
    for n in range(number):
        made_at = NOW - timedelta(hours=n + 2)
        source = int(NOW.timestamp()) * 100 + n
        item = ledger.open_item(
            kind="page", source_id=source, form="page", title=f"Page å {n}", url=f"/wiki/{n}/", now=made_at
        )
        given = ledger.Given(
            kind="page",
            source_id=source,
            giver=ledger.Giver(giver.pk),
            occurred_at=made_at,
            excerpt="<p>Words</p>",
            topics=[topic],
        )
        ledger.record(item=item, given=given)
    return topic, giver


def address() -> None:
    """Print the path of a fresh feed address."""
    topic, giver = share(3)
    made = tokens.make(source=sources.Source(giver, "topic", topic), now=NOW)
    print(f"/feeds/t/{made.secret}/topic/{topic.slug}.atom")  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1] == "people":
        people(int(sys.argv[2]))
    elif sys.argv[1] == "plan":
        print(planning.plan(now=NOW))  # noqa: T201
    else:
        address()
