"""Following from any page, and marks of what has been seen."""

import pytest
from django.urls import reverse

from community.contributions.models import Reading
from profiles import following
from profiles.models import Subscription
from tests import factories
from tests.factories import NOW
from tests.hubs.telling import give

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def follow(client, kind, pk, level="follow", **facts):
    return client.post(reverse("follow"), {"kind": kind, "pk": pk, "level": level, **facts})


@pytest.mark.parametrize("level", ["watch", "follow", "mute"])
def test_a_topic_is_followed_by_own_choice(signed_in, person, level):
    ink = factories.topic("Ink")

    response = follow(signed_in, "topic", ink.pk, level)

    held = Subscription.objects.get(user=person)
    assert (held.topic, held.level, held.origin) == (ink, level, "own")
    assert response.url == ink.get_absolute_url()


def test_none_ends_it_and_the_way_back_stays_in_the_house(signed_in, person):
    ink = factories.topic("Ink")
    follow(signed_in, "topic", ink.pk)

    home = follow(signed_in, "topic", ink.pk, "none", next="/topics/")
    away = follow(signed_in, "topic", ink.pk, "none", next="//evil.example/")

    assert (home.url, away.url) == ("/topics/", ink.get_absolute_url())
    assert not Subscription.objects.exists()


def test_with_htmx_only_the_button_comes_back_in_its_new_state(signed_in):
    ink = factories.topic("Ink")

    response = signed_in.post(
        reverse("follow"), {"kind": "topic", "pk": ink.pk, "level": "watch"}, headers=HTMX
    )

    assert response.templates[0].name == "feeds/_follow.html"
    assert response.context["follow_level"] == "watch"


def test_what_a_role_brought_is_muted_instead_of_ended(signed_in, person):
    ink = factories.topic("Ink")
    factories.assigned(person, factories.role(required=(ink,)))

    follow(signed_in, "topic", ink.pk, "none")

    assert Subscription.objects.get(user=person).level == "mute"


def test_items_and_communities_are_followed_where_they_may_be_read(signed_in, person):
    club = factories.community(members=(factories.person(),))
    told = give(1, user=factories.person())

    answers = [
        follow(signed_in, "community", club.pk).status_code,
        follow(signed_in, "item", told.item_id).status_code,
    ]

    assert answers == [302, 302]
    assert Subscription.objects.filter(user=person).count() == 2


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_what_one_may_not_read_is_not_there_to_follow_read_or_see(signed_in, visibility):
    member = factories.person()
    club = factories.community(visibility=visibility, members=(member,))
    told = give(1, user=member, community=club)

    answers = [
        follow(signed_in, "community", club.pk),
        follow(signed_in, "item", told.item_id),
        signed_in.post(reverse("seen"), {"kind": "community", "pk": club.pk}),
        signed_in.post(reverse("mark_read", args=[told.item_id])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert not Reading.objects.exists()


@pytest.mark.parametrize("kind", ["", "user", "topic' --", "items"])
@pytest.mark.parametrize("pk", ["", "x", "-1", "0", "9" * 30, "١", "1e3"])
def test_odd_targets_are_404(signed_in, kind, pk):
    assert follow(signed_in, kind, pk).status_code == 404
    assert follow(signed_in, "topic", pk).status_code == 404


def test_an_odd_level_is_404_and_a_get_changes_nothing(signed_in):
    ink = factories.topic("Ink")

    assert follow(signed_in, "topic", ink.pk, "owner").status_code == 404
    assert signed_in.get(reverse("follow")).status_code == 405
    assert signed_in.get(reverse("seen")).status_code == 405
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("position", ["", "7", "x", "-1", "9" * 40])
def test_reading_is_marked_whatever_position_is_sent(signed_in, person, position):
    told = give(1, user=factories.person())

    response = signed_in.post(f"{reverse('mark_read', args=[told.item_id])}?position={position}")

    assert response.status_code == 204
    assert Reading.objects.get().position == (7 if position == "7" else 0)


def test_looking_at_a_topic_makes_it_read(signed_in, person):
    ink = factories.topic("Ink")
    following.choose(user=person, target=ink, level="follow", now=NOW)

    response = signed_in.post(reverse("seen"), {"kind": "topic", "pk": ink.pk}, headers=HTMX)

    assert response.status_code == 204
    assert Subscription.objects.get().seen_at > NOW
