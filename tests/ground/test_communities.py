"""Communities: who is in, and what that opens."""

import pytest
from django.contrib.auth.models import AnonymousUser

from community.communities import membership
from community.communities.models import Community, JoinRequest
from profiles import joining
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_a_secret_community_exists_for_its_members_only():
    anna, outsider, admin = (
        factories.person(),
        factories.person(),
        factories.person(is_superuser=True, is_staff=True),
    )
    left = factories.person(is_active=False)
    secret = factories.community(visibility="secret", members=(anna, left))
    closed = factories.community(visibility="closed")

    seen = {who: set(Community.objects.visible_to(who)) for who in (anna, outsider, admin, left)}

    assert seen == {anna: {secret, closed}, outsider: {closed}, admin: {closed}, left: set()}
    assert set(Community.objects.visible_to(AnonymousUser())) == set()
    assert set(Community.objects.readable_by(outsider)) == set()


def test_membership_is_in_the_group_too():
    anna = factories.person()
    club = factories.community(members=(anna,))

    assert list(anna.groups.all()) == [club.group]


def test_the_last_steward_cannot_leave_the_others_alone():
    anna, boss = factories.person(), factories.person()
    club = factories.community(members=(anna,), steward=boss)

    with pytest.raises(membership.LastSteward):
        joining.leave(community=club, user=boss)

    assert membership.is_steward(community=club, user=boss)


def test_asking_twice_is_asking_once_and_admission_answers_it():
    anna, club = factories.person(), factories.community(visibility="closed")
    for _ in range(2):
        membership.ask_to_join(community=club, user=anna, now=NOW, message="Hej\x00!")

    asked = list(JoinRequest.objects.values_list("message", flat=True))
    joining.admit(community=club, user=anna, now=NOW)

    assert (asked, JoinRequest.objects.count()) == (["Hej!"], 0)
    assert membership.is_member(community=club, user=anna)


@pytest.mark.parametrize("name", ["", " ", "\u3164", "x" * 101])
def test_a_community_needs_a_name(name):
    with pytest.raises(ValueError, match="name"):
        membership.found(name=name, visibility="open", now=NOW)
