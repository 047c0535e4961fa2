"""The ledger and its streams."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from community.contributions import delivery, kinds, ledger, streams
from community.contributions.models import Contribution
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

TOLD = kinds.Kind(
    name="told", label="Told", teaches=True, bodies=lambda ids: {pk: f"<p>{pk}</p>" for pk in ids}
)


@pytest.fixture(autouse=True)
def _told_is_a_kind():
    kinds.register(TOLD)
    yield
    kinds._kinds.pop("told")


def tell(source_id=1, *, user, topics=(), community=None, item_id=None, at=NOW, **facts):
    item = ledger.open_item(
        kind="thing",
        source_id=item_id or source_id,
        form="thing",
        title="A thing",
        url="/thing/",
        now=at,
        community=community,
    )
    given = ledger.Given(
        kind="told",
        source_id=source_id,
        giver=ledger.Giver(user.pk),
        occurred_at=at,
        topics=list(topics),
        **facts,
    )
    return ledger.record(item=item, given=given)


def test_recording_twice_is_told_once():
    anna = factories.person()
    ink = factories.topic("Ink")

    first, second = tell(user=anna, topics=[ink]), tell(user=anna, topics=[ink])

    assert first == second
    assert Contribution.objects.get().item.contributions_count == 1


def test_topic_stream_is_newest_first_and_continues_where_it_ended():
    anna, ink = factories.person(), factories.topic("Ink")
    told = [tell(n, user=anna, topics=[ink], at=NOW + timedelta(minutes=n // 2)) for n in range(7)]

    first = streams.of_topic(user=anna, topic_id=ink.pk, limit=4)
    second = streams.of_topic(user=anna, topic_id=ink.pk, limit=4, before=first.older)

    assert [*first.entries, *second.entries] == told[::-1]
    assert second.older is None


def test_flow_holds_each_entry_once_with_its_topics():
    anna, ink, paper = factories.person(), factories.topic("Ink"), factories.topic("Paper")
    both = tell(1, user=anna, topics=[ink, paper])
    tell(2, user=anna, topics=[factories.topic("Other")])

    page = streams.my_flow(user=anna, targets=streams.Targets(topics=[ink.pk, paper.pk]))

    assert page.entries == [both]
    assert [topic.name for topic in page.entries[0].topics] == ["Ink", "Paper"]


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_what_members_share_does_not_exist_for_others(visibility):
    member, outsider, ink = factories.person(), factories.person(), factories.topic("Ink")
    club = factories.community(visibility=visibility, members=(member,))
    told = tell(user=member, topics=[ink], community=club)
    targets = streams.Targets(topics=[ink.pk], communities=[club.pk], items=[told.item_id])

    def seen_by(user):
        return [
            streams.of_topic(user=user, topic_id=ink.pk).entries,
            streams.of_community(user=user, community_id=club.pk).entries,
            streams.of_item(user=user, item_id=told.item_id).entries,
            streams.of_person(user=user, person_id=member.pk).entries,
            streams.my_flow(user=user, targets=targets).entries,
            streams.everything(user=user).entries,
        ]

    assert seen_by(member) == [[told]] * 6
    assert seen_by(outsider) == [[]] * 6


def test_whoever_is_not_signed_in_has_no_flow():
    anna, ink = factories.person(), factories.topic("Ink")
    told = tell(user=anna, topics=[ink])
    targets = streams.Targets(topics=[ink.pk], items=[told.item_id])

    seen = [
        streams.my_flow(user=who, targets=targets).entries
        for who in (AnonymousUser(), factories.person(is_active=False))
    ]

    assert seen == [[], []]


def test_closing_a_community_takes_everything_in_it_along():
    anna, outsider, ink = factories.person(), factories.person(), factories.topic("Ink")
    club = factories.community(visibility="open", members=(anna,))
    tell(user=anna, topics=[ink], community=club)
    club.visibility = "closed"
    club.save()

    ledger.set_audience(community=club, now=NOW)

    assert streams.of_topic(user=outsider, topic_id=ink.pk).entries == []
    assert len(streams.of_topic(user=anna, topic_id=ink.pk).entries) == 1


def test_withdrawn_is_gone_from_streams_and_restored_is_back():
    anna, ink = factories.person(), factories.topic("Ink")
    told = tell(user=anna, topics=[ink])

    ledger.withdraw(kind="told", source_id=1, now=NOW)
    gone = streams.of_topic(user=anna, topic_id=ink.pk).entries
    ledger.restore(kind="told", source_id=1, topics=[ink], now=NOW)

    assert gone == []
    assert streams.of_topic(user=anna, topic_id=ink.pk).entries == [told]


def test_a_reader_that_stumbles_over_one_contribution_gets_the_others(monkeypatch):
    anna, got = factories.person(), []
    told = [tell(n, user=anna) for n in range(3)]

    def stumbling(ids, now):
        if told[1].pk in ids:
            raise ValueError("poison")
        got.extend(ids)

    monkeypatch.setattr(delivery, "_readers", {"stumbling": stumbling})
    delivered = delivery.deliver(now=NOW)

    assert (delivered, got) == (3, [told[0].pk, told[2].pk])
    assert delivery.deliver(now=NOW) == 0


@pytest.mark.parametrize(
    "written", ["", "_", "x_1", "2026-06-03T10:00:00_1", "2026-06-03T10:00:00+00:00_x", "9" * 5000]
)
def test_a_place_that_nobody_wrote_is_no_place(written):
    assert streams.Place.parse(written) is None


def test_a_place_survives_being_written():
    place = streams.Place(NOW, 7)

    assert streams.Place.parse(str(place)) == place
