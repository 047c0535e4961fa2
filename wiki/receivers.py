"""Wagtail's own signals end here, and one from below: what happened elsewhere is settled by the same verbs."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from community.communities.models import Community
from wiki import sections, telling
from wiki.models import WikiPage


@receiver(page_published, sender=WikiPage, dispatch_uid="wiki-page-published")
def published(sender: Any, instance: WikiPage, revision: Any, **kwargs: Any) -> None:
    telling.tell_published(page=instance, revision=revision, now=timezone.now())


@receiver(page_unpublished, sender=WikiPage, dispatch_uid="wiki-page-unpublished")
def unpublished(sender: Any, instance: WikiPage, **kwargs: Any) -> None:
    """Also sent before a published page is deleted."""
    telling.tell_gone(page_id=instance.pk, now=timezone.now())


@receiver(post_page_move, sender=WikiPage, dispatch_uid="wiki-page-moved")
def moved(sender: Any, instance: WikiPage, **kwargs: Any) -> None:
    sections.settle(page=WikiPage.objects.get(pk=instance.pk), now=timezone.now())


@receiver(page_slug_changed, sender=WikiPage, dispatch_uid="wiki-page-slug-changed")
def slug_changed(sender: Any, instance: WikiPage, **kwargs: Any) -> None:
    sections.settle(page=WikiPage.objects.get(pk=instance.pk), now=timezone.now())


@receiver(post_save, sender=Community, dispatch_uid="wiki-community-changed")
def community_changed(
    sender: Any, instance: Community, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """The community's room lies below and cannot know the wiki; its section's restrictions follow its visibility."""
    if not created and not raw:
        sections.follow_visibility(community=instance)
