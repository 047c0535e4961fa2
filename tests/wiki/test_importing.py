"""Pages from a bundle keep their dates, authors, order and every version."""

from datetime import timedelta

import pytest

from community.contributions.ledger import Giver
from community.contributions.models import Contribution
from tests import factories
from tests.factories import NOW
from wiki import importing
from wiki.models import EditNote, WikiPage

pytestmark = pytest.mark.django_db


def version(author, days, html="<p>x</p>", summary=""):
    giver = Giver(author.pk if author else None)
    return importing.ImportedRevision(giver, author, NOW - timedelta(days=days), summary, html)


def imported(*revisions, title="Page", page=None, **facts):
    given = {"parent": None, "community": None, "topics": [], "owner": None} | facts
    return importing.import_page(title=title, revisions=revisions, page=page, now=NOW, **given)


def test_every_version_comes_with_its_author_and_day():
    anna, bo, ink = factories.person(), factories.person(), factories.topic("Ink")

    page = imported(
        version(bo, 10, "<h2>Two</h2><script>x</script>", "said better"),
        version(anna, 30, "<p>One</p>", "first"),
        topics=[ink],
        owner=anna,
    )

    revisions = list(page.revisions.order_by("created_at"))
    assert [(r.user, r.content["body"]) for r in revisions] == [
        (anna, "<p>One</p>"),
        (bo, '<h2 id="s-two">Two</h2>'),
    ]
    assert (page.body, page.contents, page.owner) == ('<h2 id="s-two">Two</h2>', [[2, "s-two", "Two"]], anna)
    assert (page.live_revision, page.latest_revision, page.live) == (revisions[1], revisions[1], True)
    assert (page.first_published_at, page.last_published_at) == (
        NOW - timedelta(days=30),
        NOW - timedelta(days=10),
    )
    told = Contribution.objects.order_by("occurred_at")
    assert [(c.kind, c.actor, c.occurred_at, c.imported, c.excerpt) for c in told] == [
        ("page", anna, NOW - timedelta(days=30), True, "Two"),
        ("edit", bo, NOW - timedelta(days=10), True, "said better"),
    ]
    assert [c.topic_links.get().topic for c in told] == [ink, ink]


def test_given_again_it_gets_only_what_is_newer():
    anna = factories.person()
    first = [version(anna, 30, "<p>One</p>"), version(anna, 20, "<p>Two</p>")]
    page = imported(*first)

    again = imported(*first, page=page)
    newer = imported(*first, version(anna, 5, "<p>Three</p>"), page=page, title="New title")

    assert (again.pk, newer.pk, newer.title, newer.body) == (page.pk, page.pk, "New title", "<p>Three</p>")
    assert EditNote.objects.filter(page=page).count() == 3
    assert Contribution.objects.filter(item__source_id=page.pk).count() == 3
    assert Contribution.objects.get(kind="page").item.title == "New title"


def test_a_page_of_a_community_never_falls_into_the_open():
    club = factories.community(visibility="secret")
    open_page = imported(version(None, 3))

    page = imported(version(None, 2), title="Hidden", parent=open_page, community=club)
    child = imported(version(None, 1), title="Child", parent=page)

    assert (page.community, child.community) == (club, club)
    assert WikiPage.objects.visible_to(factories.person()).get() == open_page


def test_a_tree_deeper_than_the_wiki_goes_on_beside():
    page = None
    for n in range(25):
        page = imported(version(None, 1), title=f"Page {n}", parent=page)

    assert (page.depth, WikiPage.objects.count()) == (21 - 1, 25)


def test_waiting_links_become_real_in_every_version():
    page = imported(
        version(None, 2, '<p><a href="/bundle/page/7">x</a></p>'),
        version(None, 1, '<p><a href="/bundle/page/7">y</a></p>'),
    )
    other = imported(version(None, 1, "<p>No link.</p>"), title="Other")

    changed = importing.relink(
        page_ids=[page.pk, other.pk],
        rewrite=lambda html: html.replace("/bundle/page/7", other.address),
        now=NOW,
    )

    page.refresh_from_db()
    assert (changed, page.body.count(other.address)) == (2, 1)
    assert [r.content["body"].count(other.address) for r in page.revisions.all()] == [1, 1]


def test_what_goes_out_comes_in_again():
    anna, ink = factories.person(), factories.topic()
    above = factories.page("Above", "<p>1</p>", by=anna, topics=[ink])
    factories.edited(above, "<p>2</p>", by=anna, summary="more")
    factories.page("Below", by=anna, parent=above)

    first, second = importing.export_pages()

    assert (first["title"], first["parent"], first["topics"], first["owner"]) == (
        "Above",
        None,
        [str(ink.pk)],
        str(anna.pk),
    )
    assert [(r["html"], r["summary"], r["author"]) for r in first["revisions"]] == [
        ("<p>1</p>", None, str(anna.pk)),
        ("<p>2</p>", "more", str(anna.pk)),
    ]
    assert (second["title"], second["parent"]) == ("Below", first["id"])
