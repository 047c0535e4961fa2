"""Many at once: counters stay exact, positions are taken once. Real connections, a thread each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.contributions.models import ContentItem, Contribution, ContributionTopic
from community.topics.models import Topic, TopicAlias
from forum import posting, thanking
from forum.models import Post, Thanks, Thread
from profiles.models import Subscription, User
from tests import factories
from tests.factories import NOW

OURS = (
    ContributionTopic,
    Contribution,
    Subscription,
    Thanks,
    Post,
    Thread,
    ContentItem,
    TopicAlias,
    Topic,
    User,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker):
    """Really committed, so that other connections see it; afterwards only what the test made is taken away.

    (A transactional test would flush the whole database, and with it Wagtail's first page.)
    """
    with django_db_blocker.unblock():
        yield
        Thread.objects.update(accepted=None, item=None)
        for model in OURS:
            model.objects.all().delete()


def at_once(*acts: Callable[[], None]) -> None:
    def apart(act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(apart, act) for act in acts]:
            done.result()


def test_replies_thanks_and_double_clicks_at_once_leave_everything_exact():
    thread = factories.thread()
    opening = thread.posts.get()
    people = [factories.person() for _ in range(4)]

    def busy(user):
        def act():
            for n in range(10):
                posting.reply(thread=thread, author=user, html="<p>x</p>", token=str(n // 2), now=NOW)
                thanking.thank(post=opening, user=user, now=NOW)
                if n % 3 == 0:
                    thanking.unthank(post=opening, user=user)

        return act

    at_once(*[busy(user) for user in people], *[busy(user) for user in people])

    thread = Thread.objects.get()
    item, thanks = ContentItem.objects.get(), Thanks.objects.count()
    assert list(thread.posts.order_by("position").values_list("position", flat=True)) == list(range(1, 22))
    assert (thread.posts_count, thread.last_position, thread.answers_count) == (21, 21, 20)
    assert (item.contributions_count, Contribution.objects.count()) == (21, 21)
    assert (Post.objects.get(pk=opening.pk).thanks_count, thread.thanks_count, item.thanks_count) == (
        thanks,
    ) * 3


def test_one_question_sent_by_ten_at_once_is_one():
    anna, ink = factories.person(), factories.topic()

    def send():
        factories.thread(anna, title="How?", topics=(ink,), token="same")

    at_once(*[send] * 10)

    assert (Thread.objects.count(), Post.objects.count(), Contribution.objects.count()) == (1, 1, 1)
