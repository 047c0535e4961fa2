"""An employee's flows follow from the job role; own choice wins."""

from datetime import date, timedelta

import pytest

from community.topics.models import RoleTopic
from profiles import assigning, following, joining
from profiles.flows import flows_of
from profiles.models import Subscription
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def followed(user):
    return {
        s.topic.name: (s.level, s.origin)
        for s in user.subscriptions.exclude(topic=None).select_related("topic")
    }


def test_a_role_brings_its_topics():
    ink, paper = factories.topic("Ink"), factories.topic("Paper")
    printer = factories.role(required=(ink,), useful=(paper,))
    anna = factories.person()

    factories.assigned(anna, printer)

    assert followed(anna) == {"Ink": ("follow", "role"), "Paper": ("follow", "role")}


def test_a_role_change_takes_only_what_the_role_brought():
    ink, paper, glue = factories.topic("Ink"), factories.topic("Paper"), factories.topic("Glue")
    anna = factories.person()
    held = factories.assigned(anna, factories.role(required=(ink, paper)))
    following.choose(user=anna, target=glue, level="watch", now=NOW)
    following.choose(user=anna, target=paper, level="watch", now=NOW)

    change = assigning.end(assignment=held, ends_on=NOW.date(), now=NOW)

    assert [topic.name for topic in change.ended] == ["Ink"]
    assert followed(anna) == {"Glue": ("watch", "own"), "Paper": ("watch", "own")}


def test_unfollowing_what_the_role_brings_stays_unfollowed():
    ink = factories.topic("Ink")
    anna, printer = factories.person(), factories.role(required=(ink,))
    factories.assigned(anna, printer)

    following.unfollow(user=anna, target=ink, now=NOW)
    change = following.sync_roles(user=anna, now=NOW)

    assert followed(anna) == {"Ink": ("mute", "own")}
    assert (change.added, change.kept) == ([], [ink])


def test_unfollowing_an_own_choice_leaves_nothing():
    ink, anna = factories.topic("Ink"), factories.person()
    following.choose(user=anna, target=ink, level="follow", now=NOW)

    following.unfollow(user=anna, target=ink, now=NOW)

    assert followed(anna) == {}


def test_an_assignment_of_next_month_brings_nothing_yet_and_is_caught_up():
    ink, anna = factories.topic("Ink"), factories.person()
    factories.assigned(anna, factories.role(required=(ink,)), starts_on=date(2026, 7, 1))

    before = followed(anna)
    looked_at = assigning.catch_up(now=NOW + timedelta(days=30))

    assert (before, looked_at, list(followed(anna))) == ({}, 1, ["Ink"])


def test_two_roles_that_bring_the_same_topic_end_one_at_a_time():
    ink, anna = factories.topic("Ink"), factories.person()
    first = factories.assigned(anna, factories.role(useful=(ink,)))
    factories.assigned(anna, factories.role(required=(ink,)))

    assigning.end(assignment=first, ends_on=NOW.date(), now=NOW)

    assert followed(anna) == {"Ink": ("follow", "role")}
    assert anna.subscriptions.get().role_level == "required"


def test_a_changed_role_reaches_everyone_who_has_it():
    ink, glue = factories.topic("Ink"), factories.topic("Glue")
    printer = factories.role(required=(ink,))
    people = [factories.person() for _ in range(3)]
    for one in people:
        factories.assigned(one, printer)
    RoleTopic.objects.create(role=printer, topic=glue, level="useful")

    reached = following.sync_everyone_with(role=printer, now=NOW)

    assert reached == 3
    assert [set(followed(one)) for one in people] == [{"Ink", "Glue"}] * 3


def test_leaving_a_secret_community_takes_its_flow():
    anna, boss = factories.person(), factories.person()
    club = factories.community(visibility="secret", members=(anna,), steward=boss)

    joining.leave(community=club, user=anna)

    assert not Subscription.objects.filter(user=anna).exists()
    assert not anna.groups.exists()


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_nobody_joins_a_closed_door(visibility):
    club = factories.community(visibility=visibility)

    with pytest.raises(joining.MustAsk):
        joining.join(community=club, user=factories.person(), now=NOW)


@pytest.mark.parametrize("n", [1, 3])
def test_flows_are_read_in_one_query(n, django_assert_num_queries):
    anna = factories.person()
    factories.assigned(anna, factories.role(required=tuple(factories.topic() for _ in range(n))))
    for _ in range(n):
        factories.community(members=(anna,))

    with django_assert_num_queries(1):
        flows = flows_of(anna, now=NOW)

    assert (len(flows.topics), len(flows.communities)) == (n, n)
