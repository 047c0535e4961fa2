"""`busy.py furnish | work EMAIL ROUNDS | count`: what the processes of test_at_once do, in a house of their own."""

import json
import sys

import django

django.setup()

from django.db.models import Count, Q, Sum  # noqa: E402 - only after setup

from community.communities.models import Community, Membership  # noqa: E402
from community.contributions import delivery  # noqa: E402
from community.contributions.models import ContentItem, Contribution  # noqa: E402
from feeds.models import Notice  # noqa: E402
from forum import posting, thanking  # noqa: E402
from forum.models import Post, Thanks, Thread  # noqa: E402
from profiles import following, joining  # noqa: E402
from profiles.models import User  # noqa: E402
from tests import factories  # noqa: E402
from tests.factories import NOW  # noqa: E402


def furnish() -> list[str]:
    asker, people = factories.person("Asker"), [factories.person() for _ in range(4)]
    thread = factories.thread(asker)
    for user in (asker, *people):
        following.choose(user=user, target=thread.item, level="watch", now=NOW)
    factories.community("Club", steward=asker)
    return [user.email for user in people]


def work(email: str, rounds: int) -> None:
    user, thread, club = User.objects.get(email=email), Thread.objects.get(), Community.objects.get()
    opening = thread.posts.get(position=1)
    for number in range(rounds):
        posting.reply(thread=thread, author=user, html=f"<p>{number}</p>", now=NOW)
        thanking.thank(post=opening, user=user, now=NOW)
        joining.join(community=club, user=user, now=NOW)
        if number % 5 == 0:
            thanking.unthank(post=opening, user=user)
            joining.leave(community=club, user=user)
            if number % 25 == 0:
                delivery.deliver(now=NOW)


def count() -> dict[str, list[int]]:
    """Each counter beside what it counts."""
    delivery.deliver(now=NOW)
    thread, item = Thread.objects.get(), ContentItem.objects.get()
    unread = User.objects.annotate(told=Count("notices", filter=Q(notices__read_at=None)))
    return {
        "posts": [
            thread.posts_count,
            thread.last_position,
            Post.objects.count(),
            item.contributions_count,
            Contribution.objects.count(),
        ],
        "thanks": [
            thread.thanks_count,
            item.thanks_count,
            Post.objects.aggregate(n=Sum("thanks_count"))["n"],
            Thanks.objects.count(),
        ],
        "answers": [thread.answers_count, Post.objects.filter(kind="answer").count()],
        "members": [Membership.objects.count(), Community.objects.get().group.user_set.count()],
        "told": [Notice.objects.filter(read_at=None).count(), sum(user.unread_notices for user in unread)],
        "each": [user.unread_notices - user.told for user in unread],
    }


if __name__ == "__main__":
    act, *rest = sys.argv[1:]
    print(
        json.dumps(
            {"furnish": furnish, "count": count}[act]() if act != "work" else work(rest[0], int(rest[1]))
        )
    )
