"""One vocabulary for wiki, forum, feeds and job roles."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from community.organisation.models import JobRole


class TopicQuerySet(models.QuerySet):
    def current(self) -> "TopicQuerySet":
        """Topics that may be used for something new."""
        return self.filter(archived_at=None)


class Topic(TagBase):
    """A term of the vocabulary. Its name is what people type; aliases lead here (`vocabulary.py`)."""

    description = models.TextField(_("description"), blank=True)
    broader = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader topic"),
    )
    stewards = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="stewarded_topics",
        verbose_name=_("topic stewards"),
    )
    roles = models.ManyToManyField(JobRole, through="RoleTopic", related_name="topics")
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = TopicQuerySet.as_manager()
    free_tagging = False

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="topic_name_once"),
            models.CheckConstraint(condition=~Q(broader=F("pk")), name="topic_not_its_own_broader"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("topics:hub", args=[self.slug])


class TopicAlias(models.Model):
    """Another word for a topic: what people type, and old names and addresses after a rename or merge."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=100)
    key = models.CharField(max_length=100, unique=True, editable=False)  # text.key(name)
    slug = models.SlugField(max_length=100, blank=True, allow_unicode=True, db_index=True)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.name


class RoleTopic(models.Model):
    """A topic that a job role needs. It becomes a subscription of everyone who has the role."""

    class Level(models.TextChoices):
        REQUIRED = "required", _("required")
        USEFUL = "useful", _("useful")

    role = models.ForeignKey(JobRole, models.CASCADE, related_name="role_topics", verbose_name=_("job role"))
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="role_topics", verbose_name=_("topic"))
    level = models.CharField(_("level"), max_length=8, choices=Level, default=Level.USEFUL)

    class Meta:
        verbose_name = _("topic of the role")
        verbose_name_plural = _("topics of the role")
        constraints = [models.UniqueConstraint(fields=["role", "topic"], name="topic_once_per_role")]

    def __str__(self) -> str:
        return f"{self.role}: {self.topic}"


class TopicLink(ItemBase):
    """Ties one thing of a room to a topic. A room subclasses it with a real `content_object` key."""

    tag = models.ForeignKey(Topic, models.CASCADE, related_name="%(app_label)s_%(class)s_items")

    class Meta:
        abstract = True
