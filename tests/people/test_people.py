"""The directory and the profile: who is here and what they shared."""

import pytest
from django.urls import reverse

from community.topics import vocabulary
from profiles import directory
from tests import factories
from tests.factories import NOW
from tests.hubs.telling import give

pytestmark = pytest.mark.django_db


def found(user, **facts):
    return [person.name for person in directory.people(user=user, today=NOW.date(), **facts)]


class TestDirectory:
    def test_everybody_who_works_here_by_name(self, person):
        factories.person("Anna Berg")
        factories.person("Bo Gone", is_active=False)

        assert found(person) == ["Anna Berg", "Maja Lind"]

    @pytest.mark.parametrize(
        "typed", ["åke", "ÅKE", "äng åk", "Åke Ängman", "vård", "natt", "nursing", "bläck"]
    )
    def test_every_word_fits_name_title_role_unit_or_topic(self, person, typed):
        ink = factories.topic("Ink")
        vocabulary.add_synonym(topic=ink, name="Bläckfrågor")
        ake = factories.person("Åke Ängman", title="Vårdare")
        ake.ask_about.add(ink)
        factories.assigned(ake, factories.role("Nursing lead"), factories.unit("Nattpatrullen"))
        factories.assigned(factories.person("Other Person"), factories.role("Cook"))

        assert found(person, typed=typed) == ["Åke Ängman"]

    def test_a_role_that_has_ended_finds_nobody(self, person):
        from profiles import assigning

        held = factories.assigned(person, factories.role("Cook"))
        assigning.end(assignment=held, ends_on=NOW.date(), now=NOW)

        assert found(person, typed="cook") == []

    def test_a_unit_finds_those_below_it_too(self, person):
        top = factories.unit("Top")
        factories.assigned(person, unit=factories.unit("Below", parent=factories.unit("Middle", parent=top)))
        factories.assigned(factories.person(), unit=factories.unit("Elsewhere"))

        assert found(person, unit_id=top.pk) == ["Maja Lind"]

    @pytest.mark.parametrize(
        "query",
        ["q=(", "q=\\", "q=%00", "q=[[:x:]]", "q=*+?", "q=" + "a " * 4000, "page=-1", "page=x", "page=" + "9" * 5000,
         "role=x", "unit=-1", "unit=" + "9" * 30, "topic=nothing", "role=1e5", "q=ſ", "q=%F0%9F%98%80"],
    )  # fmt: skip
    def test_odd_questions_get_a_page(self, signed_in, query):
        assert signed_in.get(f"{reverse('people:directory')}?{query}").status_code == 200

    @pytest.mark.parametrize("things", [1, 3])
    def test_it_costs_eight_queries(self, signed_in, things, django_assert_num_queries):
        for _n in range(things):
            factories.assigned(factories.person(), factories.role(), factories.unit())

        with django_assert_num_queries(8):
            signed_in.get(reverse("people:directory"))

    def test_htmx_gets_only_the_people(self, signed_in):
        response = signed_in.get(reverse("people:directory"), headers={"HX-Request": "true"})

        assert response.templates[0].name == "profiles/_people.html"


class TestProfile:
    def test_it_tells_who_somebody_is_and_what_they_shared(self, signed_in):
        ink, anna = factories.topic("Ink"), factories.person("Anna Berg", title="Printer", bio="I print")
        anna.ask_about.add(ink)
        factories.assigned(anna, factories.role("Printer"), factories.unit("Press"))
        club = factories.community(members=(anna,))
        give(1, user=anna, topics=[ink], title="How to print")

        context = signed_in.get(anna.get_absolute_url()).context

        assert [row.title for row in context["rows"]] == ["How to print"]
        assert (context["ask_about"], context["communities"]) == ([ink], [club])
        assert directory.places(context["held"]) == "Printer, Press"

    @pytest.mark.parametrize("visibility", ["closed", "secret"])
    def test_nothing_of_communities_that_the_reader_is_not_in(self, signed_in, visibility):
        anna = factories.person("Anna Berg")
        club = factories.community("Canary", visibility=visibility, members=(anna,))
        give(1, user=anna, community=club, title="Canary thing")

        words = signed_in.get(anna.get_absolute_url()).content.decode()

        assert words.count("Canary") == 0

    def test_the_same_community_shows_to_a_member(self, signed_in, person):
        anna = factories.person()
        club = factories.community(visibility="secret", members=(anna, person))
        give(1, user=anna, community=club, title="Inside")

        context = signed_in.get(anna.get_absolute_url()).context

        assert ([row.title for row in context["rows"]], context["communities"]) == (["Inside"], [club])

    def test_of_somebody_who_left_what_they_shared_remains(self, signed_in):
        gone = factories.person("Gone Person", is_active=False, bio="Old bio", title="Old title")
        silent = factories.person(is_active=False)
        give(1, user=gone, title="Still true")

        words = signed_in.get(gone.get_absolute_url()).content.decode()

        assert ("Still true" in words, "Old bio" in words, "Old title" in words) == (True, False, False)
        assert signed_in.get(silent.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("pk", ["0", "99999999", "9" * 25, "9" * 5000])
    def test_nobody_is_404(self, signed_in, pk):
        assert signed_in.get(f"/people/{pk}/").status_code == 404

    def test_somebody_signed_out_meets_nobody(self, client, person):
        assert client.get(person.get_absolute_url()).status_code == 302
        assert client.get(reverse("people:directory")).status_code == 302

    @pytest.mark.parametrize("things", [1, 3])
    def test_it_costs_eight_queries(self, signed_in, things, django_assert_num_queries):
        anna = factories.person()
        for n in range(1, things + 1):
            topic = factories.topic()
            anna.ask_about.add(topic)
            factories.assigned(anna, factories.role(), factories.unit())
            factories.community(members=(anna,))
            give(n, user=anna, topics=[topic])

        with django_assert_num_queries(8):
            signed_in.get(anna.get_absolute_url())
