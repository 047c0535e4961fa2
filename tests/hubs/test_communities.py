"""Communities: finding, founding, joining, letting in, changing shape."""

import pytest
from django.urls import reverse

from community.communities import membership
from community.communities.models import Community, JoinRequest, Membership
from community.contributions import streams
from profiles import following, joining
from profiles.models import Subscription
from tests import factories
from tests.factories import NOW
from tests.hubs.telling import give

pytestmark = pytest.mark.django_db
PAGES = ["hub", "members", "leave", "edit", "invite"]
ACTS = ["join", "leave", "edit", "answer", "invite", "set_role"]


def address(page, club):
    return reverse(f"communities:{page}", args=[club.slug])


def role_of(club, user):
    return Membership.objects.filter(community=club, user=user).values_list("role", flat=True).first()


class TestWhatExists:
    def test_a_secret_community_is_nowhere_for_others(self, signed_in, person):
        member = factories.person("Member Canary")
        club = factories.community(
            "Canary", visibility="secret", members=(member,), steward=factories.person("Steward Canary")
        )
        give(1, user=member, community=club, title="Canary thing")

        listed = signed_in.get(reverse("communities:list"))
        answers = [signed_in.get(address(page, club)).status_code for page in PAGES]
        answers += [signed_in.post(address(act, club), {"person": member.pk}).status_code for act in ACTS]

        assert "Canary" not in listed.content.decode()
        assert set(answers) == {404}
        assert not JoinRequest.objects.exists()

    def test_an_administrator_is_an_outsider_too(self, client):
        admin = factories.person(is_staff=True, is_superuser=True)
        club = factories.community(visibility="secret", members=(factories.person(),))
        client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")

        assert client.get(address("hub", club)).status_code == 404

    def test_a_closed_one_shows_what_it_is_and_whom_to_ask_but_nothing_inside(self, signed_in):
        steward, member = factories.person("Stina Steward"), factories.person("Member Canary")
        club = factories.community("Club", visibility="closed", members=(member,), steward=steward)
        Community.objects.update(description="What it is for")
        give(1, user=member, community=club, title="Thing Canary")

        page = signed_in.get(address("hub", club))
        words = page.content.decode()

        assert (words.count("What it is for"), "Stina Steward" in words, words.count("Canary")) == (
            1,
            True,
            0,
        )
        assert page.context["community"].size is None
        assert signed_in.get(address("members", club)).status_code == 404

    def test_members_read_what_is_inside(self, signed_in, person):
        club = factories.community(visibility="secret", members=(person,))
        give(1, user=factories.person(), community=club, title="Inside")

        context = signed_in.get(address("hub", club)).context

        assert [row.title for row in context["rows"]] == ["Inside"]
        assert context["community"].size == 1

    def test_the_list_parts_mine_from_the_others(self, signed_in, person):
        mine = factories.community("B mine", visibility="secret", members=(person,))
        other = factories.community("A other", visibility="closed")

        context = signed_in.get(reverse("communities:list")).context

        assert (context["mine"], context["others"]) == ([mine], [other])

    def test_its_name_and_address_give_a_secret_one_away_to_nobody(self, signed_in, person):
        hidden = joining.found(
            name="Plans", description="", visibility="secret", by=factories.person(), now=NOW
        )

        response = signed_in.post(reverse("communities:found"), {"name": "Plans", "visibility": "open"})

        assert response.url == "/communities/plans/"
        assert hidden.slug.startswith("plans-")
        assert len(hidden.slug) == len("plans-") + 8


class TestJoining:
    def test_everybody_joins_an_open_one_and_follows_it(self, signed_in, person):
        club = factories.community()

        signed_in.post(address("join", club))

        assert role_of(club, person) == "member"
        assert Subscription.objects.get(user=person, community=club).origin == "community"

    def test_one_asks_a_closed_one_and_a_steward_lets_in(self, signed_in, client, person):
        steward = factories.person()
        club = factories.community(visibility="closed", steward=steward)

        signed_in.post(address("join", club), {"message": "I work  with it"})
        signed_in.post(address("join", club), {"message": "Again"})
        asked = JoinRequest.objects.get()
        before = role_of(club, person)
        client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")
        shown = client.get(address("hub", club)).context["asking"]
        client.post(address("answer", club), {"person": person.pk, "answer": "yes"})

        assert (asked.message, before, shown) == ("I work with it", None, [asked])
        assert role_of(club, person) == "member"
        assert not JoinRequest.objects.exists()

    def test_a_steward_says_no(self, signed_in, person):
        club = factories.community(visibility="closed", steward=person)
        anna = factories.person()
        membership.ask_to_join(community=club, user=anna, now=NOW)

        signed_in.post(address("answer", club), {"person": anna.pk, "answer": "no"})

        assert (role_of(club, anna), JoinRequest.objects.count()) == (None, 0)

    def test_yes_to_somebody_who_does_not_ask_lets_nobody_in(self, signed_in, person):
        club = factories.community(visibility="closed", steward=person)
        anna = factories.person()

        signed_in.post(address("answer", club), {"person": anna.pk, "answer": "yes"})

        assert role_of(club, anna) is None

    def test_leaving_asks_once_and_takes_the_flow_along(self, signed_in, person):
        club = factories.community(visibility="closed", members=(person,), steward=factories.person())

        asked = signed_in.get(address("leave", club)).status_code
        response = signed_in.post(address("leave", club))

        assert (asked, response.url, role_of(club, person)) == (200, reverse("communities:list"), None)
        assert not Subscription.objects.filter(user=person).exists()

    def test_the_last_steward_stays(self, signed_in, person):
        club = factories.community(members=(factories.person(),), steward=person)

        signed_in.post(address("leave", club))
        signed_in.post(address("set_role", club), {"person": person.pk, "role": "member"})

        assert role_of(club, person) == "steward"


class TestStewarding:
    @pytest.mark.parametrize("act", ["edit", "answer", "invite", "set_role"])
    def test_members_are_no_stewards(self, signed_in, person, act):
        club = factories.community(members=(person,), steward=factories.person())
        facts = {
            "person": person.pk,
            "role": "steward",
            "answer": "yes",
            "name": "Mine",
            "visibility": "open",
        }

        assert signed_in.post(address(act, club), facts).status_code == 404
        assert role_of(club, person) == "member"

    def test_somebody_is_let_in_by_name(self, signed_in, person):
        club, anna = factories.community(visibility="secret", steward=person), factories.person("Anna Berg")

        signed_in.post(address("invite", club), {"person": "anna berg"})

        assert role_of(club, anna) == "member"

    def test_of_several_one_is_chosen(self, signed_in, person):
        club = factories.community(visibility="secret", steward=person)
        one, two = factories.person("Anna Berg"), factories.person("Anna Berg")

        response = signed_in.post(address("invite", club), {"person": "Anna Berg"})
        signed_in.post(address("invite", club), {"pk": two.pk})

        assert response.context["found"] == [one, two]
        assert (role_of(club, one), role_of(club, two)) == (None, "member")

    def test_letting_in_a_steward_again_leaves_them_steward(self, signed_in, person):
        other = factories.person("Bo Ek")
        club = factories.community(steward=person)
        joining.admit(community=club, user=other, now=NOW, role="steward")

        signed_in.post(address("invite", club), {"person": "Bo Ek"})

        assert role_of(club, other) == "steward"

    @pytest.mark.parametrize("typed", ["", "nobody", "\x00", "%", "x" * 3000])
    def test_nobody_is_said_at_the_field(self, signed_in, person, typed):
        club = factories.community(steward=person)

        response = signed_in.post(address("invite", club), {"person": typed})

        assert list(response.context["form"].errors) == ["person"]

    def test_stewardship_is_handed_on(self, signed_in, person):
        anna = factories.person()
        club = factories.community(members=(anna,), steward=person)

        signed_in.post(address("set_role", club), {"person": anna.pk, "role": "steward"})
        signed_in.post(address("set_role", club), {"person": person.pk, "role": "out"})

        assert (role_of(club, anna), role_of(club, person)) == ("steward", None)

    @pytest.mark.parametrize("role", ["", "owner", "admin"])
    def test_an_odd_role_is_404(self, signed_in, person, role):
        club = factories.community(members=(factories.person(),), steward=person)

        assert (
            signed_in.post(address("set_role", club), {"person": person.pk, "role": role}).status_code == 404
        )

    def test_closing_takes_everything_inside_away_from_others(self, signed_in, person):
        outsider = factories.person()
        club = factories.community("Club", steward=person)
        told = give(1, user=person, community=club)
        following.choose(user=outsider, target=club, level="follow", now=NOW)
        following.choose(user=outsider, target=told.item, level="watch", now=NOW)

        signed_in.post(address("edit", club), {"name": "Club", "description": "", "visibility": "closed"})

        assert streams.everything(user=outsider).entries == []
        assert streams.everything(user=person).entries == [told]
        assert not Subscription.objects.filter(user=outsider).exists()

    def test_opening_lets_in_whoever_asked(self, signed_in, person):
        anna = factories.person()
        club = factories.community("Club", visibility="closed", steward=person)
        told = give(1, user=person, community=club)
        membership.ask_to_join(community=club, user=anna, now=NOW)

        signed_in.post(address("edit", club), {"name": "Club", "description": "", "visibility": "open"})

        assert role_of(club, anna) == "member"
        assert streams.everything(user=factories.person()).entries == [told]

    @pytest.mark.parametrize("name", ["", "Taken", "x" * 101, "\u200b"])
    def test_a_name_that_is_none_or_taken_is_said_at_the_field(self, signed_in, person, name):
        factories.community("Taken")
        club = factories.community("Club", steward=person)

        response = signed_in.post(address("edit", club), {"name": name, "visibility": "open"})

        assert list(response.context["form"].errors) == ["name"]
        assert Community.objects.get(pk=club.pk).name == "Club"


@pytest.mark.parametrize("things", [1, 3])
def test_pages_cost_the_same_whatever_they_hold(signed_in, person, things, django_assert_num_queries):
    club = factories.community(visibility="closed", steward=person)
    for n in range(1, things + 1):
        anna = factories.person()
        joining.admit(community=club, user=anna, now=NOW)
        membership.ask_to_join(community=club, user=factories.person(), now=NOW)
        give(n, user=anna, topics=[factories.topic()], community=club)

    with django_assert_num_queries(7):
        signed_in.get(address("hub", club))
    with django_assert_num_queries(4):
        signed_in.get(reverse("communities:list"))
    with django_assert_num_queries(7):
        signed_in.get(address("members", club))
