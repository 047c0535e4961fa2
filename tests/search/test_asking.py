"""What one finds, and what one must not."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.contributions import ledger
from community.search import asking, indexing
from community.search.models import SearchDocument
from tests import factories
from tests.factories import NOW
from tests.search.conftest import BODIES, tell

pytestmark = pytest.mark.django_db


def find(user, typed, **chosen):
    return asking.ask(user=user, question=asking.understand(typed, **chosen), now=NOW)


def urls(answer):
    return [hit.url for hit in answer.hits]


def test_words_are_found_in_body_and_title_and_the_beginning_is_enough():
    anna = factories.person()
    tell(1, "<p>Vi tvättar händerna före varje besök.</p>", user=anna, title="Basala hygienrutiner")

    found = [
        urls(find(anna, typed)) for typed in ("hygien", "TVÄTTAR", "hygienrutiner besök", "tvättar moln")
    ]

    assert found[:3] == [["/thing/1/#post-1"]] * 3
    assert find(anna, "moln").nothing


def test_swedish_letters_are_letters():
    anna = factories.person()
    tell(1, "<p>På en ö stod ett hus.</p>", user=anna)
    tell(2, "<p>Kön i lunchrummet var lång.</p>", user=anna)

    assert urls(find(anna, "kön")) == ["/thing/2/#post-2"]
    assert urls(find(anna, "kon")) == []


def test_one_hit_a_thread_with_its_best_post_and_how_many_more():
    anna = factories.person()
    tell(1, "<p>Hur gör vi med hissen?</p>", user=anna, title="Hiss")
    tell(2, "<p>Ring jouren om hissen. Hissen är gammal, hissen stannar.</p>", user=anna, item_id=1)
    tell(
        3,
        "<p>Något annat om hissen, vid sidan om allt det som hände den dagen i stora huset.</p>",
        user=anna,
        item_id=1,
    )

    answer = find(anna, "hissen jouren")

    assert [(hit.url, hit.more) for hit in answer.hits] == [("/thing/1/#post-2", 0)]
    assert [hit.more for hit in find(anna, "hissen").hits] == [2]


def test_a_title_outweighs_a_body_and_the_new_outweighs_the_old():
    anna = factories.person()
    tell(1, "<p>Budget nämns här i förbigående bland mycket annat.</p>", user=anna, title="Möte")
    tell(2, "<p>Så planerar vi.</p>", user=anna, title="Budget")
    tell(3, "<p>Så planerar vi.</p>", user=anna, title="Budget", at=NOW - timedelta(days=900))

    assert urls(find(anna, "budget")) == ["/thing/2/#post-2", "/thing/3/#post-3", "/thing/1/#post-1"]


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_what_members_share_is_not_found_by_others(visibility):
    member, outsider = factories.person(), factories.person()
    club = factories.community(visibility=visibility, members=(member,))
    tell(1, "<p>Hemlig kanariefågel</p>", user=member, title="Kanariefågel", community=club)

    assert len(find(member, "kanariefågel").hits) == 1
    assert find(outsider, "kanariefågel").nothing
    assert find(outsider, "kanariefågel").total == 0


def test_what_was_closed_or_withdrawn_a_moment_ago_is_gone_before_the_index_knows():
    member, outsider = factories.person(), factories.person()
    club = factories.community(visibility="open", members=(member,))
    tell(1, "<p>En fågel</p>", user=member, community=club)
    tell(2, "<p>En fågel till</p>", user=member)
    club.visibility = "closed"
    club.save()

    ledger.set_audience(community=club, now=NOW)
    ledger.withdraw(kind="told", source_id=2, now=NOW)

    assert SearchDocument.objects.count() == 2  # nobody has read the outbox yet
    assert urls(find(outsider, "fågel")) == []
    assert urls(find(member, "fågel")) == ["/thing/1/#post-1"]


def test_nobody_signed_out_finds_anything():
    anna = factories.person()
    tell(1, "<p>Fågel</p>", user=anna)
    anna.is_active = False

    assert find(anna, "fågel").nothing


def test_the_outbox_keeps_the_index_true(read_by_the_search):
    anna = factories.person()
    tell(1, "<p>Gammalt ord</p>", user=anna, title="Före", deliver=False)
    read_by_the_search()
    BODIES[1] = "<p>Nytt uttryck</p>"

    ledger.amend(kind="told", source_id=1, excerpt="Nytt uttryck", now=NOW + timedelta(minutes=1))
    ledger.amend_item(
        kind="thing", source_id=1, now=NOW + timedelta(minutes=1), title="Efter", state="solved"
    )
    read_by_the_search()

    assert find(anna, "gammalt").nothing
    assert [(hit.title, hit.solved) for hit in find(anna, "uttryck").hits] == [("Efter", True)]

    ledger.withdraw_item(kind="thing", source_id=1, now=NOW + timedelta(minutes=2))
    read_by_the_search()

    assert SearchDocument.objects.count() == 0


def test_indexing_twice_and_reindexing_change_nothing():
    anna = factories.person()
    told = [tell(n, f"<p>Ord nummer {n}</p>", user=anna) for n in range(1, 4)]
    before = list(SearchDocument.objects.order_by("pk").values())

    indexing.index([row.pk for row in told], NOW)
    looked_at = list(indexing.reindex(now=NOW))

    assert looked_at == [3]
    assert list(SearchDocument.objects.order_by("pk").values()) == before
    assert len(find(anna, "ord").hits) == 3


def test_a_batch_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    anna = factories.person()
    told = [tell(n, "<p>Ord</p>", user=anna, deliver=False) for n in range(1, 5)]

    for batch in (told[:1], told[1:]):
        with django_assert_num_queries(5):  # a savepoint included
            indexing.index([row.pk for row in batch], NOW)


def test_narrowing_by_kind_topic_and_solved():
    anna, ink = factories.person(), factories.topic("Ink")
    tell(1, "<p>Fågel</p>", user=anna, form="question", topics=[ink])
    tell(2, "<p>Fågel</p>", user=anna, form="page")
    ledger.amend_item(kind="thing", source_id=1, now=NOW, state="solved")
    indexing.index(list(SearchDocument.objects.values_list("contribution", flat=True)), NOW)

    found = {
        "page": urls(find(anna, "fågel", form="page")),
        "topic": urls(find(anna, "fågel", topic=ink.slug)),
        "solved": urls(find(anna, "fågel", solved=True)),
        "nonsense": len(urls(find(anna, "fågel", form="nonsense"))),
    }

    assert found == {
        "page": ["/thing/2/#post-2"],
        "topic": ["/thing/1/#post-1"],
        "solved": ["/thing/1/#post-1"],
        "nonsense": 2,
    }


def test_people_and_topics_are_found_beside():
    asa = factories.person("Åsa Önnerud", title="Biståndshandläggare")
    factories.person("Åsa Gone", is_active=False)
    ink = factories.topic("Skrivardon")

    assert find(asa, "åsa").people == [asa]
    assert find(asa, "biståndshand").people == [asa]
    assert find(asa, "skrivar").topics == [("Skrivardon", ink)]
    assert find(asa, "åsa", form="people").people == [asa]


def test_some_of_the_words_when_nothing_has_all():
    anna = factories.person()
    tell(1, "<p>Hissen stannar</p>", user=anna)

    answer = find(anna, "hissen elefant")

    assert (urls(answer), answer.loosely) == (["/thing/1/#post-1"], True)


def test_pages_of_hits_follow_each_other():
    anna = factories.person()
    for n in range(1, 26):
        tell(n, "<p>Fågel</p>", user=anna, at=NOW - timedelta(days=n))

    first, second = find(anna, "fågel"), find(anna, "fågel", page="2")

    assert [(len(page.hits), page.more, page.total) for page in (first, second)] == [
        (20, True, 25),
        (5, False, 25),
    ]
    assert not set(urls(first)) & set(urls(second))


ODD = [
    "\x00",
    "'",
    '"',
    "a\x00b",
    "a' & b:*",
    "<->",
    "NEAR(a b)",
    "title:x",
    "!",
    "(" * 300,
    "²",
    "ª",
    "🦆",
    "日本語",
    "\ud800",
    "̀" * 999,
]
ODD += ["ord " * 10_000, "AND", "OR NOT", "*", "a*", "--", "\\", ":*", "%", "_", "é́"]


@pytest.mark.parametrize("typed", ODD)
def test_odd_input_finds_nothing_bad(typed):
    find(factories.person(), typed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text(max_size=300),
    page=st.text(max_size=4),
    form=st.text(max_size=5),
    topic=st.text(max_size=20),
)
def test_any_string_is_answered(person, typed, page, form, topic):
    find(person, typed, page=page, form=form, topic=topic, solved=True)
