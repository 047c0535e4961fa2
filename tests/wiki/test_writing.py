"""Writing, editing, conflicts, restoring: no word is lost, and the ledger is told once."""

from datetime import timedelta

import pytest

from community.contributions import streams
from community.contributions.models import Contribution
from profiles.models import Subscription
from tests import factories
from tests.factories import NOW
from wiki import conflicts, restoring, writing
from wiki.models import EditNote, WikiPage

pytestmark = pytest.mark.django_db


def entries(kind=None):
    rows = Contribution.objects.current().order_by("occurred_at", "pk")
    return [(row.kind, row.excerpt, row.teaches) for row in rows if kind in (None, row.kind)]


def test_new_page_is_published_told_and_followed_by_its_author():
    anna, ink = factories.person(), factories.topic("Ink")

    page = factories.page("How we print", "<p>With ink.</p>", by=anna, topics=[ink])

    told = streams.of_topic(user=factories.person(), topic_id=ink.pk).entries
    assert [(e.kind, e.excerpt, e.item.title, e.item.url, e.actor) for e in told] == [
        ("page", "With ink.", "How we print", "/wiki/how-we-print/", anna)
    ]
    assert (page.live, page.owner, page.live_revision.user) == (True, anna, anna)
    assert Subscription.objects.get(user=anna).item == told[0].item


def test_body_is_sanitised_and_headings_get_anchors():
    page = factories.page(
        body="<h2 onclick=x>Före & efter</h2><script>alert(1)</script><p>Text</p><h3>Före &amp; efter</h3>"
    )

    assert page.body == (
        '<h2 id="s-före-efter">Före &amp; efter</h2><p>Text</p><h3 id="s-före-efter-2">Före &amp; efter</h3>'
    )
    assert page.contents == [[2, "s-före-efter", "Före & efter"], [3, "s-före-efter-2", "Före & efter"]]


def test_edit_is_a_revision_an_entry_and_true_in_the_ledger():
    anna, bo = factories.person(), factories.person()
    ink, paper = factories.topic("Ink"), factories.topic("Paper")
    page = factories.page("Old", "<p>One.</p>", by=anna, topics=[ink])

    later = NOW + timedelta(days=1)
    factories.edited(
        page, "<p>Two.</p>", by=bo, at=later, title="New", topics=[paper], summary="Said it better"
    )

    assert entries() == [("page", "Two.", True), ("edit", "Said it better", True)]
    shown = streams.of_topic(user=anna, topic_id=paper.pk).entries
    assert [(e.kind, e.item.title) for e in shown] == [("edit", "New"), ("page", "New")]
    assert streams.of_topic(user=anna, topic_id=ink.pk).entries == []
    assert [r.content["body"] for r in page.revisions.order_by("pk")] == ["<p>One.</p>", "<p>Two.</p>"]


def test_small_correction_is_no_news_but_keeps_the_ledger_true():
    page = factories.page(body="<p>Tpyo.</p>")

    factories.edited(
        page, "<p>Typo.</p>", by=factories.person(), at=NOW + timedelta(days=1), worth_telling=False
    )

    assert entries() == [("page", "Typo.", True)]


def test_edits_of_one_sitting_are_one_entry():
    anna, bo = factories.person(), factories.person()
    page = factories.page(by=anna)

    factories.edited(page, "<p>Own, soon after.</p>", by=anna, at=NOW + timedelta(minutes=5), summary="a")
    for minute, summary in ((10, "b"), (40, "c"), (71, "d")):
        factories.edited(page, f"<p>{minute}</p>", by=bo, at=NOW + timedelta(minutes=minute), summary=summary)

    assert entries("edit") == [("edit", "c", True), ("edit", "d", True)]
    assert EditNote.objects.filter(page=page).count() == 5


def test_saving_what_stands_there_makes_no_version():
    page = factories.page(body="<p>Same.</p>")

    factories.edited(page, "<p>Same.</p>", by=factories.person())

    assert page.revisions.count() == 1


def test_stale_base_keeps_both_texts():
    anna, bo = factories.person(), factories.person()
    page = factories.page(body="<p>Base.</p>", by=anna)
    base = page.latest_revision_id
    factories.edited(page, "<p>Anna's.</p>", by=anna)

    with pytest.raises(conflicts.StaleBase) as caught:
        factories.edited(page, "<p>Bo's.</p>", by=bo, base_revision_id=base, title="Bo's title")

    assert (caught.value.theirs.body, caught.value.body, caught.value.title) == (
        "<p>Anna's.</p>",
        "<p>Bo's.</p>",
        "Bo's title",
    )
    kept = EditNote.objects.get(kept_aside=True)
    assert (kept.revision.content["body"], kept.revision.content["title"], kept.author) == (
        "<p>Bo's.</p>",
        "Bo's title",
        bo,
    )
    now_read = WikiPage.objects.get(pk=page.pk)
    assert (now_read.body, now_read.has_unpublished_changes) == ("<p>Anna's.</p>", False)

    merged = factories.edited(page, "<p>Both.</p>", by=bo, base_revision_id=caught.value.base_revision_id)

    assert merged.body == "<p>Both.</p>"
    assert sorted(r.content["body"] for r in page.revisions.all()) == [
        "<p>Anna's.</p>",
        "<p>Base.</p>",
        "<p>Bo's.</p>",
        "<p>Both.</p>",
    ]


def test_the_same_lost_text_is_kept_once():
    anna = factories.person()
    page = factories.page(body="<p>Base.</p>")
    base = page.latest_revision_id
    factories.edited(page, "<p>Other.</p>", by=factories.person())

    for _ in range(3):
        with pytest.raises(conflicts.StaleBase):
            factories.edited(page, "<p>Anna's.</p>", by=anna, base_revision_id=base)

    assert EditNote.objects.filter(kept_aside=True).count() == 1


def test_a_stale_base_with_the_text_that_stands_there_is_no_conflict():
    page = factories.page(body="<p>Base.</p>")
    base = page.latest_revision_id
    factories.edited(page, "<p>Same.</p>", by=factories.person())

    factories.edited(page, "<p>Same.</p>", by=factories.person(), base_revision_id=base)

    assert page.revisions.count() == 2


def test_restoring_makes_a_new_version_and_keeps_who_may_read():
    anna = factories.person()
    page = factories.page("First", "<p>First.</p>", by=anna)
    first = EditNote.objects.get(page=page)
    factories.edited(page, "<p>Second.</p>", by=anna, title="Second")
    club = factories.community(visibility="secret", members=(anna,))
    WikiPage.objects.filter(pk=page.pk).update(community=club)

    restored = restoring.restore(page=page, version=first, user=anna, now=NOW + timedelta(hours=2))

    assert (restored.title, restored.body, restored.community) == ("First", "<p>First.</p>", club)
    assert [r.content["title"] for r in page.revisions.order_by("pk")] == ["First", "Second", "First"]


def test_locked_page_is_not_edited():
    page = factories.page()
    WikiPage.objects.filter(pk=page.pk).update(locked=True)

    with pytest.raises(writing.Locked):
        factories.edited(page, "<p>New.</p>", by=factories.person())


@pytest.mark.parametrize("title", ["", "  ", "\u200b", "\x00\x08"])
def test_a_title_that_nobody_can_see_is_refused(title):
    with pytest.raises(ValueError, match="title"):
        writing.create_page(user=factories.person(), title=title, body="", now=NOW)


@pytest.mark.parametrize("title", ["C++", "C#", "日本語", "😀", "new", "..", "a" * 500])
def test_any_title_gives_an_address_of_its_own(title):
    anna = factories.person()

    pages = [writing.create_page(user=anna, title=title, body="", now=NOW) for _ in range(2)]

    assert len({page.address for page in pages}) == 2
    assert "/wiki/new/" not in [page.address for page in pages]
