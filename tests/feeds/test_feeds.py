"""Feeds as readers fetch them."""

import json
from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from community.contributions import ledger
from feeds import sources, tokens
from profiles import following, joining
from tests import factories
from tests.factories import NOW
from tests.feeds.conftest import ask, give

pytestmark = pytest.mark.django_db
FORMATS = ["atom", "rss", "json"]


@pytest.fixture
def ink():
    return factories.topic("Ink")


@pytest.fixture
def anna():
    return factories.person("Anna Ek", language="en")


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
    found = [("topic", "ink"), ("community", club.slug), ("role", role.slug), ("flow", ""), ("everything", "")]

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
    assert (entry.author, entry.published, entry.updated) == ("Anna Ek", "2026-06-03T10:00:00+00:00", "2026-06-03T10:00:00+00:00")
    assert [(tag.term, tag.label, tag.scheme) for tag in entry.tags] == [("ink", "Ink", "https://dela.example.org/topics/")]
    assert entry.content[0].value == (
        '<p><a href="https://dela.example.org/forum/9/">there</a> <a href="https://x.example/">x</a> '
        '<code>href="/y"</code></p>'
    )


def test_json_feed_keeps_to_its_version(client, anna, ink):
    ask(user=anna, topics=[ink])

    shown = json.loads(client.get(address(anna, "topic", "ink", "json")).content)

    assert set(shown) == {"version", "title", "home_page_url", "feed_url", "description", "language", "items"}
    assert shown["version"] == "https://jsonfeed.org/version/1.1"
    wanted = {"id", "url", "title", "content_html", "summary", "date_published", "date_modified", "authors", "tags"}
    assert set(shown["items"][0]) == wanted
    assert shown["items"][0]["tags"] == ["Ink"]


def test_the_same_thing_has_one_id_in_all_feeds_and_formats(client, anna, ink):
    ask(user=anna, topics=[ink])

    ids = {feedparser.parse(client.get(address(anna, "topic", "ink", fmt)).content).entries[0].id for fmt in ("atom", "rss")}
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
    type(asked.item).objects.filter(pk=asked.item_id).update(title=bad.replace("\ud800", "").replace("\x00", ""))

    assert len(titles(client.get(address(anna, "everything", fmt=fmt)))) == 1


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_empty_feed_is_a_feed(client, anna, ink, fmt):
    assert titles(client.get(address(anna, "topic", "ink", fmt))) == []


def test_at_most_fifty(client, anna, ink):
    for n in range(52):
        ask(user=anna, title=f"Q{n}", topics=[ink], at=NOW + timedelta(minutes=n))

    found = titles(client.get(address(anna, "topic", "ink")))

    assert (len(found), found[0]) == (50, "Question: Q51")


# --- secret addresses ---------------------------------------------------------------------------------------


def test_only_the_hash_of_an_address_is_kept(anna):
    made = tokens.make(source=sources.find(user=anna, form="flow"), now=NOW)

    assert made.token.secret_hash == tokens.hashed(made.secret)
    assert made.secret not in str(vars(made.token))
    assert len(made.secret) == 43


def test_an_address_opens_its_own_feed_only(client, anna, ink):
    factories.topic("Paper")
    path = address(anna, "topic", "ink")

    others = [path.replace("ink", "paper"), path.replace("topic/ink", "flow"), path.replace("topic/ink", "everything")]

    assert [client.get(path).status_code, *(client.get(other).status_code for other in others)] == [200, 404, 404, 404]


def test_a_closed_address_is_dead_at_once(client, anna, ink):
    path = address(anna, "topic", "ink")
    token = tokens.of_person(anna)[0]

    closed_by_another = tokens.revoke(user=factories.person(), token_id=token.pk, now=NOW)
    before = client.get(path).status_code
    tokens.revoke(user=anna, token_id=token.pk, now=NOW)

    assert (closed_by_another, before, client.get(path).status_code) == (False, 200, 404)


def test_an_address_dies_with_the_account(client, anna, ink):
    path = address(anna, "topic", "ink")
    anna.is_active = False
    anna.save()

    assert client.get(path).status_code == 404


def test_a_feed_without_address_or_session_is_not_there(client, ink):
    found = [client.get(path).status_code for path in ("/feeds/topic/ink.atom", "/feeds/t/x/topic/ink.atom", "/feeds/flow.rss")]

    assert found == [404, 404, 404]


def test_discovery_works_with_the_session(client, anna, ink):
    ask(user=anna, topics=[ink])
    client.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")

    assert titles(client.get("/feeds/topic/ink.rss")) == ["Question: How do we do it?"]
    assert client.get("/feeds/topic/nothing.rss").status_code == 404


@pytest.mark.parametrize("visibility", ["closed", "secret"])
def test_leaving_a_community_closes_its_feed_and_empties_the_others(client, visibility, ink):
    member, steward = factories.person(), factories.person()
    club = factories.community("Owls", visibility=visibility, members=(member,), steward=steward)
    ask(user=steward, title="Canary", topics=[ink], community=club)
    places = [("community", club.slug), ("topic", "ink"), ("everything", "")]
    paths = [address(member, form, slug) for form, slug in places]

    inside = [client.get(path).status_code for path in paths]
    joining.leave(community=club, user=member)
    outside = [client.get(path) for path in paths]

    assert inside == [200, 200, 200]
    assert [answer.status_code for answer in outside] == [404, 200, 200]
    assert [b"Canary" in answer.content or b"Owls" in answer.content for answer in outside] == [False] * 3


def test_many_wrong_addresses_are_slowed_and_right_ones_are_not(client, anna, ink):
    path = address(anna, "topic", "ink")

    wrong = [client.get("/feeds/t/wrong/topic/ink.atom").status_code for _ in range(32)]

    assert wrong == [404] * 30 + [429] * 2
    assert client.get(path).status_code == 200


def test_the_house_remembers_when_and_by_what_an_address_was_used(client, anna, ink):
    client.get(address(anna, "topic", "ink"), headers={"User-Agent": "newsboat/2.21\x00"})

    token = tokens.of_person(anna)[0]

    assert (token.reader, token.last_used_at is not None) == ("newsboat/2.21", True)


def test_the_sixth_address_of_a_feed_ends_the_one_used_longest_ago(anna, ink):
    source = sources.find(user=anna, form="topic", slug="ink")
    made = [tokens.make(source=source, now=NOW).token for _ in range(5)]
    type(made[0]).objects.filter(pk=made[0].pk).update(last_used_at=NOW)

    tokens.make(source=source, now=NOW)

    assert made[0] in tokens.of_person(anna)
    assert made[1] not in tokens.of_person(anna)
    assert len(tokens.of_person(anna)) == 5


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
        lambda: ledger.amend(kind="answer", source_id=answered.source_id, excerpt="other", now=NOW + timedelta(1)),
        lambda: ledger.withdraw(kind="answer", source_id=answered.source_id, now=NOW + timedelta(2)),
        lambda: ledger.amend_item(kind="thread", source_id=asked.source_id, title="New", now=NOW + timedelta(3)),
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


# --- my feeds -----------------------------------------------------------------------------------------------


@pytest.fixture
def at_home(client, anna):
    client.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_address_is_shown_once_and_works_without_signing_in(at_home, anna, ink):
    following.choose(user=anna, target=ink, level="follow", now=NOW)

    shown = at_home.post("/feeds/make/", {"form": "topic", "slug": "ink"})
    found = [address for _, _, address in shown.context["fresh"]["addresses"]]

    assert all(address in shown.content.decode() for address in found)
    assert [Client().get(address).status_code for address in found] == [200, 200, 200]
    assert found[0].split("/")[5] not in at_home.get("/feeds/").content.decode()


@pytest.mark.parametrize("wish", [{"form": "topic", "slug": "nothing"}, {"form": "x"}, {}, {"form": "flow", "slug": "ink"}])
def test_no_address_for_what_is_not_there(at_home, ink, wish):
    assert at_home.post("/feeds/make/", wish).status_code == 404


def test_no_address_for_a_community_of_others(at_home):
    factories.community("Owls", visibility="secret", members=(factories.person(),))

    assert at_home.post("/feeds/make/", {"form": "community", "slug": "owls"}).status_code == 404


def test_opml_brings_every_flow_with_addresses_that_work(at_home, anna, ink):
    following.choose(user=anna, target=ink, level="follow", now=NOW)

    outlines = etree.fromstring(at_home.post("/feeds/opml/").content).findall(".//outline")

    assert [o.get("text") for o in outlines] == ["My flow", "Everything", "Ink"]
    assert [Client().get(o.get("xmlUrl")).status_code for o in outlines] == [200, 200, 200]


def test_closing_an_address_on_the_page(at_home, anna):
    token = tokens.make(source=sources.find(user=anna, form="flow"), now=NOW).token
    strangers = tokens.make(source=sources.find(user=factories.person(), form="flow"), now=NOW).token

    assert at_home.post(f"/feeds/{token.pk}/revoke/").status_code == 302
    assert at_home.post(f"/feeds/{strangers.pk}/revoke/").status_code == 404
    assert tokens.of_person(anna) == []
