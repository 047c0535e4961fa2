"""The ledger's tables. `ledger.py` writes them, `streams.py` and `readings.py` read them; nobody else does."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.communities.audience import AudienceQuerySet
from community.communities.models import Community
from community.organisation.models import JobRole, Unit
from community.topics.models import Topic


class ContentItemQuerySet(AudienceQuerySet):
    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).filter(withdrawn_at=None)


class ContentItem(models.Model):
    """A thing with an address that one follows, reads, links to and finds: a thread, a page."""

    kind = models.CharField(max_length=20)  # "thread", "page"
    source_id = models.BigIntegerField()
    form = models.CharField(max_length=20)  # how people call it: question, discussion, experience, page
    state = models.CharField(max_length=20, blank=True)  # "", "solved"
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="items")
    audience = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+")
    contributions_count = models.PositiveIntegerField(default=0)
    thanks_count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    latest_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ContentItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("content item")
        verbose_name_plural = _("content items")
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="item_once")]
        indexes = [models.Index(fields=["kind", "-latest_at", "-id"], name="item_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url


class ContributionQuerySet(AudienceQuerySet):
    def current(self) -> Self:
        """What has not been taken back."""
        return self.filter(withdrawn_at=None)


class Contribution(models.Model):
    """One thing somebody gave: a question, an answer, a reply, an experience, a page, an edit worth telling."""

    item = models.ForeignKey(ContentItem, models.PROTECT, related_name="contributions", db_index=False)
    kind = models.CharField(max_length=20)  # a registered `Kind`
    source_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="contributions", db_index=False
    )
    actor_role = models.ForeignKey(JobRole, models.SET_NULL, null=True, related_name="+")
    actor_unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, related_name="contributions", db_index=False
    )
    audience = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+")
    excerpt = models.CharField(max_length=300, blank=True)
    anchor = models.CharField(max_length=60, blank=True)  # "#post-12", without the item's url
    teaches = models.BooleanField()  # counts as teaching for the person who gave it, see measures.md 2.1
    imported = models.BooleanField(
        default=False
    )  # came with a bundle: shown and found, never counted as initiative, and nobody is told of it
    grew_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="grown", db_index=False)
    occurred_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    # What `streams.py` puts on an entry.
    topics_json: list[list[Any]]
    topics: list[Any]
    others: int

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="told_once")]
        indexes = [
            models.Index(fields=["item", "-occurred_at", "-id"], name="contribution_of_item"),
            models.Index(fields=["community", "-occurred_at", "-id"], name="contribution_of_community"),
            models.Index(fields=["actor", "-occurred_at", "-id"], name="contribution_of_person"),
            models.Index(fields=["-occurred_at", "-id"], name="contribution_newest"),
            # Few contributions grew from another: a full index would look useless to SQLite's planner.
            models.Index(
                fields=["grew_from"], name="contribution_grown", condition=Q(grew_from__isnull=False)
            ),
            models.Index(fields=["id"], name="contribution_undelivered", condition=Q(delivered_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"

    def get_absolute_url(self) -> str:
        return f"{self.item.url}{self.anchor}"


class ContributionTopic(models.Model):
    """A contribution under a topic. Carries the time and audience, so that a topic's stream is one index read."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="contribution_topics", db_index=False)
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="topic_links")
    occurred_at = models.DateTimeField()
    audience = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution under a topic")
        verbose_name_plural = _("contributions under topics")
        constraints = [
            models.UniqueConstraint(fields=["topic", "contribution"], name="contribution_topic_once")
        ]
        indexes = [
            models.Index(fields=["topic", "-occurred_at", "-contribution", "audience"], name="topic_stream"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.contribution_id}"


class Reading(models.Model):
    """How far one person has read one item. Seen by that person only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="readings")
    seen_at = models.DateTimeField()
    position = models.PositiveIntegerField(default=0)  # the furthest post read; only moves forward

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [models.UniqueConstraint(fields=["user", "item"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.item_id}"


class ReadingDay(models.Model):
    """That a person read something on a day; which things is not kept here. Pruned after 400 days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_days")
    day = models.DateField()
    items = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("day of reading")
        verbose_name_plural = _("days of reading")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="reading_day_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.day}"
