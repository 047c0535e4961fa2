"""Typing topics: synonyms resolve wherever a topic is typed."""

import pytest

from community.topics import vocabulary
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_names_and_synonyms_resolve_caselessly_in_the_order_typed():
    care, ink = factories.topic("Välfärdsteknik"), factories.topic("Ink")
    vocabulary.add_synonym(topic=care, name="Trygghetslarm")

    found = vocabulary.resolve(vocabulary.split("ink; TRYGGHETSLARM, välfärdsteknik, okänt"))

    assert (found.topics, found.unknown) == ([ink, care], ["okänt"])


@pytest.mark.parametrize("n", [1, 3])
def test_resolving_is_one_query(n, django_assert_num_queries):
    names = [factories.topic().name for _ in range(n)]

    with django_assert_num_queries(1):
        vocabulary.resolve(names)


def test_an_old_name_leads_on_after_a_rename():
    topic = factories.topic("Larm")

    vocabulary.rename_topic(topic=topic, name="Trygghetslarm")

    assert vocabulary.resolve(["larm", "trygghetslarm"]).topics == [topic]


def test_an_archived_topic_is_not_typed_any_more():
    topic = factories.topic("Fax")

    vocabulary.archive_topic(topic=topic, now=NOW)

    assert vocabulary.resolve(["Fax"]).unknown == ["Fax"]


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 101, "INK", "ＩＮＫ"])
def test_a_name_that_is_empty_long_or_taken_is_refused(name):
    factories.topic("Ink")

    with pytest.raises(ValueError, match="topic"):
        vocabulary.create_topic(name=name)


def test_a_word_that_leads_elsewhere_is_no_synonym():
    ink, paper = factories.topic("Ink"), factories.topic("Paper")

    assert vocabulary.add_synonym(topic=paper, name="ink") is None
    assert vocabulary.resolve(["ink"]).topics == [ink]


def test_names_that_make_one_slug_get_two_addresses():
    assert [factories.topic(name).slug for name in ("C++", "C#", "日本語", "😀")] == [
        "c-plus-plus",
        "c-sharp",
        "日本語",
        "topic",
    ]


def test_completion_offers_what_begins_so_before_what_contains_it():
    one, two = factories.topic("Hygien"), factories.topic("Basal hygien")
    vocabulary.add_synonym(topic=one, name="Hygienrutiner")

    assert [topic for _, topic in vocabulary.suggest("hyg")] == [one, two]


@pytest.mark.parametrize("typed", ["", "%", "_", "\\", "\x00", "'; drop table", "x" * 10_000])
def test_completion_takes_anything(typed):
    factories.topic("Ink")

    assert vocabulary.suggest(typed) == []
