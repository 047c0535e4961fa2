"""Every door of the house: who is let in, who is not, and what goes out with an answer. New addresses are tried by themselves."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from community.communities.models import Community
from forum.models import Post, Thread
from profiles.models import User
from tests.house.addresses import addresses
from tests.house.furnished import address, changed, client_of, furnish, snapshot, values

pytestmark = pytest.mark.django_db
WITHOUT_SIGNING_IN = {
    "/accounts/login/", "/accounts/inactive/", "/accounts/signup/", "/accounts/confirm-email/", "/accounts/confirm-email/1/",
    "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/password/reset/key/1-1/",
    "/accounts/password/reset/key/done/", "/healthz/live", "/healthz/ready",
}  # fmt: skip
DRAWINGS = {"/admin/sprite/"}  # the editor's icons, nothing of the house
WITHOUT_A_TOKEN = {"/digest/off/1/"}  # the mail program's own click (RFC 8058)
NO_DOOR = {302, 301, 404, 405}
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def house():
    return furnish()


def test_without_signing_in_only_the_listed_doors_open():
    client, opened, elsewhere = Client(), set(), set()

    for path in addresses({"form": ["flow", "topic"], "suffix": ["atom"]}):
        answer = client.get(path)
        if answer.status_code not in NO_DOOR:
            opened.add(path)
        elif "Location" in answer and urlsplit(answer["Location"]).path not in {LOGIN, f"{path}/"}:
            elsewhere.add((path, answer["Location"]))

    assert (opened, elsewhere) == (WITHOUT_SIGNING_IN, set())


def test_nothing_is_written_without_the_token_of_the_form(house):
    client, before, unasked = client_of(house.anna, enforce_csrf_checks=True), snapshot(), set()

    for path in addresses({"form": ["flow", "topic"], "suffix": ["atom"]}):
        answer = client.post(path)
        if answer.status_code != 403:
            unasked.add((path, answer.status_code))

    assert {path for path, status in unasked if status not in NO_DOOR} == set()
    assert {path for path, _ in unasked} >= WITHOUT_A_TOKEN
    assert changed(before) == []


def test_reading_never_writes_and_never_breaks(house):
    """Opening one's own notice is the one exception: it is read then. Here the notice is another's."""
    client, before, broken, bare = client_of(house.anna), snapshot(), [], []
    walked = list(addresses(values(house)))

    for path in walked:
        answer = client.get(path)
        if answer.status_code >= 500:
            broken.append(path)
        bare += [(path, lacking) for lacking in missing(answer, path)]

    assert len(walked) > 500
    assert (changed(before), broken, bare) == ([], [], [])


def test_an_employee_changes_nothing_in_the_editor_of_the_stewards(house):
    client, before = client_of(house.anna), snapshot()

    opened = {
        path
        for path in addresses(
            values(house) | {"pk": [house.page.pk, house.boss.pk], "slug": [house.ink.slug]}
        )
        if path.startswith("/admin/") and client.post(path).status_code not in {302, 403, 404, 405}
    }

    assert (opened, changed(before)) == (DRAWINGS, [])


def missing(answer, path: str) -> list[str]:
    """Names of the headers that the answer should carry and does not."""
    lacking = [
        name
        for name, value in {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN"}.items()
        if answer.get(name) != value
    ]
    lacking += [name for name in ("Referrer-Policy", "Permissions-Policy") if not answer.get(name)]
    policy = answer.get("Content-Security-Policy", "")
    if not path.startswith("/admin/") and (
        "unsafe" in policy or "object-src 'none'" not in policy or "base-uri 'none'" not in policy
    ):
        lacking.append("Content-Security-Policy")
    if path.startswith("/feeds/") and path.endswith((".atom", ".rss", ".json")) and answer.status_code == 200:
        secluded = answer.get("Referrer-Policy") == "no-referrer" and "private" in answer.get(
            "Cache-Control", ""
        )
        lacking += [] if secluded else ["private"]
    return lacking


def test_refusals_carry_the_headers_too(house, settings):
    anna = client_of(house.anna)
    answers = {
        200: Client().get(f"/feeds/t/{house.secret}/flow.atom"),
        301: Client().get("/wagtail/1"),
        302: Client().get("/"),
        400: Client(headers={"host": "evil.example"}).get("/"),
        403: client_of(house.anna, enforce_csrf_checks=True).post("/follow/"),
        404: anna.get("/nowhere/"),
        405: anna.get("/follow/"),
        422: anna.post("/forum/ask/"),
    }

    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    assert {status: missing(answer, "") for status, answer in answers.items()} == {
        status: [] for status in answers
    }
    assert answers[200]["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answers[200]["Cache-Control"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "testserver.evil.example", "evil.example:80", "testserver@evil.example", "[::1", ""],
)
def test_another_name_of_the_house_is_refused(host):
    for path in ("/", LOGIN, "/accounts/password/reset/", "/healthz/live"):
        assert Client(headers={"host": host}).post(path, {"email": "a@example.org"}).status_code in {400, 403}
    forwarded = Client(headers={"x-forwarded-host": "evil.example"}).get("/")
    assert "evil" not in forwarded["Location"]


def test_the_letter_of_a_new_password_leads_to_this_house(house):
    Client(headers={"x-forwarded-host": "evil.example"}).post(
        "/accounts/password/reset/", {"email": house.anna.email}
    )

    assert len(mail.outbox) == 1
    assert "evil.example" not in mail.outbox[0].body


ELSEWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example", "http:///evil.example",
    "///evil.example", "////evil.example", "\x08//evil.example", " //evil.example", "\t//evil.example", "/\t/evil.example",
    "/\n/evil.example", "//evil.example\\@testserver", "https://testserver@evil.example", "https://testserver.evil.example",
    "javascript:alert(1)", "data:text/html,x", "//[::1", "/%09/evil.example", "/%5cevil.example", "x" * 5000,
]  # fmt: skip


def stays(location: str) -> bool:
    """As a browser reads it: tabs and newlines fall away, a backslash is a slash."""
    read = (
        location.strip("".join(map(chr, range(33))))
        .translate({9: None, 10: None, 13: None})
        .replace("\\", "/")
    )
    there = urlsplit(urljoin("http://testserver/somewhere/", read))
    return (there.scheme, there.netloc) == ("http", "testserver")


@pytest.mark.parametrize("there", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_no_next_leads_out_of_the_house(house, there):
    signing_in = {"login": house.anna.email, "password": "a long password", "next": there}
    follow = {"kind": "topic", "pk": house.ink.pk, "level": "follow", "next": there}
    anna = client_of(house.anna)
    answers = [
        Client().post(LOGIN, signing_in),
        anna.get(LOGIN, {"next": there}),
        anna.post("/language/setlang/", {"language": "en", "next": there}),
        anna.post(
            "/language/setlang/",
            {"language": "en"},
            headers={"referer": there.encode("ascii", "ignore").decode()},
        ),
        anna.post("/house/theme/", {"theme": "dark", "next": there}),
        anna.post("/follow/", follow),
        anna.post("/seen/", follow),
        anna.get("/admin/login/", {"next": there}),
        anna.post("/accounts/logout/", {"next": there}),
    ]

    assert [answer.status_code for answer in answers] == [302] * len(answers)
    assert [stays(answer["Location"]) for answer in answers] == [True] * len(answers)


def test_what_belongs_to_others_stays_as_it_is(house):
    """Every act on what somebody else wrote, asked, owns or stewards."""
    on = {"person": house.anna.pk, "role": "steward", "answer": "yes", "pk": house.asker.pk}
    words = {
        "body": "Mine",
        "title": "Mine",
        "topics": "Ink",
        "name": "Mine",
        "description": "Mine",
        "visibility": "secret",
    }
    acts = [
        *(address(f"forum:{act}", house.opening.pk) for act in ("edit", "delete", "accept")),
        *(address(f"forum:{act}", house.answer.pk) for act in ("edit", "delete", "accept")),
        address("forum:restore", house.gone.pk),
        address("forum:thanks", house.gone.pk),
        address("forum:sort", house.thread.pk),
        *(address(f"communities:{act}", club.slug) for club in (house.club, house.closed) for act in ("edit", "answer", "invite")),
        *(address("communities:set_role", club.slug) for club in (house.club, house.closed)),
        address("topics:tend", house.ink.slug),
        address("feeds:revoke", house.token.pk),
        "/demo/sign-in/",
    ]  # fmt: skip
    client, before = client_of(house.anna), snapshot()

    done = {act: client.post(act, on | words).status_code for act in acts}
    done["notice"] = client.get(address("notice", house.notice.pk)).status_code
    done["off"] = client.post(address("forum:accept", house.answer.pk), {"off": "1"}).status_code

    assert set(done.values()) <= {403, 404}, done
    assert changed(before) == []


STUFFED = {
    "is_staff": "on", "is_superuser": "on", "author": 1, "user": 1, "email": "evil@example.org", "thanks_count": 99, "posts_count": 99,
    "accepted": 1, "created_at": "1999-01-01", "deleted_at": "", "stewards": 1, "slug": "mine", "owner": 1, "unread_notices": 99,
    "merged_into": 1, "is_active": "", "password": "x", "groups": 1, "audience": 1, "kind": "experience", "position": 99, "id": 1,
}  # fmt: skip


def test_what_no_form_asks_for_is_passed_over(house):
    client = client_of(house.anna)

    sent = [
        client.post("/forum/ask/?kind=question", STUFFED | {"title": "How?", "body": "So", "topics": "Ink"}),
        client.post(address("forum:reply", house.opening.pk), STUFFED | {"body": "So"}),
        client.post(address("me:present"), STUFFED | {"name": "Anna"}),
        client.post(address("me:rhythm"), STUFFED | {"language": "en"}),
        client.post(address("topics:start"), STUFFED | {"name": "Paper"}),
        client.post(address("communities:found"), STUFFED | {"name": "Ours", "visibility": "open"}),
    ]

    assert [answer.status_code for answer in sent] == [302] * len(sent)
    me, asked, reply = (
        User.objects.get(pk=house.anna.pk),
        Thread.objects.latest("pk"),
        Post.objects.latest("pk"),
    )
    assert (me.is_staff, me.is_superuser, me.email, me.unread_notices) == (
        False,
        False,
        house.anna.email,
        house.anna.unread_notices,
    )
    assert (asked.author, asked.kind, asked.thanks_count, asked.posts_count, asked.accepted) == (
        me,
        "question",
        0,
        1,
        None,
    )
    assert (reply.author, reply.thread, reply.position) == (me, house.thread, 4)
    assert Community.objects.latest("pk").slug == "ours"
