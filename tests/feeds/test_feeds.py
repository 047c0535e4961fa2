"""Feeds as readers fetch them."""

import json
from datetime import timedelta

import feedparser
import pytest
from django.utils import timezone

from community.contributions import ledger
from feeds import sources, tokens
from profiles import following
from tests import factories
from tests.factories import NOW
from tests.feeds.conftest import ask, give

pytestmark = pytest.mark.django_db
FORMATS = ["atom", "rss", "json"]


def address(user, form, slug="", fmt="atom"):
    source = sources.find(user=user, form=form, slug=slug)
    secret = tokens.make(source=source, now=timezone.now()).secret
    place = f"{form}/{slug}" if slug else form
    return f"/feeds/t/{secret}/{place}.{fmt}"


def titles(response):
    if "json" in response["Content-Type"]:
        return [item["title"] for item in json.loads(response.content)["items"]]
    parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert parsed.bozo == 0, parsed.get("bozo_exception")
    return [entry.title for entry in parsed.entries]


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_topic_is_read_newest_first_with_its_kinds_in_words(client, anna, ink, fmt):
    asked = ask(user=factories.person(), title="Which ink?", topics=[ink])
    give(item=asked.item, user=anna, topics=[ink], at=NOW + timedelta(minutes=1))

    response = client.get(address(anna, "topic", "ink", fmt))

    assert titles(response) == ["Answer to: Which ink?", "Question: Which ink?"]


def test_every_flow_has_a_feed(client, anna, ink):
    club, role = factories.community("Club", members=(anna,)), factories.role("Printer", required=(ink,))
    following.choose(user=anna, target=ink, level="follow", now=NOW)
    ask(user=anna, title="Which ink?", topics=[ink], community=club)
    found = [
        ("topic", "ink"),
        ("community", club.slug),
        ("role", role.slug),
        ("flow", ""),
        ("everything", ""),
    ]

    answers = [titles(client.get(address(anna, form, slug))) for form, slug in found]

    assert answers == [["Question: Which ink?"]] * 5


def test_atom_says_who_when_what_and_about_what(client, anna, ink, settings):
    settings.BASE_URL = "https://dela.example.org"
    body = '<p><a href="/forum/9/">there</a> <a href="https://x.example/">x</a> <code>href="/y"</code></p>'
    asked = ask(user=anna, title="Which <b> & ink?", topics=[ink], body=body)

    entry = feedparser.parse(client.get(address(anna, "topic", "ink")).content).entries[0]

    assert (entry.id, entry.link) == (
        f"tag:dela.example.org,2026:question/{asked.source_id}",
        f"https://dela.example.org{asked.item.url}{asked.anchor}",
    )
    assert (entry.author, entry.published, entry.updated) == (
        "Anna Ek",
        "2026-06-03T10:00:00+00:00",
        "2026-06-03T10:00:00+00:00",
    )
    assert [(tag.term, tag.label, tag.scheme) for tag in entry.tags] == [
        ("ink", "Ink", "https://dela.example.org/topics/")
    ]
    assert entry.content[0].value == (
        '<p><a href="https://dela.example.org/forum/9/">there</a> <a href="https://x.example/">x</a> '
        '<code>href="/y"</code></p>'
    )


def test_json_feed_keeps_to_its_version(client, anna, ink):
    ask(user=anna, topics=[ink])

    shown = json.loads(client.get(address(anna, "topic", "ink", "json")).content)

    assert set(shown) == {"version", "title", "home_page_url", "feed_url", "description", "language", "items"}
    assert shown["version"] == "https://jsonfeed.org/version/1.1"
    wanted = {
        "id",
        "url",
        "title",
        "content_html",
        "summary",
        "date_published",
        "date_modified",
        "authors",
        "tags",
    }
    assert set(shown["items"][0]) == wanted
    assert shown["items"][0]["tags"] == ["Ink"]


def test_the_same_thing_has_one_id_in_all_feeds_and_formats(client, anna, ink):
    ask(user=anna, topics=[ink])

    ids = {
        feedparser.parse(client.get(address(anna, "topic", "ink", fmt)).content).entries[0].id
        for fmt in ("atom", "rss")
    }
    ids.add(feedparser.parse(client.get(address(anna, "everything")).content).entries[0].id)
    ids.add(json.loads(client.get(address(anna, "everything", fmt="json")).content)["items"][0]["id"])

    assert len(ids) == 1


def test_rss_shows_no_plain_words_as_html(client, anna, ink):
    ask(user=anna, topics=[ink], body="<p>safe</p>", excerpt="&lt;img src=x onerror=alert(1)&gt;")

    body = client.get(address(anna, "topic", "ink", "rss")).content.decode()

    assert "onerror" not in body


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_anybody_typed_breaks_no_feed(client, anna, fmt):
    bad = "".join(map(chr, range(32))) + "\x7f\x85\ufffe\uffff\ud800 ]]> & < \u202e 😀"
    writer = factories.person("W")
    type(writer).objects.filter(pk=writer.pk).update(name="W\x0b]]>\ufffe")
    asked = ask(user=writer, title="T", body="<p>\x01\x1f ]]> \ufffe</p>")
    type(asked.item).objects.filter(pk=asked.item_id).update(
        title=bad.replace("\ud800", "").replace("\x00", "")
    )

    assert len(titles(client.get(address(anna, "everything", fmt=fmt)))) == 1


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_feed_is_a_feed(client, anna, ink, fmt):
    assert titles(client.get(address(anna, "topic", "ink", fmt))) == []


def test_at_most_fifty(client, anna, ink):
    for n in range(52):
        ask(user=anna, title=f"Q{n}", topics=[ink], at=NOW + timedelta(minutes=n))

    found = titles(client.get(address(anna, "topic", "ink")))

    assert (len(found), found[0]) == (50, "Question: Q51")


# --- asking again -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", FORMATS)
def test_nothing_new_is_304_by_etag_and_by_date(client, anna, ink, fmt):
    ask(user=anna, topics=[ink])
    path = address(anna, "topic", "ink", fmt)
    first = client.get(path)

    by_etag = client.get(path, headers={"If-None-Match": f'"x", W/{first["ETag"]}'})
    by_date = client.get(path, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (by_etag.status_code, by_date.status_code, by_etag.content) == (304, 304, b"")
    assert by_etag["ETag"] == first["ETag"]


def test_every_change_is_news(client, anna, ink):
    asked = ask(user=anna, topics=[ink])
    answered = give(item=asked.item, user=anna, topics=[ink])
    path = address(anna, "topic", "ink")
    etags = [client.get(path)["ETag"]]
    changes = [
        lambda: ledger.amend(
            kind="answer", source_id=answered.source_id, excerpt="other", now=NOW + timedelta(1)
        ),
        lambda: ledger.withdraw(kind="answer", source_id=answered.source_id, now=NOW + timedelta(2)),
        lambda: ledger.amend_item(
            kind="thread", source_id=asked.source_id, title="New", now=NOW + timedelta(3)
        ),
    ]

    for change in changes:
        change()
        etags.append(client.get(path, headers={"If-None-Match": etags[-1]})["ETag"])

    assert len(set(etags)) == 4


def test_feeds_differ_in_their_etag(client, anna, ink):
    ask(user=anna, topics=[ink])

    etags = {client.get(address(anna, "topic", "ink", fmt))["ETag"] for fmt in FORMATS}
    etags.add(client.get(address(anna, "everything"))["ETag"])

    assert len(etags) == 4


def test_headers_keep_the_address_secret(client, anna, ink):
    response = client.get(address(anna, "topic", "ink"))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" in response["Vary"]
    assert response.cookies == {}


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("form", ["topic", "community", "role", "flow", "everything"])
def test_queries_of_a_feed(client, anna, ink, form, number, django_assert_num_queries):
    club = factories.community("Club", members=(anna,))
    factories.role("Printer", required=(ink,))
    following.choose(user=anna, target=ink, level="follow", now=NOW)
    for n in range(number):
        ask(user=anna, title=f"Q{n}", topics=[ink], community=club)
        ask(user=anna, title=f"P{n}", topics=[ink], community=club, kind="page")
    slug = {"topic": "ink", "community": "club", "role": "role-"}.get(form, "")
    if form == "role":
        from community.organisation.models import JobRole

        slug = JobRole.objects.get().slug
    path = address(anna, form, slug)
    etag = client.get(path)["ETag"]

    with django_assert_num_queries(4):
        assert client.get(path).status_code == 200
    with django_assert_num_queries(2):
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
