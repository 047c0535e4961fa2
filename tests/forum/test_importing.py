"""Threads from a bundle: everything is kept, nothing comes twice."""

from datetime import timedelta

import pytest

from community.contributions.ledger import Giver
from community.contributions.models import ContentItem, Contribution
from forum import exporting, importing, withdrawing
from forum.importing import ImportedPost
from forum.models import Post, Thanks, Thread
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def at(minutes):
    return NOW - timedelta(days=30) + timedelta(minutes=minutes)


def imported(source, who, minutes, parent=None, html="<p>Words</p>", thanked_by=()):
    return ImportedPost(source, parent, Giver(who.pk if who else None), at(minutes), html, thanked_by)


def load(posts, *, known=None, thread=None, **facts):
    whole = {
        "kind": "question",
        "title": "How?",
        "topics": [],
        "community": None,
        "about": None,
        "accepted": None,
    }
    return importing.import_thread(
        **{**whole, **facts}, posts=posts, known=known or {}, thread=thread, now=NOW
    )


@pytest.fixture
def people(db):
    return [factories.person() for _ in range(3)]


@pytest.fixture
def posts(people):
    anna, bo, cia = people
    return [
        imported("a", anna, 0, html="<p>Why <script>x</script></p>"),
        imported("b", bo, 5, "a", thanked_by=[anna.pk, bo.pk, anna.pk]),
        imported("c", cia, 6, "b"),
        imported("d", anna, 7, "c", html='<p><a href="/bundle/page/7">see</a></p>'),
        imported("e", None, 8, "z"),
    ]


def test_everything_is_kept(people, posts):
    ink = factories.topic()

    thread, placed = load(posts, topics=[ink], accepted="b")

    anna, bo, cia = people
    rows = thread.posts.order_by("position")
    assert list(rows.values_list("author", "depth", "parent", "created_at", "kind")) == [
        (anna.pk, 0, None, at(0), "question"),
        (bo.pk, 0, placed["a"], at(5), "answer"),
        (cia.pk, 1, placed["b"], at(6), "answer"),
        (anna.pk, 2, placed["c"], at(7), "reply"),
        (None, 0, None, at(8), "answer"),
    ]
    assert list(placed.values()) == list(rows.values_list("pk", flat=True))
    assert rows[0].html == "<p>Why </p>"
    assert (thread.posts_count, thread.answers_count, thread.last_post_at) == (5, 3, at(8))
    assert thread.accepted == rows[1]


def test_the_ledger_knows_it_as_imported_at_its_date(people, posts):
    load(posts, topics=[factories.topic()], accepted="b")

    item = ContentItem.objects.get()
    assert (item.state, item.contributions_count, item.thanks_count) == ("solved", 5, 1)
    assert list(Contribution.objects.order_by("pk").values_list("imported", "occurred_at", "teaches")) == [
        (True, at(0), False),
        (True, at(5), True),
        (True, at(6), True),
        (True, at(7), False),
        (True, at(8), True),
    ]


def test_a_second_load_adds_only_what_is_new(people, posts):
    _, bo, _ = people
    thread, known = load(posts[:2])

    again, same = load(posts[:2], known=known, thread=thread)
    more, all_of_them = load(
        [*posts, imported("f", bo, 9, "b")], known=known, thread=Thread.objects.get(), accepted="b"
    )

    assert (again, same, more) == (thread, known, thread)
    assert Post.objects.count() == Contribution.objects.count() == 6
    assert Post.objects.get(pk=all_of_them["f"]).depth == 1
    assert Post.objects.get(pk=all_of_them["c"]).parent_id == known["b"]
    assert Thread.objects.get().posts_count == 6
    assert Thanks.objects.count() == 1
    assert ContentItem.objects.get().state == "solved"


def test_a_closed_communitys_thread_is_its_members(people, posts):
    club = factories.community(visibility="secret", members=(people[0],))

    thread, _ = load(posts, community=club)

    assert list(Thread.objects.visible_to(people[0])) == [thread]
    assert list(Thread.objects.visible_to(people[1])) == []
    assert set(Contribution.objects.values_list("audience", flat=True)) == {club.pk}


def test_links_become_real(posts):
    _, placed = load(posts)

    importing.relink(
        post_ids=[placed["d"]], rewrite=lambda h: h.replace("/bundle/page/7", "/wiki/x/"), now=NOW
    )

    assert 'href="/wiki/x/"' in Post.objects.get(pk=placed["d"]).html


def test_ten_thousand_deep_come_in(people, django_assert_max_num_queries):
    anna = people[0]
    chain = [imported(str(n), anna, n, str(n - 1)) for n in range(10_000)]

    with django_assert_max_num_queries(400):
        thread, _ = load(chain)

    assert thread.posts.order_by("-position").values_list("position", "depth")[0] == (10_000, 9_998)


def test_what_goes_out_comes_in_again(people, posts):
    thread, placed = load(posts, topics=[factories.topic()], accepted="b")
    steward = factories.person()
    thread.topics.get().stewards.add(steward)
    withdrawing.withdraw_post(post=Post.objects.get(pk=placed["c"]), by=steward, now=NOW)

    (gone_out,) = exporting.export_threads()

    anna, bo, _ = people
    assert (gone_out.title, gone_out.accepted, len(gone_out.topics)) == ("How?", placed["b"], 1)
    assert [(p.pk, p.parent, p.author, p.thanked_by) for p in gone_out.posts] == [
        (placed["a"], None, anna.pk, []),
        (placed["b"], placed["a"], bo.pk, [anna.pk]),
        (placed["d"], placed["b"], anna.pk, []),
        (placed["e"], None, None, []),
    ]
    assert list(exporting.export_threads(since_pk=thread.pk)) == []
