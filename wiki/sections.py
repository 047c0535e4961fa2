"""The tree: its root, a section per community with the rights that follow, and what a move changes."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from community import text
from community.communities.models import Community
from community.contributions import ledger
from wiki.models import WikiIndex, WikiPage

MAY_IN_SECTION = ["add_page", "change_page", "publish_page"]
MAY_IN_COLLECTION = [
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
]
RESERVED = {"new"}  # addresses of the room itself
DEEPEST = 20
LONGEST_SLUG = 60


class TooDeep(ValueError):
    """The tree has an end: a page there can have no pages under it."""


def root() -> WikiIndex:
    """The index page. Made anew where a database lost what the migration laid."""
    return WikiIndex.objects.first() or _found()


def _found() -> WikiIndex:
    if not Locale.objects.exists():
        Locale.objects.create(language_code=settings.LANGUAGE_CODE)
    top = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    index = top.add_child(instance=WikiIndex(title="Wiki", slug="wiki"))
    Site.objects.get_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": index})
    return index


def free_slug(*, title: str, parent: Page) -> str:
    """An address part for a page of that title under `parent`; never empty, never taken."""

    def taken(slug: str) -> bool:
        return (parent.depth == 2 and slug in RESERVED) or parent.get_children().filter(slug=slug).exists()

    return text.unique_slug(title, taken, fallback="sida", length=LONGEST_SLUG)


def place(*, page: WikiPage, parent: WikiIndex | WikiPage) -> WikiPage:
    """Put a new page into the tree under `parent`, in the community of that place. TooDeep past the end of the tree."""
    held = Page.objects.select_for_update().get(pk=parent.pk)  # treebeard counts children in memory
    if held.depth >= DEEPEST:
        raise TooDeep
    # A secret community's address cannot be guessed, so no other page's address tells that it is taken.
    page.slug = free_slug(title=page.section_of.slug if page.section_of else page.title, parent=held)
    return held.add_child(instance=page)


def community_at(parent: Page) -> int | None:
    """Id of the community whose section `parent` is or lies in."""
    specific = parent.specific
    return specific.community_id if isinstance(specific, WikiPage) else None


@transaction.atomic
def section_of(*, community: Community, now: datetime) -> WikiPage:
    """The community's own part of the wiki, made when it is first needed, with the rights that follow its members."""
    held = WikiPage.objects.filter(section_of=community).first()
    if held is None:
        page = WikiPage(title=community.name, community=community, section_of=community)
        held = place(page=page, parent=root())
        revision = held.save_revision(log_action=False)
        WikiPage.objects.filter(pk=held.pk).update(
            live_revision=revision,
            has_unpublished_changes=False,
            first_published_at=now,
            last_published_at=now,
        )
        _open_to(community.group, held)
        follow_visibility(community=community)
        held.refresh_from_db()
    return held


def _open_to(group: Group, section: WikiPage) -> None:
    collection = _collection_of(group, section.title)
    for codename in MAY_IN_SECTION:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=group, page_id=section.pk, permission=permission)
    for permission in Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=MAY_IN_COLLECTION
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _collection_of(group: Group, name: str) -> Collection:
    """Where the images and files of the group's community lie: the one that its members may add to."""
    held = Collection.objects.filter(group_permissions__group=group).first()
    if held is not None:
        return held
    top = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return top.add_child(name=name)


@transaction.atomic
def follow_visibility(*, community: Community) -> None:
    """Let Wagtail's own restrictions say what the community's visibility says. Twice changes nothing more."""
    section = WikiPage.objects.filter(section_of=community).first()
    if section is None:
        return
    collection = _collection_of(community.group, section.title)
    for model, thing in (
        (PageViewRestriction, {"page_id": section.pk}),
        (CollectionViewRestriction, {"collection": collection}),
    ):
        if community.audience_id is None:
            model.objects.filter(**thing).delete()
        else:
            held, _ = model.objects.get_or_create(**thing, defaults={"restriction_type": model.GROUPS})
            held.groups.set([community.group])


@transaction.atomic
def settle(*, page: WikiPage, now: datetime) -> None:
    """After a page was moved or its address part changed: all below it gets the place's community and its new address."""
    community_id = page.community_id if page.section_of_id else community_at(page.get_parent())
    community = Community.objects.filter(pk=community_id).first() if community_id else None
    below = list(WikiPage.objects.within(page))
    WikiPage.objects.filter(pk__in=[p.pk for p in below]).update(community=community)
    for moved in below:
        if moved.community_id != community_id:
            ledger.move_item(kind="page", source_id=moved.pk, community=community, now=now)
        ledger.amend_item(kind="page", source_id=moved.pk, url=moved.get_absolute_url(), now=now)
