"""My flow: what one sees first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from community.contributions import readings
from feeds import answerable
from feeds.balance import balance_of
from feeds.views.flow import greeting, seen_before
from profiles import following
from tests import factories
from tests.hubs.telling import give

pytestmark = pytest.mark.django_db


def recently(**ago):
    return timezone.now() - timedelta(**(ago or {"hours": 1}))


def follow(user, topic, level="follow"):
    following.choose(user=user, target=topic, level=level, now=recently(days=9))


def titles(response):
    return [row.title for row in response.context["rows"]]


def test_flow_shows_each_item_once_with_its_reason(signed_in, person):
    ink, anna = factories.topic("Ink"), factories.person("Anna Berg")
    follow(person, ink)
    asked = give(1, user=anna, topics=[ink], at=recently(hours=3), title="How much ink?")
    give(2, user=anna, topics=[ink], to=asked.item, at=recently(hours=2))
    give(3, user=factories.person(), topics=[factories.topic("Paper")], at=recently(), title="Not mine")

    response = signed_in.get("/")

    assert titles(response) == ["How much ink?"]
    assert len(response.context["rows"][0].facts) == 1
    assert "Ink" in response.context["rows"][0].reason


def test_flow_does_not_hold_what_one_gave_oneself(signed_in, person):
    ink = factories.topic("Ink")
    follow(person, ink)
    give(1, user=person, topics=[ink], at=recently())

    assert titles(signed_in.get("/")) == []


def test_older_pages_follow_on_without_gap_or_repetition(signed_in, person):
    ink, anna = factories.topic("Ink"), factories.person()
    follow(person, ink)
    for n in range(1, 48):
        give(n, user=anna, topics=[ink], at=recently(minutes=n), title=f"Thing {n}")

    seen, address = [], "/"
    while address:
        response = signed_in.get(address)
        seen += titles(response)
        address = response.context["older_url"]

    assert seen == [f"Thing {n}" for n in range(1, 48)]


def test_a_lively_thread_does_not_push_the_rest_away(signed_in, person):
    ink, anna = factories.topic("Ink"), factories.person()
    follow(person, ink)
    quiet = give(1, user=anna, topics=[ink], at=recently(days=2), title="Quiet")
    lively = give(2, user=anna, topics=[ink], at=recently(days=1), title="Lively")
    for n in range(3, 33):
        give(n, user=anna, topics=[ink], to=lively.item, at=recently(minutes=n))

    assert titles(signed_in.get("/")) == ["Lively", "Quiet"]
    assert quiet.item.title == "Quiet"


@pytest.mark.parametrize(
    "before", ["x", "1_2", "9" * 4000, "2026-06-03T10:00:00%2B00:00_99999999999999999999"]
)
@pytest.mark.parametrize("show", ["", "unanswered", "nonsense", "<b>"])
def test_odd_addresses_show_the_first_page(signed_in, before, show):
    assert signed_in.get(f"/?show={show}&before={before}").status_code == 200


def test_a_newcomer_gets_topics_proposed_where_something_happens(signed_in, person):
    busy = factories.topic("Busy")
    give(1, user=factories.person(), topics=[busy], at=recently())
    factories.topic("Silent")

    response = signed_in.get("/")

    assert response.context["proposed"] == [busy]


def test_proposals_say_nothing_of_a_secret_community(signed_in):
    member, hidden = factories.person(), factories.topic("Hidden")
    factories.topic("Open one")
    club = factories.community(visibility="secret", members=(member,))
    give(1, user=member, topics=[hidden], community=club, at=recently())
    open_one = factories.topic("Spoken of")
    give(2, user=member, topics=[open_one], at=recently())

    assert signed_in.get("/").context["proposed"] == [open_one]


def test_new_since_last_time_is_counted_and_seen_marks_it(signed_in, person):
    ink, anna = factories.topic("Ink"), factories.person()
    follow(person, ink)
    following.mark_flow_seen(user=person, now=recently(hours=5))
    give(1, user=anna, topics=[ink], at=recently(hours=8))
    give(2, user=anna, topics=[ink], at=recently(hours=1))

    before = [row.unread for row in signed_in.get("/").context["rows"]]
    signed_in.post(reverse("seen"), {"kind": "flow"})
    during = [row.unread for row in signed_in.get("/").context["rows"]]
    del signed_in.cookies["flow_visit"]
    after = [row.unread for row in signed_in.get("/").context["rows"]]

    assert (before, during, after) == ([True, False], [True, False], [False, False])


@pytest.mark.parametrize(
    "cookie", ["", "x", "1", "_", "1_x", "1_" + "9" * 40, "{pk}_x", "{pk}_" + "9" * 11, "{pk}_-1", "2_1"]
)
def test_a_cookie_that_nobody_baked_is_passed_over(signed_in, person, cookie):
    seen_at = recently(hours=5)
    following.mark_flow_seen(user=person, now=seen_at)
    signed_in.cookies["flow_visit"] = cookie.format(pk=person.pk)

    assert seen_before(signed_in.get("/").wsgi_request) == seen_at


def test_unanswered_holds_only_questions_without_answer_in_my_topics(signed_in, person):
    ink, anna = factories.topic("Ink"), factories.person()
    follow(person, ink)
    give(1, user=anna, topics=[ink], at=recently(), title="Waiting")
    answered = give(2, user=anna, topics=[ink], at=recently(), title="Answered")
    give(3, user=anna, topics=[ink], to=answered.item, at=recently())
    give(4, user=anna, topics=[ink], form="page", at=recently(), title="A page")
    give(5, user=anna, topics=[factories.topic()], at=recently(), title="Elsewhere")

    assert titles(signed_in.get("/?show=unanswered")) == ["Waiting"]


@pytest.mark.parametrize("things", [1, 3])
def test_flow_costs_eight_queries(signed_in, person, things, django_assert_num_queries):
    for n in range(things):
        topic = factories.topic()
        follow(person, topic)
        role = factories.role(required=(topic,))
        factories.assigned(person, role)
        give(
            n + 1,
            user=factories.person(),
            topics=[topic],
            at=recently(),
            community=factories.community(members=(person,)),
        )

    with django_assert_num_queries(8):
        signed_in.get("/")


@pytest.mark.parametrize(
    ("hour", "word"),
    [(4, "morning"), (9, "morning"), (10, "Hello"), (18, "evening"), (23, "Hello"), (0, "Hello")],
)
def test_greeting_goes_by_the_hour(hour, word):
    with translation.override("en"):
        assert word in greeting(hour, "Maja")


class TestOneYouCanAnswer:
    def one(self, user, *topics):
        return answerable.one_for(user=user, topic_ids=[topic.pk for topic in topics], now=timezone.now())

    def test_what_one_knows_comes_before_what_one_follows(self, person):
        ink, paper, anna = factories.topic("Ink"), factories.topic("Paper"), factories.person()
        person.ask_about.add(paper)
        give(1, user=anna, topics=[ink], at=recently(days=5))
        known = give(2, user=anna, topics=[ink, paper], at=recently())

        found = self.one(person, ink)

        assert (found, found.topic_name, found.known) == (known.item, "Paper", True)

    def test_what_one_taught_counts_as_known(self, person):
        ink, anna = factories.topic("Ink"), factories.person()
        give(1, user=person, topics=[ink], form="experience", at=recently(days=3))
        asked = give(2, user=anna, topics=[ink], at=recently())

        assert self.one(person) == asked.item

    def test_the_longest_waiting_unanswered_comes_first(self, person):
        ink, anna = factories.topic("Ink"), factories.person()
        talked = give(1, user=anna, topics=[ink], at=recently(days=9))
        give(2, user=anna, topics=[ink], to=talked.item, at=recently(days=8))
        longest = give(3, user=anna, topics=[ink], at=recently(days=5))
        give(4, user=anna, topics=[ink], at=recently(days=1))

        assert self.one(person, ink) == longest.item

    def test_never_ones_own_nor_where_one_took_part_nor_what_one_may_not_read(self, person):
        ink, anna = factories.topic("Ink"), factories.person()
        club = factories.community(visibility="secret", members=(anna,))
        give(1, user=person, topics=[ink], at=recently())
        talked = give(2, user=anna, topics=[ink], at=recently())
        give(3, user=person, topics=[ink], to=talked.item, at=recently())
        give(4, user=anna, topics=[ink], community=club, at=recently())

        assert self.one(person, ink) is None


def test_balance_counts_days_gifts_and_thanks_of_the_last_ninety_days(person):
    ink, now = factories.topic("Ink"), timezone.now()
    first = give(1, user=person, topics=[ink], at=recently())
    give(2, user=person, topics=[ink], to=first.item, at=recently())
    give(3, user=person, topics=[ink], at=recently(days=91))
    give(4, user=person, topics=[ink], at=recently(), imported=True)
    first.item.__class__.objects.filter(pk=first.item_id).update(thanks_count=4)
    readings.count_day(user_id=person.pk, now=now)
    readings.count_day(user_id=person.pk, now=now - timedelta(days=91))

    balance = balance_of(person, now=now)

    assert (balance.fetched, balance.shared, balance.thanks) == (1, 2, 4)
