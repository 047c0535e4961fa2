"""Planning and sending digests: once a person and week, whatever happens."""

import smtplib
from datetime import UTC, datetime, timedelta
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
