"""What people meet in the wiki: stories through the test client."""

import html

import pytest
from django.urls import reverse

from community.contributions import ledger
from community.contributions.models import Contribution
from tests import factories
from tests.factories import NOW
from wiki import reading
from wiki.models import EditNote, WikiPage

pytestmark = pytest.mark.django_db


def sent(body, form="html", **more):
    return {"title": "Title", "body": body, "body_form": form, "topics": "", **more}


def test_writing_the_first_page_and_reading_it(signed_in, person):
    factories.topic("Ink")

    empty = signed_in.get("/wiki/").content.decode()
    answer = signed_in.post(
        "/wiki/new/", sent("<p>Hej <script>x</script></p>", title="Så gör vi", topics="Ink")
    )
    shown = signed_in.get(answer.url).content.decode()

    assert "/wiki/new/" in empty
    assert answer.url == "/wiki/s%C3%A5-g%C3%B6r-vi/"
    assert '<article class="page-body prose"><p>Hej </p></article>' in shown
    assert reading.topics_of(reading.page_at(user=person, path="så-gör-vi"))[0].name == "Ink"
    assert "Så gör vi" in signed_in.get("/wiki/").content.decode()


def test_page_under_a_page_shows_both_ways(signed_in, person):
    above = factories.page("Handbook", by=person)

    answer = signed_in.post(f"/wiki/new/?under={above.pk}", sent("<p>x</p>", title="Chapter"))

    assert answer.url == "/wiki/handbook/chapter/"
    assert 'href="/wiki/handbook/chapter/"' in signed_in.get("/wiki/handbook/").content.decode()
    assert '<a href="/wiki/handbook/">Handbook</a>' in signed_in.get(answer.url).content.decode()


def test_editing_from_the_form(signed_in, person):
    page = factories.page("Old", "<p>Old.</p>", by=person)
    url = reverse("wiki:edit", args=[page.pk])

    form = signed_in.get(url).context["form"]
    answer = signed_in.post(
        url,
        sent(
            "Plain\n\nwords",
            "plain",
            title="New",
            base=form.initial["base"],
            summary="a\nb",
            worth_telling="on",
        ),
    )

    now_read = WikiPage.objects.get(pk=page.pk)
    assert answer.url == "/wiki/old/"
    assert (now_read.title, now_read.body) == ("New", "<p>Plain</p><p>words</p>")
    assert EditNote.objects.order_by("-pk")[0].summary == "a b"


def test_two_people_save_at_once_and_nothing_is_lost(client, person):
    bo = factories.person("Bo Ek")
    page = factories.page("Page", "<p>Base.</p>", by=person)
    url = reverse("wiki:edit", args=[page.pk])
    base = {"base": page.latest_revision_id, "title": "Page"}

    client.force_login(bo)
    client.post(url, sent("<p>Bo was quicker.</p>", **base))
    client.force_login(person)
    conflict = client.post(url, sent("<p>Maja wrote this.</p>", **base))

    shown = conflict.content.decode()
    assert conflict.status_code == 409
    assert ("Bo was quicker." in shown, "Maja wrote this." in shown) == (True, True)
    kept = EditNote.objects.get(kept_aside=True)
    version = client.get(reverse("wiki:version", args=[page.pk, kept.pk])).content.decode()
    assert "Maja wrote this." in version

    merged = sent("<p>Bo and Maja.</p>", base=conflict.context["form"].initial["base"], title="Page")
    client.post(url, merged)

    assert WikiPage.objects.get(pk=page.pk).body == "<p>Bo and Maja.</p>"


def test_history_compares_and_restores(signed_in, person):
    page = factories.page("Page", "<p>One word.</p>", by=person)
    factories.edited(page, "<p>Two words.</p>", by=person, summary="Counted again")
    first, second = EditNote.objects.order_by("pk")

    history = signed_in.get(reverse("wiki:history", args=[page.pk])).content.decode()
    compared = signed_in.get(reverse("wiki:compare", args=[page.pk]), {"old": second.pk, "new": first.pk})
    asked = signed_in.get(reverse("wiki:restore", args=[page.pk, first.pk]))
    signed_in.post(reverse("wiki:restore", args=[page.pk, first.pk]))

    assert "Counted again" in history
    assert (compared.context["old"], compared.context["new"]) == (first, second)
    assert ("<ins>" in compared.content.decode(), asked.status_code) == (True, 200)
    assert WikiPage.objects.get(pk=page.pk).body == "<p>One word.</p>"
    assert EditNote.objects.filter(page=page).count() == 3


def test_still_right_is_said_to_the_reader(signed_in, person):
    page = factories.page("Page")

    before = signed_in.get(page.address).content.decode()
    signed_in.post(reverse("wiki:confirm", args=[page.pk]), {"next_on": "2099-01-01"})
    after = signed_in.get(page.address).content.decode()
    WikiPage.objects.filter(pk=page.pk).update(review_by="2026-01-01")
    late = signed_in.get(page.address).content.decode()

    held = WikiPage.objects.get(pk=page.pk)
    assert (held.reviewed_by, held.reviewed_at is None) == (person, False)
    assert [
        shown.count(f'href="/people/{person.pk}/"') - before.count(f'href="/people/{person.pk}/"')
        for shown in (after, late)
    ] == [1, 0]
    assert late.count('class="wiki-overdue"') == 1


def test_an_answer_becomes_a_page_with_its_author_credited(signed_in, person):
    bo, ink = factories.person("Bo Ek"), factories.topic("Ink")
    answer = told(by=bo, topics=[ink])

    form = signed_in.get(f"/wiki/new/?from={answer.pk}").context["form"]
    made = signed_in.post(
        f"/wiki/new/?from={answer.pk}", sent("<p>How to print.</p>", title="Printing", topics="Ink")
    )

    assert (form.initial["title"], form.initial["body"], form.initial["topics"]) == (
        "How?",
        "<p>The answer.</p>",
        [ink],
    )
    page = WikiPage.objects.get(title="Printing")
    assert Contribution.objects.get(kind="page", source_id=page.pk).grew_from == answer
    shown = html.unescape(signed_in.get(made.url).content.decode())
    assert ("Bo Ek" in shown, 'href="/forum/7/#post-9"' in shown) == (True, True)


def told(*, by, topics=(), community=None):
    """A contribution of another room, as the wiki meets it: through the ledger."""
    source = factories.page("How?", "<p>The answer.</p>", by=by, community=community, topics=topics)
    item = ledger.open_item(
        kind="thread",
        source_id=7,
        form="question",
        title="How?",
        url="/forum/7/",
        now=NOW,
        community=community,
    )
    Contribution.objects.filter(kind="page", source_id=source.pk).update(item=item, anchor="#post-9")
    return Contribution.objects.get(kind="page", source_id=source.pk)


def test_contents_are_shown_from_three_headings_on(signed_in):
    two, three = (
        factories.page(body="".join(f"<h2>Part {n}</h2><p>x</p>" for n in range(m))) for m in (2, 3)
    )

    assert 'href="#s-part-0"' not in signed_in.get(two.address).content.decode()
    assert 'href="#s-part-2"' in signed_in.get(three.address).content.decode()


def test_a_megabyte_saves_and_opens(signed_in, person):
    page = factories.page(by=person)
    body = "<p>" + "åäö ord " * 20 + "</p>"
    body = body * (1_000_000 // len(body))

    answer = signed_in.post(
        reverse("wiki:edit", args=[page.pk]), sent(body, base=page.latest_revision_id, title="Long")
    )

    assert answer.status_code == 302
    assert len(signed_in.get(page.address).content) > len(body)


@pytest.mark.parametrize("many", [1, 3])
def test_page_costs_the_same_however_much_it_holds(signed_in, person, django_assert_num_queries, many):
    topics = [factories.topic() for _ in range(many)]
    page = factories.page("Root", "".join(f"<h2>{n}</h2>" for n in range(many * 3)), by=person, topics=topics)
    for n in range(many):
        factories.page(f"Child {n}", by=factories.person(), parent=page)
        factories.edited(page, f"<p>Edit {n}</p>", by=factories.person())
    signed_in.get(page.address)

    with django_assert_num_queries(7):
        signed_in.get(page.address)


@pytest.mark.parametrize("many", [1, 3])
def test_index_costs_the_same_however_many_pages(signed_in, person, django_assert_num_queries, many):
    for n in range(many):
        top = factories.page(f"Top {n}", by=factories.person())
        factories.page(f"Under {n}", by=factories.person(), parent=top)
    signed_in.get("/wiki/")

    with django_assert_num_queries(5):
        signed_in.get("/wiki/")
