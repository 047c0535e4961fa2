"""What the flows remember: feed addresses, digests sent, notices given, and the worker's heartbeat."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.communities.models import Community
from community.contributions.models import Contribution
from community.organisation.models import JobRole
from community.topics.models import Topic


class FeedToken(models.Model):
    """A secret address of one feed for one person's reader. Only the hash of the secret is kept."""

    class Form(models.TextChoices):
        FLOW = "flow", _("my flow")
        EVERYTHING = "everything", _("everything")
        TOPIC = "topic", _("topic")
        COMMUNITY = "community", _("community")
        ROLE = "role", _("job role")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_tokens")
    form = models.CharField(max_length=10, choices=Form)
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    role = models.ForeignKey(JobRole, models.CASCADE, null=True, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    reader = models.CharField(max_length=120, blank=True)  # what the reader calls itself
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("feed address")
        verbose_name_plural = _("feed addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=["flow", "everything"], topic=None, community=None, role=None)
                | Q(form="topic", topic__isnull=False, community=None, role=None)
                | Q(form="community", topic=None, community__isnull=False, role=None)
                | Q(form="role", topic=None, community=None, role__isnull=False),
                name="feed_token_has_its_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.form}"

    @property
    def target(self) -> Topic | Community | JobRole | None:
        """What the feed is about; None for the person's own flow and for everything."""
        return self.topic or self.community or self.role


class DigestDelivery(models.Model):
    """One person's digest of one week: planned once, sent once, whatever is retried."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("not needed")
        FAILED = "failed", _("failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    period = models.DateField()  # the Monday of the person's week
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    reason = models.CharField(max_length=200, blank=True)  # why skipped or failed
    due_at = models.DateTimeField()
    try_at = models.DateTimeField()  # not before this moment
    lease_until = models.DateTimeField(null=True)  # while being sent: whoever claimed it is dead after this
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200, blank=True)
    items = models.JSONField(
        default=dict
    )  # {"shown": {section: [contribution ids]}, "thanks": {item id: count}}
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "period"], name="digest_once")]
        indexes = [
            models.Index(
                fields=["try_at"], name="digest_open", condition=Q(state__in=["pending", "sending"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.period}"


class Notice(models.Model):
    """One person is told of one contribution at once. Written and counted by `notices.py`."""

    class Reason(models.TextChoices):
        ANSWERED = "answered", _("somebody answered you")
        WATCHED = "watched", _("you watch this")
        TOPIC = "topic", _("you watch the topic")
        COMMUNITY = "community", _("you watch the community")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="notices")
    reason = models.CharField(max_length=9, choices=Reason)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["user", "contribution"], name="notice_once")]
        indexes = [models.Index(fields=["user", "-created_at", "-id"], name="notice_newest")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.contribution_id}"

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class Heartbeat(models.Model):
    """When a part of the house was last seen alive."""

    name = models.CharField(max_length=20, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
