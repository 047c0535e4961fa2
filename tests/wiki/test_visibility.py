"""What a closed or secret community writes does not exist for others, by any door."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from community.contributions import ledger, streams
from tests import factories
from tests.factories import NOW
from wiki import promoting, sections, writing
from wiki.models import EditNote, WikiPage

pytestmark = pytest.mark.django_db
CANARY = "Silverugglan"


@pytest.fixture
def member():
    return factories.person("Member")


@pytest.fixture(params=["closed", "secret"])
def club(request, member):
    return factories.community(f"{CANARY} klubb", visibility=request.param, members=(member,))


@pytest.fixture
def hidden(club, member):
    page = factories.page(
        f"{CANARY} page", f"<p>{CANARY}</p>", by=member, community=club, topics=[factories.topic("Ink")]
    )
    factories.edited(page, f"<p>{CANARY} again</p>", by=member)
    return WikiPage.objects.get(pk=page.pk)


def doors(page):
    first, last = EditNote.objects.filter(page=page).order_by("pk")
    return [
        page.address,
        sections.section_of(community=page.community, now=NOW).address,
        reverse("wiki:by_id", args=[page.pk]),
        reverse("wiki:edit", args=[page.pk]),
        reverse("wiki:history", args=[page.pk]),
        reverse("wiki:compare", args=[page.pk]) + f"?old={first.pk}&new={last.pk}",
        reverse("wiki:version", args=[page.pk, first.pk]),
        reverse("wiki:restore", args=[page.pk, first.pk]),
        reverse("wiki:confirm", args=[page.pk]),
        f"/wiki/new/?under={page.pk}",
        f"/wagtail{page.url_path.removeprefix('/wiki')}",
    ]


def test_every_door_is_open_for_members_and_not_there_for_others(client, person, member, hidden):
    client.force_login(member)
    inside = [client.get(door, follow=True).status_code for door in doors(hidden)]
    client.force_login(person)
    outside = [client.get(door).status_code for door in doors(hidden)]
    posted = [client.post(door, {"title": "x", "body": "x"}).status_code for door in doors(hidden)[3:]]

    assert inside == [200] * 11
    assert outside == [404] * 11
    assert {status for status in posted if status not in (404, 405)} == set()
    assert WikiPage.objects.get(pk=hidden.pk).title == f"{CANARY} page"


def test_no_list_of_others_names_it(client, person, hidden):
    factories.page("Open", by=person)
    client.force_login(person)

    shown = client.get("/wiki/").content.decode() + client.get("/wiki/open/").content.decode()

    assert re.findall(CANARY, shown) == []
    assert streams.everything(user=person).entries[0].item.title == "Open"
    assert len(streams.everything(user=person).entries) == 1


def test_signed_out_people_are_asked_to_sign_in(client, hidden):
    open_page = factories.page("Open")

    assert client.get(open_page.address).url.startswith("/accounts/login/")
    assert client.get(hidden.address).url.startswith("/accounts/login/")


def test_version_of_another_page_is_not_reached_through_ones_own(signed_in, person, hidden):
    own = factories.page("Own", by=person)
    note = EditNote.objects.filter(page=hidden).first()

    urls = [
        reverse("wiki:version", args=[own.pk, note.pk]),
        reverse("wiki:restore", args=[own.pk, note.pk]),
        reverse("wiki:compare", args=[own.pk]) + f"?old={note.pk}&new={note.pk}",
    ]

    assert [signed_in.get(url).status_code for url in urls] == [404] * 3


def test_opening_and_closing_a_community_opens_and_closes_its_pages(client, person, hidden, club):
    def change(visibility):
        club.visibility = visibility
        club.save()
        ledger.set_audience(community=club, now=NOW)
        sections.follow_visibility(community=club)

    client.force_login(person)
    change("open")
    opened = (client.get(hidden.address).status_code, PageViewRestriction.objects.count())
    change("secret")

    assert opened == (200, 0)
    assert (client.get(hidden.address).status_code, PageViewRestriction.objects.count()) == (404, 1)


def test_what_only_a_community_may_read_stays_there(client, member, club, person):
    source = (
        streams.entries(member)
        .filter(item__title=factories.page("Inside", by=member, community=club).title)
        .get()
    )

    with pytest.raises(writing.NarrowerSource):
        writing.create_page(user=member, title="Out", body="x", now=NOW, grew_from=source)
    assert promoting.seed(user=person, contribution_id=source.pk) is None
    client.force_login(person)
    assert client.get(f"/wiki/new/?from={source.pk}").status_code == 404
    client.force_login(member)
    client.post(f"/wiki/new/?from={source.pk}", {"title": "Kept inside", "body": "x", "topics": ""})
    assert WikiPage.objects.get(title="Kept inside").community == club


def test_a_source_the_reader_may_not_read_is_not_named(client, member, club, person):
    inside = factories.page(f"{CANARY} source", by=member, community=club)
    source = streams.entries(member).get(item__source_id=inside.pk)
    out = factories.page("Out", by=member)
    streams.Contribution.objects.filter(kind="page", source_id=out.pk).update(grew_from=source)

    client.force_login(person)

    assert re.findall(CANARY, client.get(out.address).content.decode()) == []


def test_moving_a_page_into_a_section_takes_its_readers_along(client, person, member, club):
    page = factories.page("Open", by=member, topics=[factories.topic("Ink")])
    child = factories.page("Child", by=member, parent=page)

    section = sections.section_of(community=club, now=NOW)
    Page.objects.get(pk=page.pk).specific.move(section, pos="last-child")

    moved = WikiPage.objects.get(pk=child.pk)
    client.force_login(person)
    assert (moved.community, moved.address) == (club, f"{section.address}open/child/")
    assert [client.get(p.address).status_code for p in (page, child, moved)] == [404] * 3
    assert streams.everything(user=person).entries == []
    assert {e.item.url for e in streams.everything(user=member).entries} == {
        f"{section.address}open/",
        moved.address,
    }


def test_an_unpublished_page_is_gone_and_comes_back(client, person):
    page = factories.page("Page", by=person, topics=[factories.topic("Ink")])
    client.force_login(person)

    WikiPage.objects.get(pk=page.pk).unpublish()
    gone = (client.get(page.address).status_code, streams.everything(user=person).entries)
    WikiPage.objects.get(pk=page.pk).latest_revision.publish()
    back = streams.everything(user=person).entries

    assert gone == (404, [])
    assert (client.get(page.address).status_code, [e.kind for e in back], len(back[0].topics)) == (
        200,
        ["page"],
        1,
    )


def test_deleting_a_page_withdraws_it_and_all_below(person):
    page = factories.page("Page", by=person)
    factories.page("Child", by=person, parent=page)

    WikiPage.objects.get(pk=page.pk).delete()

    assert streams.everything(user=person).entries == []
    assert WikiPage.objects.count() == 0
