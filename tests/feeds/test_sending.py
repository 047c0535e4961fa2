"""Planning and sending digests: once a person and week, whatever happens."""

import smtplib
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr

import pytest

from feeds import planning, sending
from feeds.models import DigestDelivery
from profiles import following, joining
from tests import factories
from tests.factories import NOW
from tests.feeds.conftest import ask

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TUESDAY = datetime(2026, 6, 9, 6, 0, tzinfo=UTC)  # 08:00 in Stockholm, when the organisation's digest is due
State = DigestDelivery.State


@pytest.fixture
def ink():
    return factories.topic("Ink")


@pytest.fixture
def olle(ink):
    """Somebody who shares and wants no letters."""
    return factories.person("Olle", digest_on=False)


def reader(ink, **facts):
    person = factories.person(date_joined=NOW, **facts)
    following.choose(user=person, target=ink, level="follow", now=NOW)
    return person


def share(olle, ink, **facts):
    return ask(user=olle, title="News", topics=[ink], kind="page", at=TUESDAY - 24 * HOUR, **facts)


def run(now, ids=None):
    ids = [pk for chunk in planning.open_chunks(now=now) for pk in chunk] if ids is None else ids
    return sending.send(ids=ids, clock=lambda: now)


def states():
    return list(DigestDelivery.objects.order_by("pk").values_list("state", "reason"))


# --- planning -----------------------------------------------------------------------------------------------


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


def test_a_missed_hour_is_caught_up_and_a_missed_day_is_written_down(ink, olle, mailoutbox):
    reader(ink)
    share(olle, ink)

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


# --- sending ------------------------------------------------------------------------------------------------


def test_everybody_gets_theirs_once(ink, olle, mailoutbox):
    people = [reader(ink) for _ in range(3)]
    share(olle, ink)
    planning.plan(now=TUESDAY)
    ids = planning.open_chunks(now=TUESDAY)[0]

    first, again = run(TUESDAY, ids), run(TUESDAY, ids)

    assert (first, again) == (3, 0)
    assert [mail.to for mail in mailoutbox] == [[person.email] for person in people]
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == list(
        DigestDelivery.objects.order_by("pk").values_list("message_id", flat=True)
    )


def test_nothing_to_say_no_mail(ink, mailoutbox):
    reader(ink)
    planning.plan(now=TUESDAY)

    run(TUESDAY)

    assert (mailoutbox, states()) == ([], [(State.SKIPPED, "nothing to say")])


def test_who_left_between_planning_and_sending_gets_none(ink, olle, mailoutbox):
    gone, off = reader(ink), reader(ink)
    share(olle, ink)
    planning.plan(now=TUESDAY)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    type(off).objects.filter(pk=off.pk).update(digest_on=False)

    run(TUESDAY)

    assert (mailoutbox, states()) == ([], [(State.SKIPPED, "not wanted")] * 2)


def test_who_left_a_community_between_planning_and_sending_reads_nothing_of_it(ink, olle, mailoutbox):
    member = reader(ink)
    owls = factories.community("Owls", visibility="secret", members=(member,), steward=olle)
    share(olle, ink, community=owls)
    planning.plan(now=TUESDAY)
    joining.leave(community=owls, user=member)

    run(TUESDAY)

    assert (mailoutbox, states()) == ([], [(State.SKIPPED, "nothing to say")])


def test_a_claimed_one_is_left_alone_until_its_lease_ends(ink, olle, mailoutbox):
    reader(ink)
    share(olle, ink)
    planning.plan(now=TUESDAY)
    ids = planning.open_chunks(now=TUESDAY)[0]
    DigestDelivery.objects.update(state=State.SENDING, lease_until=TUESDAY + sending.LEASE, attempts=1)

    held, freed = run(TUESDAY, ids), run(TUESDAY + 2 * sending.LEASE, ids)

    assert (held, freed, len(mailoutbox)) == (0, 1, 1)


def test_an_organisation_may_rather_lose_one_than_send_it_twice(ink, olle, mailoutbox, settings):
    settings.DIGEST_ON_UNCERTAIN = "skip"
    reader(ink)
    share(olle, ink)
    planning.plan(now=TUESDAY)
    DigestDelivery.objects.update(state=State.SENDING, lease_until=TUESDAY, attempts=1)

    run(TUESDAY + HOUR)

    assert (mailoutbox, states()) == ([], [(State.SKIPPED, "uncertain")])


def test_two_workers_with_the_same_chunk_send_each_once(ink, olle, mailoutbox, monkeypatch):
    for _ in range(3):
        reader(ink)
    share(olle, ink)
    planning.plan(now=TUESDAY)
    ids = planning.open_chunks(now=TUESDAY)[0]
    claim, inner = sending._claim, []

    def claim_while_another_works(row, now):
        if not inner:
            inner.append(True)
            inner.append(sending.send(ids=ids, clock=lambda: TUESDAY))
        return claim(row, now)

    monkeypatch.setattr(sending, "_claim", claim_while_another_works)
    outer = sending.send(ids=ids, clock=lambda: TUESDAY)

    assert (outer, inner[1], len(mailoutbox)) == (0, 3, 3)


class Server:
    """A mail server that answers each address as told: an exception, or None to take it."""

    def __init__(self, monkeypatch, answers):
        self.answers, self.taken, self.opened = answers, [], 0
        monkeypatch.setattr(sending, "get_connection", lambda: self)

    def open(self):
        self.opened += 1
        return True

    def close(self):
        pass

    def send_messages(self, messages):
        for mail in messages:
            answer = self.answers.get(parseaddr(mail.to[0])[1])
            if answer is not None:
                raise answer
            self.taken.append(mail.to[0])
        return len(messages)


def refused(code, address):
    return smtplib.SMTPRecipientsRefused({address: (code, b"no")})


def test_what_the_server_refuses_for_ever_fails_and_the_rest_goes_out(ink, olle, monkeypatch):
    people = [reader(ink) for _ in range(3)]
    share(olle, ink)
    planning.plan(now=TUESDAY)
    server = Server(monkeypatch, {people[1].email: refused(550, people[1].email)})

    run(TUESDAY)

    assert server.taken == [people[0].email, people[2].email]
    assert [state for state, _ in states()] == [State.SENT, State.FAILED, State.SENT]
    assert planning.open_chunks(now=TUESDAY + 5 * HOUR) == []


def test_what_the_server_refuses_for_now_is_tried_later_and_later_for_a_day(ink, olle, monkeypatch):
    person = reader(ink)
    share(olle, ink)
    planning.plan(now=TUESDAY)
    Server(monkeypatch, {person.email: refused(451, person.email)})
    row, now, waits = DigestDelivery.objects.get(), TUESDAY, []

    while row.state == State.PENDING:
        run(now)
        row.refresh_from_db()
        waits.append((row.try_at - now).total_seconds() / 60)
        now = max(row.try_at, now)

    assert waits[:5] == [1, 5, 30, 60, 60]
    assert row.state == State.FAILED
    assert row.reason == "given up: SMTPRecipientsRefused 451"
    assert now - TUESDAY <= timedelta(hours=24)


def test_a_server_that_is_away_holds_nobody_up_and_loses_nobody(ink, olle, monkeypatch):
    people = [reader(ink) for _ in range(6)]
    share(olle, ink)
    planning.plan(now=TUESDAY)
    server = Server(monkeypatch, {person.email: ConnectionRefusedError() for person in people})

    run(TUESDAY)
    tried = DigestDelivery.objects.filter(attempts=1).count()
    server.answers.clear()
    run(TUESDAY + HOUR)

    assert tried == sending.DEAD_AIR
    assert sorted(server.taken) == sorted(person.email for person in people)


def test_a_digest_that_cannot_be_made_stops_only_itself(ink, olle, mailoutbox, monkeypatch):
    people = [reader(ink) for _ in range(3)]
    share(olle, ink)
    planning.plan(now=TUESDAY)
    compose = sending.compose

    def stumbling(*, user, **rest):
        if user == people[1]:
            raise ValueError("poison")
        return compose(user=user, **rest)

    monkeypatch.setattr(sending, "compose", stumbling)
    run(TUESDAY)

    assert [mail.to[0] for mail in mailoutbox] == [people[0].email, people[2].email]
    assert states()[1] == (State.FAILED, "error: ValueError")


def test_material_that_cannot_be_read_in_bulk_is_read_one_by_one(ink, olle, mailoutbox, monkeypatch):
    for _ in range(2):
        reader(ink)
    share(olle, ink)
    planning.plan(now=TUESDAY)
    gather = sending.gather

    def stumbling(users, **rest):
        if len(users) > 1:
            raise ValueError("poison")
        return gather(users, **rest)

    monkeypatch.setattr(sending, "gather", stumbling)

    assert run(TUESDAY) == 2


def test_a_line_break_in_an_address_stops_only_that_letter(ink, olle, mailoutbox):
    people = [reader(ink) for _ in range(2)]
    share(olle, ink)
    planning.plan(now=TUESDAY)
    type(people[0]).objects.filter(pk=people[0].pk).update(email="a@example.org\nBcc: evil@example.org")

    run(TUESDAY)

    assert [mail.to for mail in mailoutbox] == [[people[1].email]]
    assert states()[0][0] == State.FAILED


# --- the way out --------------------------------------------------------------------------------------------


@pytest.fixture
def way_out(ink):
    from feeds import unsubscribing

    person = reader(ink)
    return person, f"/digest/off/{unsubscribing.token_of(person)}/"


def test_looking_at_the_way_out_changes_nothing(client, way_out):
    person, path = way_out

    assert client.get(path).status_code == 200
    person.refresh_from_db()
    assert person.digest_on


def test_one_click_ends_the_letters_without_signing_in_and_another_brings_them_back(way_out):
    from django.test import Client

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
