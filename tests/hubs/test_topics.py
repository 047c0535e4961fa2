"""Topics: the list, the hub, starting one, tending it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.contributions.streams import Place
from community.topics import vocabulary
from community.topics.models import Topic, TopicAlias
from feeds import hubs
from feeds.catalogue import catalogue
from profiles import following
from profiles.models import Subscription
from tests import factories
from tests.factories import NOW
from tests.hubs.telling import give

pytestmark = pytest.mark.django_db
SHELVES = ["pages", "questions", "solved", "experience"]


def hub(topic):
    return reverse("topics:hub", args=[topic.slug])


def solve(told):
    told.item.__class__.objects.filter(pk=told.item_id).update(state="solved")
    return told


class TestCatalogue:
    def test_topics_stand_under_their_broader_ones(self):
        craft = factories.topic("Craft")
        ink = factories.topic("Ink", broader=craft)
        black = factories.topic("Black ink", broader=ink)
        alone = factories.topic("Alone")

        made = catalogue()

        assert [(branch.topic, branch.under) for branch in made.branches] == [(craft, [ink, black])]
        assert made.alone == [alone]

    def test_a_ring_and_an_archived_broader_topic_lose_nobody(self):
        one, two = factories.topic("One"), factories.topic("Two")
        old = factories.topic("Old")
        child = factories.topic("Child", broader=old)
        Topic.objects.filter(pk=one.pk).update(broader=two)
        Topic.objects.filter(pk=two.pk).update(broader=one)
        vocabulary.archive_topic(topic=old, now=NOW)

        made = catalogue()

        assert [(branch.topic, branch.under) for branch in made.branches] == [(one, [two])]
        assert (made.alone, made.archived) == ([child], [old])

    def test_it_is_found_by_synonym_and_counts_those_who_follow(self, person):
        ink = factories.topic("Ink")
        factories.topic("Paper")
        vocabulary.add_synonym(topic=ink, name="Bläck")
        following.choose(user=person, target=ink, level="follow", now=NOW)
        following.choose(user=factories.person(), target=ink, level="mute", now=NOW)

        found = catalogue(matching="BLÄ").alone

        assert [(topic, topic.followers) for topic in found] == [(ink, 1)]

    @pytest.mark.parametrize("typed", ["", "zzz", "\x00", "%", "'\"", "å" * 5000])
    def test_the_page_stands_whatever_is_typed(self, signed_in, typed):
        factories.topic("Ink")

        assert signed_in.get(reverse("topics:list"), {"q": typed}).status_code == 200
        assert (
            signed_in.get(reverse("topics:list"), {"q": typed}, headers={"HX-Request": "true"}).status_code
            == 200
        )


class TestHub:
    def test_each_shelf_holds_its_own(self, signed_in, person):
        ink, anna = factories.topic("Ink"), factories.person()
        told = {
            "pages": give(1, user=anna, topics=[ink], form="page"),
            "questions": give(2, user=anna, topics=[ink]),
            "solved": solve(give(3, user=anna, topics=[ink])),
            "experience": give(4, user=anna, topics=[ink], form="experience"),
        }
        give(5, user=anna, topics=[factories.topic()])

        shelves = {name: signed_in.get(hub(ink), {"show": name}).context["shelf"].items for name in SHELVES}
        front = signed_in.get(hub(ink)).context

        assert shelves == {name: [given.item] for name, given in told.items()}
        assert front["front_pages"] == [told["pages"].item]
        assert front["front_questions"] == [told["questions"].item]
        assert len(front["rows"]) == 4

    def test_a_shelf_continues_where_it_ended(self, person):
        ink = factories.topic("Ink")
        told = [
            give(n, user=person, topics=[ink], at=NOW + timedelta(minutes=n // 2)).item for n in range(1, 8)
        ]

        first = hubs.shelf_of("questions", [ink.pk], user=person, limit=4)
        second = hubs.shelf_of(
            "questions", [ink.pk], user=person, limit=4, before=Place.parse(str(first.older))
        )

        assert [*first.items, *second.items] == told[::-1]
        assert second.older is None

    def test_pages_people_thank_for_come_first_and_at_most_three(self, person):
        ink = factories.topic("Ink")
        told = [
            give(n, user=person, topics=[ink], form="page", at=NOW - timedelta(days=n)).item
            for n in range(1, 6)
        ]
        told[4].__class__.objects.filter(pk=told[4].pk).update(thanks_count=3)

        pages, _questions = hubs.front_of([ink.pk], user=person)

        assert pages == [told[4], told[0], told[1]]

    def test_people_who_know_said_so_or_taught_and_nobody_is_ranked(self, person):
        ink = factories.topic("Ink")
        bo, cilla, dan, ella = (factories.person(name) for name in ("Bo", "Cilla", "Dan", "Ella"))
        asked = give(1, user=ella, topics=[ink])
        for n in range(2, 6):
            give(n, user=dan, topics=[ink], to=asked.item)
        give(9, user=bo, topics=[ink], form="experience")
        cilla.ask_about.add(ink)

        found = hubs.people_of(ink, user=person)

        assert found == [cilla, bo, dan]

    def test_somebody_who_left_is_not_among_them(self, person):
        ink, gone = factories.topic("Ink"), factories.person(is_active=False)
        gone.ask_about.add(ink)
        ink.stewards.add(gone)

        assert hubs.people_of(ink, user=person) == []

    @pytest.mark.parametrize("visibility", ["closed", "secret"])
    def test_nothing_of_a_community_shows_to_outsiders(self, signed_in, person, visibility):
        ink, member = factories.topic("Ink"), factories.person("Member Canary")
        club = factories.community("Club Canary", visibility=visibility, members=(member,))
        give(1, user=member, topics=[ink], community=club, title="Question Canary")
        give(2, user=member, topics=[ink], community=club, form="page", title="Page Canary")
        give(3, user=member, topics=[ink], community=club, form="experience", title="Told Canary")
        solve(give(4, user=member, topics=[ink], community=club, title="Solved Canary"))

        pages = [signed_in.get(hub(ink), {"show": show}).content.decode() for show in ["", *SHELVES]]
        role = signed_in.get(factories.role(required=(ink,)).get_absolute_url()).content.decode()

        assert [page.count("Canary") for page in [*pages, role]] == [0] * 6

    def test_an_old_address_and_a_synonym_with_an_address_lead_here(self, signed_in):
        ink = factories.topic("Ink")
        TopicAlias.objects.create(topic=ink, name="Old ink", key="old ink", slug="old-ink")

        response = signed_in.get(reverse("topics:hub", args=["old-ink"]))

        assert (response.status_code, response.url) == (302, hub(ink))

    def test_what_nobody_knows_is_404(self, signed_in):
        assert signed_in.get(reverse("topics:hub", args=["nothing"])).status_code == 404
        assert signed_in.get("/topics/" + "x" * 3000 + "/").status_code == 404

    @pytest.mark.parametrize(
        "query", ["show=xx", "before=1", "show=pages&before=2026_1", "show[]=a", "before=%00"]
    )
    def test_odd_parameters_show_the_front(self, signed_in, query):
        assert signed_in.get(f"{hub(factories.topic())}?{query}").status_code == 200

    def test_neighbours_are_the_words_around_it(self, person):
        craft = factories.topic("Craft")
        ink = factories.topic("Ink", broader=craft)
        vocabulary.add_synonym(topic=craft, name="Handiwork")
        factories.role("Printer", required=(craft,))
        factories.role("Artist", useful=(craft,))
        vocabulary.archive_topic(topic=factories.topic("Old", broader=craft), now=NOW)

        near = hubs.neighbours_of(craft)

        assert [topic.pk for topic in near.narrower] == [ink.pk]
        assert near.synonyms == ["Handiwork"]
        assert [(need.title, need.required) for need in near.roles] == [("Printer", True), ("Artist", False)]

    @pytest.mark.parametrize("things", [1, 3])
    @pytest.mark.parametrize(("show", "queries"), [("", 8), ("pages", 7)])
    def test_hub_costs_the_same_whatever_it_holds(
        self, signed_in, person, things, show, queries, django_assert_num_queries
    ):
        craft = factories.topic()
        for n in range(1, things + 1):
            anna = factories.person()
            anna.ask_about.add(craft)
            craft.stewards.add(factories.person())
            factories.topic(broader=craft)
            factories.role(required=(craft,))
            give(n, user=anna, topics=[craft], at=timezone.now())
            give(n + 10, user=anna, topics=[craft], form="page", at=timezone.now())
        following.choose(user=person, target=craft, level="follow", now=NOW)

        with django_assert_num_queries(queries):
            signed_in.get(hub(craft), {"show": show})

    @pytest.mark.parametrize("things", [1, 3])
    def test_list_costs_five_queries(self, signed_in, things, django_assert_num_queries):
        for _n in range(things):
            factories.role(required=(factories.topic(broader=factories.topic()),))

        with django_assert_num_queries(5):
            signed_in.get(reverse("topics:list"))


class TestStarting:
    def test_whoever_starts_a_topic_tends_and_follows_it(self, signed_in, person):
        craft = factories.topic("Craft")

        signed_in.post(
            reverse("topics:start"), {"name": " Ink  pots ", "description": "All about", "broader": craft.pk}
        )

        made = Topic.objects.get(name="Ink pots")
        assert (made.description, made.broader, list(made.stewards.all())) == ("All about", craft, [person])
        assert Subscription.objects.get(topic=made, user=person).origin == "own"

    @pytest.mark.parametrize("name", ["Ink", "iNK", "", "x" * 101, "\u200b", " "])
    def test_a_name_that_is_taken_or_none_is_said_at_the_field(self, signed_in, name):
        factories.topic("Ink")

        response = signed_in.post(reverse("topics:start"), {"name": name})

        assert list(response.context["form"].errors) == ["name"]
        assert Topic.objects.count() == 1

    @pytest.mark.parametrize("name", ["suggest", "+start", "Start"])
    def test_a_topic_never_hides_behind_another_page(self, signed_in, name):
        made = vocabulary.create_topic(name=name)

        assert signed_in.get(hub(made)).context["topic"] == made

    def test_stewards_write_the_description_and_the_synonyms(self, signed_in, person):
        ink, paper = factories.topic("Ink"), factories.topic("Paper")
        ink.stewards.add(person)
        vocabulary.add_synonym(topic=ink, name="Old word")
        TopicAlias.objects.create(topic=ink, name="Moved", key="moved", slug="moved")

        facts = {"description": " New words ", "synonyms": "Bläck, paper, Bläck"}
        signed_in.post(reverse("topics:tend", args=[ink.slug]), facts)

        ink.refresh_from_db()
        assert ink.description == "New words"
        assert set(ink.aliases.values_list("name", flat=True)) == {"Ink", "Bläck", "Moved"}
        assert vocabulary.resolve(["paper"]).topics == [paper]

    def test_others_do_not(self, signed_in):
        ink = factories.topic("Ink")

        assert signed_in.get(reverse("topics:tend", args=[ink.slug])).status_code == 403
        assert (
            signed_in.post(reverse("topics:tend", args=[ink.slug]), {"description": "Mine"}).status_code
            == 403
        )
        ink.refresh_from_db()
        assert ink.description == ""


class TestRolePage:
    def test_it_shows_what_the_role_needs_where_to_start_and_who_has_it(self, signed_in, person):
        ink, paper = factories.topic("Ink"), factories.topic("Paper")
        role = factories.role("Printer", required=(ink,), useful=(paper,), expects="Tell what went wrong")
        factories.assigned(person, role)
        factories.assigned(factories.person(is_active=False), role)
        page = give(1, user=person, topics=[paper], form="page")
        asked = give(2, user=person, topics=[ink])

        facts = signed_in.get(role.get_absolute_url()).context["facts"]

        assert ([n.topic for n in facts.required], [n.topic for n in facts.useful]) == ([ink], [paper])
        assert (facts.pages, facts.questions, facts.people) == ([page.item], [asked.item], [person])

    @pytest.mark.parametrize("things", [1, 3])
    def test_it_costs_seven_queries(self, signed_in, things, django_assert_num_queries):
        topics = tuple(factories.topic() for _ in range(things))
        role = factories.role(required=topics)
        for n, topic in enumerate(topics, 1):
            factories.assigned(factories.person(), role)
            give(n, user=factories.person(), topics=[topic])

        with django_assert_num_queries(7):
            signed_in.get(role.get_absolute_url())

    def test_an_unknown_role_is_404(self, signed_in):
        assert signed_in.get(reverse("roles:page", args=["none"])).status_code == 404
