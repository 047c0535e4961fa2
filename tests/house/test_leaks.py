"""A secret community does not exist for others: not in a page, a feed, a search, a mail, a count or an error."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from community.communities.models import Membership
from community.contributions import delivery
from community.contributions.models import ContentItem, Contribution
from feeds import sources, tokens
from forum import answering, posting, thanking
from forum.models import Post
from profiles import following, joining
from profiles.models import Subscription
from tests import factories
from tests.factories import NOW
from tests.house.addresses import addresses
from wiki import writing

pytestmark = pytest.mark.django_db
CANARY = "kvittrande"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def house():
    """An open house: a topic that everybody uses, a few people, a thread and a page."""
    made = type("House", (), {})()
    made.ink, made.role = factories.topic("Bläck"), None
    made.role = factories.role("Tryckare", required=(made.ink,))
    made.unit = factories.unit("Tryckeriet")
    made.mole, made.outsider, made.former = (
        factories.person(name) for name in ("Maj Mullvad", "Ute Andersson", "Fd Medlem")
    )
    for person in (made.mole, made.outsider, made.former):
        factories.assigned(person, made.role, made.unit)
    made.thread = posting.open_thread(
        author=made.outsider,
        kind="question",
        title="Vilket bläck?",
        html="<p>Vilket bläck tar ni?</p>",
        topics=[made.ink],
        now=NOW,
    )
    posting.reply(thread=made.thread, author=made.mole, html="<p>Det blå.</p>", now=NOW)
    made.page = writing.create_page(
        user=made.outsider, title="Rutin för bläck", body="<p>Så gör vi.</p>", topics=[made.ink], now=NOW
    )
    return made


def conspire(house, *, visibility="secret"):
    """The secret community with everything one can put into it; the mole stewards it, the former member has left."""
    club = factories.community(
        f"Klubb {CANARY}", visibility=visibility, members=(house.former,), steward=house.mole
    )
    later = NOW + timedelta(hours=1)
    kinds = ("question", "discussion", "experience")
    threads = [
        posting.open_thread(
            author=house.mole, kind=kind, title=f"{CANARY} {kind}", html=f"<p>Bläck {CANARY} {kind}</p>",
            parts=dict.fromkeys(("situation", "did", "happened", "otherwise", "useful"), CANARY) if kind == "experience" else None,
            topics=[house.ink], community=club, now=later,
        )
        for kind in kinds
    ]  # fmt: skip
    answer = posting.reply(thread=threads[0], author=house.former, html=f"<p>Svar {CANARY}</p>", now=later)
    answering.accept(post=answer, by=house.mole, now=later)
    thanking.thank(post=answer, user=house.mole, now=later)
    page = writing.create_page(
        user=house.mole,
        title=f"Sida {CANARY}",
        body=f"<p>Bläck {CANARY}</p>",
        topics=[house.ink],
        community=club,
        now=later,
    )
    writing_edit(page, house, later)
    following.choose(user=house.former, target=threads[1].item, level="watch", now=later)
    joining.leave(community=club, user=house.former)
    delivery.deliver(now=later)
    return club, threads, page


def writing_edit(page, house, now):
    writing.edit_page(
        page=page, user=house.mole, title=page.title, body=f"<p>Bläck {CANARY} igen</p>", base_revision_id=page.latest_revision_id,
        topics=[house.ink], summary=f"Mer {CANARY}", now=now,
    )  # fmt: skip


def client_of(person):
    client = Client(raise_request_exception=True)
    client.force_login(person, backend=BACKEND)
    return client


def body(response):
    streamed = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{streamed.decode('utf-8', 'replace')}".casefold()


def everything_to_try(house, club, threads, page):
    items = ContentItem.objects.filter(community=club)
    pks = {
        club.pk,
        page.pk,
        *(thread.pk for thread in threads),
        *Post.objects.filter(thread__in=threads).values_list("pk", flat=True),
        *items.values_list("pk", flat=True),
        *Contribution.objects.filter(community=club).values_list("pk", flat=True),
        *page.edit_notes.values_list("pk", flat=True),
        *page.revisions.values_list("pk", flat=True),
    }
    numbers = sorted(pks)
    paths = [page.get_absolute_url().removeprefix("/wiki/").strip("/")]
    return {
        "pk": numbers, "item_id": numbers, "note": [n.pk for n in page.edit_notes.all()], "slug": [club.slug, house.ink.slug, house.role.slug],
        "path": paths, "form": ["topic", "community", "role", "flow", "everything"], "format": ["atom", "rss", "json"],
        "token": ["x" * 43], "name": ["x.eml"],
    }  # fmt: skip


@pytest.mark.parametrize("who", ["outsider", "former"])
def test_whoever_walks_every_address_meets_nothing_of_it(house, who):
    club, threads, page = conspire(house)
    client, found, walked = client_of(getattr(house, who)), [], 0
    hidden = (
        Contribution.objects.filter(community=club).count(),
        Membership.objects.filter(community=club).count(),
    )

    for path in addresses(everything_to_try(house, club, threads, page), skip="admin/"):
        for method in (client.get, client.post):
            if "logout" in path or "sign-in" in path:
                continue
            response = method(path)
            walked += 1
            if CANARY in body(response):
                found.append((method.__name__, path))
            if response.status_code >= 500:
                found.append((response.status_code, path))

    assert found == []
    assert walked > 400
    still = (
        Contribution.objects.filter(community=club).count(),
        Membership.objects.filter(community=club).count(),
    )
    assert still == hidden
    assert not Subscription.objects.filter(user=house.outsider, item__audience=club).exists()


def test_its_own_addresses_do_not_exist_for_others(house):
    club, threads, page = conspire(house)
    member, outsider = client_of(house.mole), client_of(house.outsider)
    paths = [
        reverse("communities:hub", args=[club.slug]),
        *(thread.get_absolute_url() for thread in threads),
        reverse("forum:post", args=[threads[0].posts.first().pk]),
        page.get_absolute_url(),
        *(reverse(f"wiki:{name}", args=[page.pk]) for name in ("by_id", "edit", "history")),
        *(f"/feeds/community/{club.slug}.{form}" for form in ("atom", "rss", "json")),
    ]

    seen = {
        path: (member.get(path, follow=True).status_code, outsider.get(path).status_code) for path in paths
    }

    assert seen == dict.fromkeys(paths, (200, 404))


SAME = re.compile(
    r"nonce=\"[^\"]*\"|csrfmiddlewaretoken\" value=\"[^\"]*\"|X-CSRFToken[^}]*|value=\"[0-9a-f-]{36}\""
)


def test_no_count_or_list_changes_for_others_when_the_secret_grows(house):
    delivery.deliver(now=NOW)
    paths = [
        "/", "/?show=unanswered", "/forum/", "/forum/unanswered/", "/wiki/", "/topics/", house.ink.get_absolute_url(),
        "/communities/", "/people/", house.mole.get_absolute_url(), house.role.get_absolute_url(), "/maturity/",
        "/search/?q=bl%C3%A4ck", f"/search/?q={CANARY}", "/digest/", "/notices/", "/feeds/",
        *(f"/feeds/{name}.{form}" for name in (f"topic/{house.ink.slug}", "flow") for form in ("atom", "rss", "json")),
    ]  # fmt: skip
    client = client_of(house.outsider)

    def snapshot():
        return {path: SAME.sub("", client.get(path).content.decode()) for path in paths}

    before = snapshot()
    conspire(house)
    after = snapshot()

    assert {path for path in paths if before[path] != after[path]} == set()


def test_a_digest_and_a_feed_of_one_who_left_hold_nothing_of_it(house):
    secret = tokens.make(source=sources.Source(house.former, sources.Form.FLOW), now=NOW).secret
    conspire(house)
    printed = StringIO()

    read = Client().get(f"/feeds/t/{secret}/flow.atom")
    call_command("digest", "--preview", house.former.email, stdout=printed)

    assert read.status_code == 200
    assert CANARY not in body(read)
    assert CANARY not in printed.getvalue()
