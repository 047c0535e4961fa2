"""Wagtail's admin beside the site: the same rules, the same ledger."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Collection, Page

from community.communities.models import Community
from community.contributions import streams
from community.contributions.models import Contribution
from community.organisation.models import JobRole, Unit
from community.topics.models import Topic
from profiles.models import Assignment, User
from tests import factories
from tests.factories import NOW
from wiki import sections, tasks
from wiki.models import EditNote, WikiPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    boss = factories.person("Boss", is_superuser=True, is_staff=True)
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    return client


def posted(title, body, **more):
    page = {"title": title, "body": body, "body_form": "html", "topics": "", "review_by": "", "slug": "page"}
    comments = {f"comments-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return page | comments | {"comments-MAX_NUM_FORMS": "", "action-publish": "1"} | more


@pytest.mark.parametrize(
    "name", ["all_topics", "all_units", "job_roles", "assignments", "all_communities", "wagtailusers_users"]
)
def test_every_list_opens_is_searched_and_has_a_form(admin, name):
    factories.community(steward=factories.person())
    factories.assigned(factories.person(), factories.role(required=(factories.topic(),)), factories.unit())

    statuses = [
        admin.get(reverse(f"{name}:index")).status_code,
        admin.get(reverse(f"{name}:index"), {"q": "Topic 1"}).status_code,
        admin.get(reverse(f"{name}:add")).status_code,
    ]

    assert statuses == [200, 200, 200]


def test_topic_is_made_and_renamed_with_its_words(admin):
    admin.post(reverse("all_topics:add"), {"name": "C++", "synonyms": "cpp\nc plus plus"})
    topic = Topic.objects.get()
    admin.post(reverse("all_topics:edit", args=[topic.pk]), {"name": "Cpp 20", "synonyms": "c plus plus"})
    refused = admin.post(reverse("all_topics:add"), {"name": "c plus plus"})

    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Cpp 20", "c-plus-plus")
    assert sorted(topic.aliases.values_list("name", flat=True)) == ["C++", "Cpp 20", "c plus plus"]
    assert (refused.status_code, Topic.objects.count()) == (200, 1)


def test_role_brings_its_topics_to_who_has_it(admin):
    worker, ink, paper = factories.person(), factories.topic("Ink"), factories.topic("Paper")
    admin.post(reverse("job_roles:add"), {"title": "Printer", "scheme": "local", "required": [ink.pk]})
    role = JobRole.objects.get()
    admin.post(
        reverse("assignments:add"),
        {"user": worker.pk, "role": role.pk, "share": 100, "starts_on": "2020-01-01"},
    )
    first = list(worker.subscriptions.values_list("topic__name", flat=True))
    admin.post(
        reverse("job_roles:edit", args=[role.pk]),
        {"title": "Printer", "scheme": "local", "useful": [paper.pk]},
    )
    second = list(worker.subscriptions.values_list("topic__name", flat=True))
    admin.post(reverse("assignments:delete", args=[Assignment.objects.get().pk]))

    assert (first, second, list(worker.subscriptions.all())) == (["Ink"], ["Paper"], [])


def test_closing_a_community_closes_its_pages(admin, client):
    club = factories.community("Club")
    page = factories.page(community=club)
    admin.post(reverse("all_communities:edit", args=[club.pk]), {"name": "Club", "visibility": "secret"})

    assert Community.objects.get().visibility == "secret"
    assert WikiPage.objects.visible_to(factories.person()).count() == 0
    assert Contribution.objects.get(kind="page", source_id=page.pk).audience == club
    assert sections.section_of(community=club, now=NOW).view_restrictions.count() == 1


def test_person_is_added_without_a_password_and_changed(admin):
    admin.post(reverse("wagtailusers_users:add"), {"email": "new@example.org", "name": "New"})
    made = User.objects.get(email="new@example.org")
    admin.post(
        reverse("wagtailusers_users:edit", args=[made.pk]),
        {"email": "new@example.org", "name": "Newer", "is_active": "on", "title": "Cook"},
    )

    assert (made.has_usable_password(), User.objects.get(pk=made.pk).name) == (False, "Newer")


def test_unit_is_added(admin):
    admin.post(reverse("all_units:add"), {"name": "Kitchen"})

    assert Unit.objects.get().name == "Kitchen"


def test_publishing_in_wagtails_editor_is_sanitised_and_told_once(admin):
    page = factories.page("Page", "<p>Site.</p>", topics=[factories.topic("Ink")])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    opened = admin.get(url)
    admin.post(url, posted("Page", "<h2>Editor</h2><script>x</script>", topics="Ink"))

    held = WikiPage.objects.get(pk=page.pk)
    assert (opened.status_code, held.body) == (200, '<h2 id="s-editor">Editor</h2>')
    assert list(Contribution.objects.order_by("pk").values_list("kind", flat=True)) == ["page", "edit"]
    assert EditNote.objects.filter(page=page).count() == 2


def test_page_made_in_wagtails_editor_is_told_when_it_is_published(admin):
    member = factories.person()
    club = factories.community(visibility="secret", members=(member,))
    section = sections.section_of(community=club, now=NOW)
    url = reverse("wagtailadmin_pages:add", args=["wiki", "wikipage", section.pk])

    draft = posted("Hidden", "<p>x</p>", slug="hidden")
    del draft["action-publish"]
    admin.post(url, draft)
    page = WikiPage.objects.get(title="Hidden")
    before = Contribution.objects.count()
    admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), posted("Hidden", "<p>x</p>", slug="hidden")
    )

    assert (page.live, page.community, before) == (False, club, 0)
    assert [e.item.title for e in streams.everything(user=member).entries] == ["Hidden"]
    assert streams.everything(user=factories.person()).entries == []


def test_changing_the_address_part_keeps_the_ledgers_address_true(admin, django_capture_on_commit_callbacks):
    page = factories.page("Page")
    child = factories.page("Child", parent=page)

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted("Page", "", slug="other"))

    assert streams.Contribution.objects.get(kind="page", source_id=child.pk).item.url == "/wiki/other/child/"


def test_steward_edits_the_own_section_and_meets_no_other(client):
    steward, other = factories.person("Steward"), factories.person()
    club = factories.community("Club", visibility="closed", steward=steward)
    secret = factories.community("Silverugglan", visibility="secret", members=(other,))
    mine = factories.page("Mine", by=steward, community=club)
    theirs = factories.page("Silverugglan page", by=other, community=secret)
    open_page = factories.page("Open")
    client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")

    doors = {
        page: client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code
        for page in (mine, theirs, open_page)
    }
    seen = [
        client.get(reverse("wagtailadmin_explore_root"), follow=True),
        client.get(reverse("wagtailadmin_choose_page"), follow=True),
        client.get(reverse("wagtailadmin_pages:search"), {"q": "Silverugglan"}),
    ]

    assert doors[mine] == 200
    assert 200 not in (doors[theirs], doors[open_page])
    assert [re.findall("Silverugglan page", answer.content.decode()) for answer in seen] == [[], [], []]


def test_steward_finds_nothing_of_others_behind_any_door_of_the_editor(client):
    steward, other = factories.person("Steward"), factories.person()
    factories.community("Club", steward=steward)
    secret = factories.community("Silverugglan", visibility="secret", members=(other,))
    hidden = factories.page("Silverugglan page", "<p>Silverugglan</p>", by=other, community=secret)
    first = factories.edited(hidden, "<p>Silverugglan 2</p>", by=other).revisions.order_by("pk").first()
    section = sections.section_of(community=secret, now=NOW)
    client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")

    doors = [
        f"/admin/pages/{hidden.pk}/{door}"
        for door in (
            "", "edit/", "history/", "view_draft/", "delete/", "unpublish/", "copy/", "move/", "usage/", "privacy/", "workflow/preview/1/",
            f"revisions/{first.pk}/view/", f"revisions/{first.pk}/revert/", f"revisions/compare/{first.pk}...latest/", "status/",
        )
    ]  # fmt: skip
    doors += [
        f"/admin/pages/{section.pk}/",
        f"/admin/choose-page/{section.pk}/",
        "/admin/choose-page/search/?q=Silverugglan",
    ]
    doors += [
        f"/admin/choose-page/chosen-multiple/?id={hidden.pk}",
        "/admin/pages/search/?q=Silverugglan",
        "/admin/",
    ]
    doors += [
        f"/admin/api/main/pages/{hidden.pk}/",
        "/admin/api/main/pages/?child_of=root",
        "/admin/reports/site-history/",
    ]
    doors += [
        "/admin/reports/aging-pages/",
        "/admin/reports/locked/",
        "/admin/pages/",
        "/admin/choose-page/?allow_external_link=1",
    ]
    answers = {door: client.get(door) for door in doors}

    told = [
        door
        for door, answer in answers.items()
        if "ugglan page" in answer.content.decode() or "ugglan 2" in answer.content.decode()
    ]
    assert told == []
    client.force_login(
        factories.person(is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert (
        client.get("/admin/choose-page/search/?q=Silverugglan").content.decode().count("Silverugglan page")
        > 0
    )
    assert [door for door, answer in answers.items() if answer.status_code == 500] == []


def test_member_publishes_but_neither_moves_nor_deletes():
    member, steward = factories.person(), factories.person()
    club = factories.community(members=(member,), steward=steward)
    page = factories.page(by=steward, community=club)
    section = sections.section_of(community=club, now=NOW)

    def may(user, page):
        rights = page.permissions_for_user(user)
        return [rights.can_publish(), rights.can_delete(), rights.can_move(), rights.can_unpublish()]

    assert may(member, page) == [True, False, False, False]
    assert may(steward, page) == [True, True, True, True]
    assert may(steward, section)[1:3] == [False, False]
    assert may(factories.person(), page) == [False, False, False, False]


def test_nobody_without_a_community_to_care_for_enters(signed_in):
    assert signed_in.get("/admin/").status_code == 302


def test_files_of_a_community_are_served_to_its_members_only(client):
    from django.core.files.base import ContentFile
    from wagtail.documents.models import Document

    member, outsider = factories.person(), factories.person()
    club = factories.community(visibility="secret", members=(member,))
    sections.section_of(community=club, now=NOW)
    collection = Collection.objects.get(
        group_permissions__group=club.group, group_permissions__permission__codename="add_document"
    )
    file = Document.objects.create(
        title="Plan", collection=collection, file=ContentFile(b"x", name="plan.txt")
    )

    statuses = []
    for user in (member, outsider):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        statuses.append(client.get(file.url).status_code)

    assert statuses == [200, 404]


def test_what_was_scheduled_is_published_and_told():
    page = factories.page("Page", "<p>Now.</p>")
    draft = WikiPage.objects.get(pk=page.pk)
    draft.body, draft.go_live_at = "<p>Later.</p>", NOW.replace(year=2020)
    revision = draft.save_revision()
    revision.approved_go_live_at = NOW.replace(year=2020)
    revision.save()

    tasks.publish_scheduled()

    assert WikiPage.objects.get(pk=page.pk).body == "<p>Later.</p>"
    assert Contribution.objects.get(kind="page").excerpt == "Later."


def test_a_copy_belongs_to_its_new_place():
    member = factories.person()
    club = factories.community(visibility="secret", members=(member,))
    page = factories.page("Page")

    copy = WikiPage.objects.get(pk=page.pk).copy(to=sections.section_of(community=club, now=NOW), user=member)

    assert WikiPage.objects.get(pk=copy.pk).community == club
    assert Page.objects.get(pk=copy.pk).specific.url == copy.address
