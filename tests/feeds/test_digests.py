"""What a digest says, and to whom."""

from datetime import timedelta

import pytest
from django.utils import translation

from community.contributions import ledger, readings
from feeds import digests
from feeds.material import gather
from feeds.models import DigestDelivery
from profiles import following
from tests import factories
from tests.factories import NOW
from tests.feeds.conftest import ask, give

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + DAY


def told(user, now=LATER):
    """`{section: titles}` of the person's digest."""
    with translation.override("en"):
        digest = digests.upcoming(user=user, now=now)
    return {section.key: [line.item.title for line in section.lines] for section in digest.sections}


def test_what_is_new_in_my_topics_stands_in_my_digest_with_its_reason(maja, olle, ink):
    ask(user=olle, title="Dry ink", topics=[ink], kind="page")
    ask(user=olle, title="Other", topics=[factories.topic()], kind="page")

    with translation.override("en"):
        digest = digests.upcoming(user=maja, now=LATER)

    assert [(line.item.title, line.reason, line.group) for line in digest.lines] == [
        ("Dry ink", "you follow Ink", "Ink")
    ]


def test_an_answer_to_my_question_needs_me_first(maja, olle, ink):
    asked = ask(user=maja, title="Mine", topics=[ink])
    give(item=asked.item, user=olle, topics=[ink])
    give(item=asked.item, user=factories.person(), topics=[ink], kind="reply")

    with translation.override("en"):
        digest = digests.upcoming(user=maja, now=LATER)

    assert [(s.key, [(line.item.title, line.others) for line in s.lines]) for s in digest.sections] == [
        ("needs", [("Mine", 1)])
    ]


def test_what_my_role_requires_comes_before_what_i_merely_follow(maja, olle, ink):
    law = factories.topic("Law")
    factories.assigned(maja, factories.role(required=(law,)))
    ask(user=olle, title="Must", topics=[law], kind="page")
    ask(user=olle, title="May", topics=[ink], kind="page")

    assert told(maja) == {"must": ["Must"], "topics": ["May"]}


def test_one_open_question_i_can_answer_best_about_what_i_know(maja, olle, ink):
    maja.ask_about.add(paper := factories.topic("Paper"))
    ask(user=olle, title="Ink?", topics=[ink], at=NOW - 9 * DAY)
    ask(user=olle, title="Paper?", topics=[paper], at=NOW - 10 * DAY)
    ask(user=maja, title="My own?", topics=[paper], at=NOW - 8 * DAY)
    answered = ask(user=olle, title="Answered?", topics=[paper], at=NOW - 8 * DAY)
    give(item=answered.item, user=maja, topics=[paper])

    assert told(maja) == {"answer": ["Paper?"]}


def test_an_open_question_alone_is_no_letter(maja, olle, ink):
    ask(user=olle, title="Ink?", topics=[ink], at=NOW - 9 * DAY)

    assert not digests.upcoming(user=maja, now=LATER).says_something


def test_my_sharing_tells_its_new_thanks_and_what_grew_from_it(maja, olle, ink):
    mine = ask(user=maja, title="Mine", topics=[ink], kind="page", at=NOW - 20 * DAY)
    old = {"thanks": {str(mine.item_id): 1}}
    DigestDelivery.objects.create(
        user=maja, period=NOW.date(), state="sent", due_at=NOW - DAY, try_at=NOW, sent_at=NOW - DAY, items=old
    )
    for _ in range(3):
        ledger.thank(kind="page", source_id=mine.source_id)
    ask(user=olle, title="Grown", kind="page", grew_from_id=mine.pk)

    with translation.override("en"):
        digest = digests.upcoming(user=maja, now=LATER)

    assert [(line.item.title, line.reason) for line in digest.lines] == [
        ("Grown", "it grew from something you shared"),
        ("Mine", "2 said thanks"),
    ]
    assert digest.thanks == {str(mine.item_id): 3}


def test_nothing_of_mine_nothing_read_nothing_muted_nothing_taken_back_nothing_old(maja, olle, ink):
    ask(user=maja, title="Mine", topics=[ink], kind="page")
    read, muted, gone = (
        ask(user=olle, title=name, topics=[ink], kind="page") for name in ("Read", "Muted", "Gone")
    )
    ask(user=olle, title="Old", topics=[ink], kind="page", at=NOW - 8 * DAY)
    readings.mark_read(user=maja, item=read.item, now=NOW)
    following.choose(user=maja, target=muted.item, level="mute", now=NOW)
    ledger.withdraw(kind="page", source_id=gone.source_id, now=NOW)

    assert told(maja) == {}


def test_something_new_in_what_was_read_is_told(maja, olle, ink):
    asked = ask(user=olle, title="Talk", topics=[ink])
    readings.mark_read(user=maja, item=asked.item, now=NOW)
    give(item=asked.item, user=olle, topics=[ink], at=NOW + timedelta(hours=1))

    assert told(maja) == {"topics": ["Talk"]}


def test_a_muted_topic_is_silent(maja, olle, ink):
    ask(user=olle, topics=[ink], kind="page")
    following.choose(user=maja, target=ink, level="mute", now=NOW)

    assert told(maja) == {}


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_the_digests_of_one_batch_show_members_only_what_is_theirs(maja, olle, ink, visibility):
    owl = factories.person("Owl")
    following.choose(user=owl, target=ink, level="follow", now=NOW)
    owls = factories.community("Owls", visibility=visibility, members=(owl, olle))
    asked = ask(user=olle, title="Canary?", topics=[ink], community=owls)
    ask(user=olle, title="Canary page", topics=[ink], community=owls, kind="page")
    give(item=asked.item, user=olle, topics=[ink], kind="reply")
    ask(user=olle, title="Open", topics=[ink], kind="page")

    material = gather([owl, maja], now=LATER)
    found = {u.name: digests.compose(user=u, material=material, now=LATER) for u in (owl, maja)}

    assert {line.item.title for line in found["Owl"].lines} == {"Canary?", "Canary page", "Open"}
    assert {line.item.title for line in found["Maja Lind"].lines} == {"Open"}
    assert found["Maja Lind"].left == 0


def test_a_busy_closed_circle_hides_nothing_open(maja, olle, ink):
    owls = factories.community(visibility="secret", members=(olle,))
    ask(user=olle, title="Open", topics=[ink], kind="page")
    for n in range(40):
        ask(
            user=olle,
            title=f"Closed {n}",
            topics=[ink],
            community=owls,
            kind="page",
            at=NOW + timedelta(minutes=n),
        )

    material = gather([olle, maja], now=LATER)

    assert [line.item.title for line in digests.compose(user=maja, material=material, now=LATER).lines] == [
        "Open"
    ]


def test_at_most_twelve_each_once_and_two_of_a_topic(maja, olle, ink):
    topics = [ink, *(factories.topic() for _ in range(9))]
    for topic in topics:
        following.choose(user=maja, target=topic, level="follow", now=NOW)
        for n in range(4):
            ask(user=olle, title=f"{topic} {n}", topics=[topic], kind="page")

    with translation.override("en"):
        digest = digests.upcoming(user=maja, now=LATER)
    groups = [len(lines) for section in digest.sections for _, lines in section.groups]

    assert (len(digest.lines), max(groups), digest.left) == (5, 2, 35)


def test_composing_for_many_leaves_no_trace_of_one_in_the_other(maja, olle, ink):
    asked = ask(user=olle, title="Talk", topics=[ink], kind="page")
    give(item=asked.item, user=olle, topics=[ink], kind="reply")
    twin = factories.person("Twin")
    following.choose(user=twin, target=ink, level="follow", now=NOW)
    material = gather([maja, twin], now=LATER)

    others = [
        digests.compose(user=u, material=material, now=LATER).lines[0].others for u in (maja, twin, maja)
    ]

    assert others == [1, 1, 1]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_my_next_digest(
    client, maja, olle, ink, number, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    for n in range(number):
        ask(user=olle, title=f"Page {n}", topics=[ink], kind="page")
        give(item=ask(user=maja, title=f"Mine {n}", topics=[ink]).item, user=olle, topics=[ink])
    client.force_login(maja, backend="django.contrib.auth.backends.ModelBackend")

    with django_assert_max_num_queries(20):
        shown = client.get("/digest/").content.decode()

    assert shown.count('<li class="stream-item') == number * 2


def test_material_costs_the_same_for_one_person_and_for_many(maja, olle, ink, django_assert_max_num_queries):
    people = [maja]
    for _ in range(5):
        people.append(factories.person())
        following.choose(user=people[-1], target=ink, level="follow", now=NOW)
    ask(user=olle, title="A page", topics=[ink], kind="page")

    with django_assert_max_num_queries(16):
        material = gather(people, now=LATER)

    assert [len(digests.compose(user=user, material=material, now=LATER).lines) for user in people] == [1] * 6
