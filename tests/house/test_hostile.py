"""Whatever somebody types: it is taken or refused in words, and shown without doing anything, wherever it comes out."""

import json
from types import SimpleNamespace
from urllib.parse import urlencode

import feedparser
import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from lxml import etree

from community.communities.models import Community
from community.contributions import delivery
from community.topics.models import Topic
from feeds import digests, letters
from feeds.models import Notice
from forum.models import Thread
from profiles import following
from profiles.models import User
from tests import factories
from tests.ground.danger import dangers
from tests.house.furnished import address, client_of
from tests.house.hostile_values import VALUES
from tests.house.page_judge import RAW, harms
from wiki.models import WikiPage

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
TAKEN = 302
REFUSED = {400, 413, 422}


class Typist:
    """Sends the values in several fields at once, and remembers what was answered wrongly."""

    def __init__(self, client) -> None:
        self.client, self.wrong = client, []

    def post(self, path: str, fields: dict) -> SimpleNamespace:
        body = urlencode(fields, errors="surrogatepass")
        return self.client.post(path, body, content_type=FORM)

    def type_all(self, path: str, fields, *, every: int = 1) -> None:
        """`fields(value)` is the form: it is taken, or refused with words at a field."""
        for value in VALUES[::every]:
            answer = self.post(path, fields(value))
            if answer.status_code not in {TAKEN, *REFUSED}:
                self.wrong.append((path, value[:40], answer.status_code))
            elif answer.status_code == 422 and b"field-error" not in answer.content:
                self.wrong.append((path, value[:40], "says nothing"))

    def look(self, paths) -> None:
        for path in paths:
            answer = self.client.get(path, follow=True)
            found = harms(answer.content.decode()) if answer.status_code == 200 else [answer.status_code]
            self.wrong += [(path, harm) for harm in found]


@pytest.fixture
def anna():
    return factories.person("Anna Ek")


@pytest.fixture
def typist(anna):
    return Typist(client_of(anna))


@pytest.fixture
def ink():
    return factories.topic("Ink")


def question(value):
    return {"title": value, "body": value, "body_form": "html", "topics": "Ink", "token": ""}


def experience(value):
    return dict.fromkeys(("situation", "did", "happened", "otherwise", "useful", "title"), value) | {
        "topics": "Ink"
    }


def test_whatever_is_typed_into_a_thread(typist, anna, ink):
    bo = factories.person("Bo", date_joined=factories.NOW)
    following.choose(user=bo, target=ink, level="watch", now=factories.NOW)
    thread = factories.thread(anna, topics=(ink,))
    opening = thread.posts.get().pk

    typist.type_all("/forum/ask/?kind=question", question)
    typist.type_all("/forum/ask/?kind=experience", experience, every=6)
    typist.type_all(
        address("forum:reply", opening), lambda value: {"body": value, "body_form": "plain"}, every=4
    )
    typist.type_all(address("forum:reply", opening), lambda value: {"body": value, "body_form": "html"})
    typist.type_all(
        address("forum:edit", opening), lambda value: {"body": value, "body_form": "html"}, every=3
    )
    typist.type_all(
        address("forum:sort", thread.pk), lambda value: {"title": value, "topics": "Ink"}, every=4
    )
    delivery.deliver(now=timezone.now())
    typist.look(f"/forum/{thread.pk}/?page={number}" for number in range(1, 7))
    typist.look(each.get_absolute_url() for each in Thread.objects.all()[::11])
    typist.look(
        [
            address("forum:history", opening),
            *(f"/forum/?before={place}" for place in every_page(typist.client, "/forum/")),
        ]
    )
    typist.look(
        ["/", "/forum/mine/", "/search/?q=ord", "/search/?q=alert+1", "/topics/ink/", anna.get_absolute_url()]
    )

    assert typist.wrong == []
    assert Thread.objects.count() > 60
    assert judged_feeds(typist.client, "topic/ink") == []
    assert Notice.objects.filter(user=bo).count() > 60
    assert harms(client_of(bo).get("/notices/").content.decode()) == []


def every_page(client, path: str) -> list[str]:
    """The places where the pages of a list begin."""
    places, place = [], ""
    while place is not None:
        older = client.get(path, {"before": place}).context["older"]
        place = str(older) if older else None
        places += [urlencode({"": place})[1:]] if place else []
    return places


def judged_feeds(client, name: str) -> list:
    """What is wrong with the feed in its three formats."""
    wrong = []
    for form in ("atom", "rss"):
        answer = client.get(f"/feeds/{name}.{form}")
        parsed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
        wrong += [(form, parsed.get("bozo_exception"))] if parsed.bozo or not parsed.entries else []
        tree = etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False))
        wrong += [(form, found) for element in tree.iter() for found in _in_feed(element)]
    feed = json.loads(client.get(f"/feeds/{name}.json").content)
    wrong += [("json", found) for item in feed["items"] for found in dangers(item["content_html"])]
    wrong += [("json", "raw") for item in feed["items"] if RAW.search(item["title"] + item["content_html"])]
    return wrong


def _in_feed(element) -> list[str]:
    written = element.text or ""
    name = etree.QName(element).localname
    body = name in {"content", "encoded"} or (
        name in {"description", "summary"} and element.get("type") == "html"
    )
    return (dangers(written) if body else []) + (["raw"] if RAW.search(written) else [])


def test_a_digest_of_all_of_it_is_a_letter(typist, anna, ink, monkeypatch):
    for name, many in (
        ("MOST", 500),
        ("MOST_PER_TOPIC", 500),
        ("MOST_OF", dict.fromkeys(digests.MOST_OF, 500)),
    ):
        monkeypatch.setattr(digests, name, many)
    bo = factories.person("Bo")
    following.choose(user=bo, target=ink, level="follow", now=timezone.now())
    typist.type_all("/forum/ask/?kind=experience", experience, every=3)

    digest = digests.upcoming(user=bo, now=timezone.now())
    _, words, markup = letters.words(digest=digest)
    subjects = [
        letters.subject_of(SimpleNamespace(lines=lines, sections=digest.sections))
        for line in digest.lines
        for lines in ([line], [line, line])
    ]

    assert len(digest.lines) >= 20
    assert (harms(markup, letter=True), RAW.findall(words)) == ([], [])
    for line in subjects:
        written = EmailMessage(line, "x", to=["a@example.org"]).message()
        assert "\n" not in line and len(line) < 200
        assert [name for name in written.keys() if name.lower() == "bcc"] == []  # noqa: SIM118
        assert written.as_bytes()


def test_whatever_is_typed_into_a_page(typist, ink):
    page = factories.page("Guide")

    def changed(value):
        base = WikiPage.objects.get(pk=page.pk).latest_revision_id
        facts = {"title": "Guide", "topics": "Ink", "base": base, "worth_telling": "on"}
        return facts | {"body": value, "body_form": "plain", "summary": value}

    typist.type_all("/wiki/new/", question, every=3)
    typist.type_all(address("wiki:edit", page.pk), changed, every=4)
    delivery.deliver(now=timezone.now())
    typist.look(each.get_absolute_url() for each in WikiPage.objects.all()[::7])
    typist.look(
        ["/wiki/", address("wiki:history", page.pk), "/topics/ink/?show=pages", "/search/?q=ord&kind=page"]
    )

    assert typist.wrong == []
    assert judged_feeds(typist.client, "topic/ink") == []


def test_whatever_a_topic_is_called_and_said_to_be(typist, anna):
    glue = factories.topic("Glue")
    glue.stewards.add(anna)

    typist.type_all("/topics/+start/", lambda value: {"name": value, "description": value})
    typist.type_all(
        address("topics:tend", glue.slug), lambda value: {"description": value, "synonyms": value}, every=4
    )
    made = list(Topic.objects.all())
    typist.look(topic.get_absolute_url() for topic in made[::15])
    typist.look(
        ["/topics/", "/topics/?q=ord", "/search/?q=ord", "/", "/feeds/", address("topics:tend", glue.slug)]
    )
    by_name = [typist.client.get("/topics/suggest/", {"q": topic.name}).json()["topics"] for topic in made]

    assert typist.wrong == []
    assert len({topic.slug for topic in made}) == len(made) > 55
    assert all(topic.slug and topic.name.strip() for topic in made)
    assert [] not in by_name
    assert [
        topic.name
        for topic in made
        if typist.client.get(f"/feeds/topic/{topic.slug}.atom").status_code != 200
    ] == []


def test_whatever_a_community_is_called_and_asked(typist, anna):
    closed = factories.community("Closed", visibility="closed", steward=factories.person("Bo"))
    club = factories.community("Club", steward=anna)

    typist.type_all(
        "/communities/+found/",
        lambda value: {"name": value, "description": value, "visibility": "open"},
        every=3,
    )
    typist.type_all(address("communities:invite", club.slug), lambda value: {"person": value}, every=3)
    steward, mean = (
        Typist(client_of(closed.memberships.get().user)),
        Typist(client_of(factories.person("Eva"))),
    )
    for value in VALUES[::3]:
        mean.post(address("communities:join", closed.slug), {"message": value})
    typist.look(
        [
            *(each.get_absolute_url() for each in Community.objects.all()[::9]),
            "/communities/",
            "/",
            "/forum/ask/",
        ]
    )
    steward.look([closed.get_absolute_url()])

    assert (typist.wrong, steward.wrong) == ([], [])


def test_whatever_a_person_is_called_and_says_of_themself(anna, ink):
    factories.thread(anna, topics=(ink,))
    people = [Typist(client_of(factories.person())) for _ in VALUES[::3]]
    wrong = []

    for typist, value in zip(people, VALUES[::3], strict=True):
        facts = {"name": value, "title": value, "bio": value, "ask_about": "Ink"}
        answer = typist.post("/me/present/", facts)
        wrong += [] if answer.status_code in {TAKEN, 422} else [(value[:40], answer.status_code)]
        refused = harms(answer.content.decode()) if answer.status_code == 422 else []
        wrong += [harm for harm in refused if not harm.startswith("raw")]  # the field shows what was typed
    typist.look(["/people/", "/people/?q=ord", "/search/?q=ord", "/me/", "/topics/ink/"])
    typist.look(f"/people/{pk}/" for pk in User.objects.values_list("pk", flat=True)[::4])

    assert (wrong, typist.wrong) == ([], [])


@pytest.mark.parametrize("path", ["/search/", "/people/", "/topics/", "/topics/suggest/"])
def test_whatever_is_looked_for(typist, ink, path):
    for number, value in enumerate(VALUES):
        answer = typist.client.get(f"{path}?{urlencode({'q': value[:3000]}, errors='surrogatepass')}")
        shown = answer.content.decode()
        judged = harms(shown) if number % 20 == 0 and path != "/topics/suggest/" else RAW.findall(shown)
        if answer.status_code != 200 or judged:
            typist.wrong.append((value[:30], answer.status_code, judged))

    assert typist.wrong == []
