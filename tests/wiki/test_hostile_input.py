"""Whatever somebody types or asks for: no script, no 500, nothing lost."""

import html5lib
import pytest
from django.urls import reverse

from tests import factories
from wiki.models import WikiPage

pytestmark = pytest.mark.django_db

TYPED = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<h2 id=main onclick=alert(1)>x</h2><h2 id=main>x</h2>",
    "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "{{ 7|add:7 }}{% debug %}",
    "\x00\x08\x0b\ufffe\uffff",
    "\u202eevil\u202c",
    "a" + "\u0301" * 10_000,
    "<div>" * 5_000,
    "<ul><li>" * 500,
    "[" * 50_000,
    "' OR 1=1 --",
]
BAD_TAGS = {"script", "iframe", "svg", "math", "style", "base", "object", "embed"}


def dangers(page_html):
    """What a browser could run inside the page's own text."""
    tree = html5lib.parse(page_html, namespaceHTMLElements=False)
    article = tree.find(".//article[@class='page-body prose']")
    found = [] if article is None else list(article.iter())
    bad = [node.tag for node in found if node.tag in BAD_TAGS]
    attributes = [(name, value) for node in found for name, value in node.attrib.items()]
    bad += [name for name, _ in attributes if name.startswith("on")]
    return bad + [
        value for name, value in attributes if name in {"href", "src"} and not value.startswith(("http", "/"))
    ]


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_whatever_is_typed_is_harmless(signed_in, typed):
    form = {"title": f"T {typed}"[:150], "body": f"<p>Before</p>{typed}", "body_form": "html", "topics": ""}

    made = signed_in.post("/wiki/new/", form)
    page = WikiPage.objects.get(section_of=None)
    edit = form | {
        "base": page.latest_revision_id,
        "body": typed,
        "body_form": "plain",
        "summary": typed[:100],
    }
    changed = signed_in.post(reverse("wiki:edit", args=[page.pk]), edit)
    first, last = page.edit_notes.order_by("pk").values_list("pk", flat=True)
    shown = [
        signed_in.get(address)
        for address in (
            made.url,
            "/wiki/",
            reverse("wiki:history", args=[page.pk]),
            reverse("wiki:version", args=[page.pk, first]),
            reverse("wiki:compare", args=[page.pk]) + f"?old={first}&new={last}",
        )
    ]

    assert (made.status_code, changed.status_code) == (302, 302)
    assert [answer.status_code for answer in shown] == [200] * 5
    assert [dangers(answer.content.decode()) for answer in shown] == [[]] * 5


@pytest.mark.parametrize("number", ["abc", "-1", "9" * 30, "1e3", "", "\x00", "0"])
def test_numbers_that_name_nothing_are_not_there(signed_in, person, number):
    page = factories.page(by=person)

    statuses = [
        signed_in.get("/wiki/new/", {"under": number}).status_code,
        signed_in.get("/wiki/new/", {"from": number}).status_code,
        signed_in.get(reverse("wiki:compare", args=[page.pk]), {"old": number, "new": number}).status_code,
    ]

    assert statuses == [404] * 3
    assert signed_in.get(reverse("wiki:history", args=[page.pk]), {"after": number}).status_code == 200


@pytest.mark.parametrize("path", ["..", "%2e%2e/admin", "x" * 3000, "\x00", "a//b", "~9" * 3, "wiki"])
def test_addresses_that_name_nothing_are_not_there(signed_in, path):
    assert signed_in.get(f"/wiki/{path}/").status_code == 404


def test_what_the_form_does_not_offer_is_not_taken(signed_in, person):
    page = factories.page(by=factories.person())
    club = factories.community(visibility="secret")
    extra = {
        "owner": person.pk,
        "community": club.pk,
        "slug": "mine",
        "locked": "on",
        "reviewed_by": person.pk,
    }
    form = {"title": "New", "body": "x", "topics": "", "base": page.latest_revision_id}

    signed_in.post(reverse("wiki:edit", args=[page.pk]), form | extra)

    held = WikiPage.objects.get(pk=page.pk)
    assert (held.title, held.slug, held.owner, held.community, held.locked) == (
        "New",
        page.slug,
        page.owner,
        None,
        False,
    )


def test_a_page_in_somebody_elses_community_is_not_made(signed_in):
    club = factories.community(visibility="secret")

    answer = signed_in.post("/wiki/new/", {"title": "In", "body": "x", "topics": "", "community": club.pk})

    assert (answer.status_code, WikiPage.objects.count()) == (422, 0)
