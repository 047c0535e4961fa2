"""Opening threads and replying: the rules, told to the ledger once."""

from datetime import timedelta

import pytest

from community.contributions import streams
from community.contributions.models import ContentItem, Contribution
from community.topics.models import Topic
from forum import posting
from forum.models import Post, Thread
from forum.rights import NotAllowed
from profiles.models import Subscription
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_question_is_told_to_the_ledger_with_role_and_unit_of_the_moment():
    nurse, ward, ink = factories.role("Nurse"), factories.unit("Ward"), factories.topic("Ink")
    anna = factories.person()
    factories.assigned(anna, nurse, ward)

    thread = factories.thread(anna, title="  How?\n", topics=(ink,), html="<p>Tell <b>me</b></p>")

    told = streams.of_topic(user=anna, topic_id=ink.pk).entries[0]
    assert (told.kind, told.actor, told.actor_role, told.actor_unit) == ("question", anna, nurse, ward)
    assert (told.item.title, told.item.url, told.excerpt) == ("How?", f"/forum/{thread.pk}/", "Tell me")
    assert told.teaches is False
    assert Subscription.objects.get(user=anna, item=told.item).level == "watch"


@pytest.mark.parametrize(
    ("kind", "by_asker", "told"),
    [
        ("question", False, ("answer", True)),
        ("question", True, ("reply", False)),
        ("discussion", False, ("reply", True)),
        ("discussion", True, ("reply", False)),
        ("experience", False, ("reply", True)),
    ],
)
def test_what_a_reply_counts_as(kind, by_asker, told):
    thread = factories.thread(kind=kind)

    post = factories.reply(thread, thread.author if by_asker else None)

    contribution = Contribution.objects.get(kind=post.kind, source_id=post.pk)
    assert (contribution.kind, contribution.teaches) == told


def test_counters_and_place_follow_the_replies():
    thread = factories.thread()
    first = factories.reply(thread, now=NOW + timedelta(minutes=1))
    under = factories.reply(thread, parent=first, now=NOW + timedelta(minutes=2))
    factories.reply(thread, thread.author, parent=under, now=NOW + timedelta(minutes=3))

    thread.refresh_from_db()

    assert list(thread.posts.order_by("position").values_list("position", "depth")) == [
        (1, 0),
        (2, 0),
        (3, 1),
        (4, 2),
    ]
    assert (thread.posts_count, thread.answers_count, thread.last_author) == (4, 2, thread.author)
    assert thread.last_post_at == NOW + timedelta(minutes=3)
    assert ContentItem.objects.get().contributions_count == 4


def test_whoever_writes_follows_the_thread():
    thread, bo = factories.thread(), factories.person()

    factories.reply(thread, bo)

    assert Subscription.objects.get(user=bo, item=thread.item).origin == "participation"


def test_sent_ten_times_is_stored_once():
    anna, ink = factories.person(), factories.topic()

    threads = {factories.thread(anna, topics=(ink,), token="a").pk for _ in range(10)}
    posts = {factories.reply(Thread.objects.get(), anna, token="b").pk for _ in range(10)}

    assert (len(threads), Thread.objects.count()) == (1, 1)
    assert (len(posts), Post.objects.count(), Contribution.objects.count()) == (1, 2, 2)


def test_the_same_token_of_two_people_is_two_threads():
    ink = factories.topic()

    assert factories.thread(topics=(ink,), token="a") != factories.thread(topics=(ink,), token="a")


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_only_members_write_where_only_members_read(visibility):
    member, outsider = factories.person(), factories.person()
    club = factories.community(visibility=visibility, members=(member,))
    thread = factories.thread(member, community=club)

    with pytest.raises(NotAllowed):
        factories.thread(outsider, community=club)
    with pytest.raises(NotAllowed):
        factories.reply(thread, outsider)

    assert list(Thread.objects.visible_to(outsider)) == []
    assert list(Post.objects.visible_to(outsider)) == []
    assert list(Thread.objects.visible_to(member)) == [thread]
    assert factories.reply(thread, member).position == 2


def test_everybody_writes_in_an_open_community():
    thread = factories.thread(community=factories.community())

    assert factories.reply(thread).position == 2


def test_nobody_replies_to_a_post_of_another_thread():
    one, other = factories.thread(), factories.thread()

    with pytest.raises(ValueError, match="another thread"):
        factories.reply(one, parent=factories.reply(other))


def test_new_topics_are_made_with_the_thread_and_not_without_it():
    anna = factories.person()

    factories.thread(anna, topics=(factories.topic("Ink"),), new_topics=["Paper"])
    with pytest.raises(ValueError, match="1 to 5"):
        factories.thread(anna, topics=[factories.topic() for _ in range(5)], new_topics=["Glue"])

    assert Topic.objects.filter(name__in=["Paper", "Glue"]).values_list("name", flat=True).get() == "Paper"


@pytest.mark.parametrize(
    "facts",
    [
        {"title": " \u200b\x00 "},
        {"title": "x" * 201},
        {"html": "<p> </p>"},
        {"html": "<script>alert(1)</script>"},
        {"topics": ()},
        {"kind": "rumour"},
    ],
)
def test_a_thread_without_its_parts_is_refused(facts):
    anna = factories.person()
    whole = {
        "author": anna,
        "kind": "question",
        "title": "T",
        "html": "<p>b</p>",
        "topics": [factories.topic()],
    }

    with pytest.raises(ValueError):  # noqa: PT011 - its words are the verb's own
        posting.open_thread(**{**whole, **facts}, now=NOW)

    assert Thread.objects.count() == 0


def test_an_experience_becomes_one_body_with_headings():
    parts = {
        "situation": "Night\n\nshift",
        "did": "We <called>",
        "happened": "",
        "otherwise": "",
        "useful": "",
    }

    thread = factories.thread(kind="experience", parts=parts, html="")

    headings = Post.objects.get().html
    assert headings.count("<h3>") == 2
    assert "<p>Night</p><p>shift</p>" in headings
    assert "We &lt;called&gt;" in headings
    assert thread.parts == parts


def test_ten_thousand_replies_deep_are_stored():
    """Through the verb a few, through the table the rest: the verb looks at the parent only."""
    thread, bo = factories.thread(), factories.person()
    post = factories.reply(thread, bo)
    rows = [
        Post(
            thread=thread, position=n, depth=n - 2, kind="answer", author=bo, html="<p>x</p>", created_at=NOW
        )
        for n in range(3, 10_001)
    ]
    Post.objects.bulk_create(rows, batch_size=1000)
    Thread.objects.update(last_position=10_000, posts_count=10_000)

    deepest = factories.reply(Thread.objects.get(), bo, parent=rows[-1])

    assert (post.depth, deepest.depth, deepest.position) == (0, 9_999, 10_001)
