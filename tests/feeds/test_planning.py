"""Whose digest is due, and the way out of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from feeds import planning, unsubscribing
from feeds.models import DigestDelivery
from tests import factories
from tests.feeds.test_sending import HOUR, TUESDAY, State, reader, run, share, states

pytestmark = pytest.mark.django_db


def test_a_digest_is_due_at_the_persons_own_hour(ink):
    near, far = reader(ink), reader(ink, time_zone="America/New_York", digest_weekday=1, digest_hour=8)

    early = planning.plan(now=TUESDAY - timedelta(seconds=1))
    on_time = planning.plan(now=TUESDAY)
    later = planning.plan(now=TUESDAY + 6 * HOUR)

    assert (early, on_time, later) == (0, 1, 1)
    assert list(DigestDelivery.objects.order_by("due_at").values_list("user", "period", "due_at")) == [
        (near.pk, date(2026, 6, 8), TUESDAY),
        (far.pk, date(2026, 6, 8), TUESDAY + 6 * HOUR),
    ]


def test_planning_again_plans_nothing_and_changing_the_day_gives_no_second(ink):
    person = reader(ink)
    planning.plan(now=TUESDAY)
    type(person).objects.update(digest_weekday=2)

    assert planning.plan(now=TUESDAY + 26 * HOUR) == 0
    assert planning.plan(now=TUESDAY + timedelta(days=8)) == 1


def test_a_missed_hour_is_caught_up_and_a_missed_day_is_written_down(ink, mailoutbox):
    reader(ink)
    share(factories.person(digest_on=False), ink)

    planning.plan(now=TUESDAY + 23 * HOUR)
    run(TUESDAY + 23 * HOUR)
    next_week = TUESDAY + timedelta(days=7)
    planning.plan(now=next_week + 25 * HOUR)

    assert len(mailoutbox) == 1
    assert states() == [(State.SENT, ""), (State.SKIPPED, "late")]


def test_who_is_gone_or_wants_none_or_came_after_the_hour_gets_none(ink):
    reader(ink, is_active=False)
    reader(ink, digest_on=False)
    factories.person(date_joined=TUESDAY + HOUR)

    assert planning.plan(now=TUESDAY + 2 * HOUR) == 0


@pytest.mark.parametrize(("hour", "autumn", "spring"), [(8, 7, 6), (2, 1, 1)])
def test_one_digest_a_week_at_the_local_hour_when_clocks_change(hour, autumn, spring):
    """25 October 2026 (back) and 28 March 2027 (forward) are Sundays; 02:00 comes twice, and not at all."""
    wish = {"time_zone": "Europe/Stockholm", "weekday": 6, "hour": hour}

    back = planning.slot(now=datetime(2026, 10, 25, 12, tzinfo=UTC), **wish).due_at
    forward = planning.slot(now=datetime(2027, 3, 28, 12, tzinfo=UTC), **wish).due_at

    assert (back.day, back.hour, forward.day, forward.hour) == (25, {8: 7, 2: 0}[hour], 28, spring)


def test_the_next_digest_is_ahead(ink):
    person = reader(ink)

    assert planning.next_slot(user=person, now=TUESDAY - HOUR) == TUESDAY
    assert planning.next_slot(user=person, now=TUESDAY) == TUESDAY + timedelta(days=7)
    person.digest_on = False
    assert planning.next_slot(user=person, now=TUESDAY) is None


# --- the way out --------------------------------------------------------------------------------------------


@pytest.fixture
def way_out(ink):
    person = reader(ink)
    return person, f"/digest/off/{unsubscribing.token_of(person)}/"


def test_looking_at_the_way_out_changes_nothing(client, way_out):
    person, path = way_out

    assert client.get(path).status_code == 200
    person.refresh_from_db()
    assert person.digest_on


def test_one_click_ends_the_letters_without_signing_in_and_another_brings_them_back(way_out):
    person, path = way_out
    client = Client(enforce_csrf_checks=True)

    client.post(path, {"List-Unsubscribe": "One-Click"})
    client.post(path, {"List-Unsubscribe": "One-Click"})
    person.refresh_from_db()
    off = person.digest_on
    client.post(path, {"again": "1"})
    person.refresh_from_db()

    assert (off, person.digest_on) == (False, True)


def test_a_way_out_that_nobody_made_is_not_there(client, way_out):
    wrong = (way_out[1].replace(":", "0:"), "/digest/off/x/", "/digest/off/1:x/")

    assert [client.post(path).status_code for path in wrong] == [404] * 3
