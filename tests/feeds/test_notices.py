"""Who is told at once, and the counter on the bell."""

from datetime import timedelta

import pytest

from community.contributions import delivery, ledger
from feeds import notices
from feeds.models import Notice
from profiles import following, joining
from profiles.models import User
from tests import factories
from tests.factories import NOW
from tests.feeds.conftest import ask, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return factories.person("Maja Lind", language="en")


@pytest.fixture
def olle():
    return factories.person("Olle Berg")


def watch(user, target, level="watch"):
    following.choose(user=user, target=target, level=level, now=NOW - timedelta(days=1))


def deliver():
    delivery.deliver(now=NOW)


def bells():
    return dict(User.objects.exclude(unread_notices=0).values_list("name", "unread_notices"))


def test_who_watches_the_topic_or_community_or_thread_is_told_once_with_the_closest_reason(maja, olle, ink):
    club = factories.community(members=(maja, olle))
    asked = ask(user=olle, topics=[ink], community=club, at=NOW - timedelta(minutes=2))
    watch(maja, ink)
    watch(maja, club)
    watch(maja, asked.item)

    deliver()

    assert list(Notice.objects.values_list("user__name", "contribution", "reason")) == [
        ("Maja Lind", asked.pk, "watched")
    ]
    assert bells() == {"Maja Lind": 1}


def test_telling_twice_tells_once(maja, olle, ink):
    watch(maja, ink)
    told = ask(user=olle, topics=[ink])

    for _ in range(3):
        notices.tell([told.pk], NOW)

    assert (Notice.objects.count(), bells()) == (1, {"Maja Lind": 1})


def test_who_asked_is_told_of_answers_and_who_merely_follows_is_not(maja, olle, ink):
    follower = factories.person("Follower")
    watch(follower, ink, "follow")
    asked = ask(user=maja, topics=[ink])
    give(item=asked.item, user=olle, topics=[ink])

    deliver()

    assert bells() == {"Maja Lind": 1}
    assert Notice.objects.get().reason == "answered"


def test_nobody_is_told_of_what_they_gave_themselves_or_muted(maja, olle, ink):
    watch(maja, ink)
    watch(olle, ink)
    asked = ask(user=maja, topics=[ink])
    following.choose(user=maja, target=asked.item, level="mute", now=NOW)
    give(item=asked.item, user=olle, topics=[ink])

    deliver()

    assert bells() == {"Olle Berg": 1}


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_nobody_is_told_of_what_they_may_not_read(maja, olle, ink, visibility):
    member = factories.person("Member")
    club = factories.community(visibility=visibility, members=(olle, member))
    for user in (maja, member):
        watch(user, ink)
    ask(user=olle, topics=[ink], community=club)

    deliver()

    assert bells() == {"Member": 1}


def test_the_past_and_what_came_with_a_bundle_is_no_news(maja, olle, ink):
    watch(maja, ink)
    ask(user=olle, topics=[ink], imported=True)
    ask(user=olle, topics=[ink], at=NOW - timedelta(days=8))
    before = ask(user=olle, topics=[ink], at=NOW - timedelta(days=2))
    ledger.amend(kind="question", source_id=before.source_id, excerpt="other", now=NOW)

    deliver()

    assert (Notice.objects.count(), bells()) == (0, {})


def test_what_is_taken_back_is_told_no_longer(maja, olle, ink):
    watch(maja, ink)
    told = ask(user=olle, topics=[ink])
    ask(user=olle, topics=[ink])
    deliver()

    ledger.withdraw(kind="question", source_id=told.source_id, now=NOW)
    deliver()

    assert (Notice.objects.count(), bells()) == (1, {"Maja Lind": 1})


def test_another_worker_telling_at_the_same_time_is_no_harm(maja, olle, ink, monkeypatch):
    watch(maja, ink)
    told = ask(user=olle, topics=[ink])
    write, calls = notices._write, []

    def late(wanted, now):
        calls.append(1)
        if len(calls) == 1:
            write(wanted, now)
            from django.db import IntegrityError

            raise IntegrityError
        write(wanted, now)

    monkeypatch.setattr(notices, "_write", late)
    notices.tell([told.pk], NOW)

    assert (Notice.objects.count(), bells()) == (1, {"Maja Lind": 1})


# --- the page -----------------------------------------------------------------------------------------------


@pytest.fixture
def signed(client, maja):
    client.force_login(maja, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_opening_a_notice_leads_to_the_thing_and_marks_it_read(signed, maja, olle, ink):
    watch(maja, ink)
    told = ask(user=olle, topics=[ink])
    ask(user=olle, topics=[ink])
    deliver()
    pk = Notice.objects.get(contribution=told).pk

    answers = [signed.get(f"/notices/{pk}/") for _ in range(2)]

    assert [answer.url for answer in answers] == [told.get_absolute_url()] * 2
    assert bells() == {"Maja Lind": 1}


def test_a_notice_of_another_or_of_a_community_one_left_is_not_there(signed, maja, olle, ink):
    club = factories.community("Owls", visibility="closed", members=(maja, olle), steward=olle)
    for user in (maja, olle):
        watch(user, ink)
    ask(user=olle, title="Canary", topics=[ink], community=club)
    ask(user=maja, topics=[ink])
    deliver()
    joining.leave(community=club, user=maja)

    pages = [signed.get(f"/notices/{notice.pk}/").status_code for notice in Notice.objects.all()]

    assert pages == [404, 404]
    assert "Canary" not in signed.get("/notices/").content.decode()


def test_all_read(signed, maja, olle, ink):
    watch(maja, ink)
    for _ in range(3):
        ask(user=olle, topics=[ink])
    deliver()

    response = signed.post("/notices/read/", follow=True)

    assert (bells(), Notice.objects.filter(read_at=None).count()) == ({}, 0)
    assert 'class="stream-item unread"' not in response.content.decode()
    assert signed.get("/notices/read/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_notices(signed, maja, olle, ink, number, django_assert_num_queries):
    watch(maja, ink)
    for n in range(number):
        ask(user=olle, title=f"Q{n}", topics=[ink])
    deliver()

    with django_assert_num_queries(4):  # session, person, notices, navigation
        shown = signed.get("/notices/").content.decode()

    assert shown.count('class="stream-item unread"') == number
