"""The secret addresses of feeds, and the page where one takes them."""

import pytest
from django.test import Client
from lxml import etree

from feeds import sources, tokens
from profiles import following, joining
from tests import factories
from tests.factories import NOW
from tests.feeds.conftest import ask
from tests.feeds.test_feeds import address, titles

pytestmark = pytest.mark.django_db


def test_only_the_hash_of_an_address_is_kept(anna):
    made = tokens.make(source=sources.find(user=anna, form="flow"), now=NOW)

    assert made.token.secret_hash == tokens.hashed(made.secret)
    assert made.secret not in str(vars(made.token))
    assert len(made.secret) == 43


def test_an_address_opens_its_own_feed_only(client, anna, ink):
    factories.topic("Paper")
    path = address(anna, "topic", "ink")

    others = [
        path.replace("ink", "paper"),
        path.replace("topic/ink", "flow"),
        path.replace("topic/ink", "everything"),
    ]

    assert [client.get(path).status_code, *(client.get(other).status_code for other in others)] == [
        200,
        404,
        404,
        404,
    ]


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
    found = [
        client.get(path).status_code
        for path in ("/feeds/topic/ink.atom", "/feeds/t/x/topic/ink.atom", "/feeds/flow.rss")
    ]

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


@pytest.mark.parametrize(
    "wish", [{"form": "topic", "slug": "nothing"}, {"form": "x"}, {}, {"form": "flow", "slug": "ink"}]
)
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
