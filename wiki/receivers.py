"""Wagtail's own signals end here: what its editor did is told to the ledger by the same verbs."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import (
    init_new_page,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from wiki import sections, telling
from wiki.models import WikiPage


@receiver(init_new_page, dispatch_uid="wiki-page-begun")
def page_begun(sender: Any, page: Any, parent: Any, **kwargs: Any) -> None:
    """A page begun in Wagtail's editor belongs to the community of its place from the first draft on."""
    if isinstance(page, WikiPage):
        page.community_id = sections.community_at(parent)


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
