"""What one searches in: one row per contribution that has words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.communities.audience import AudienceQuerySet
from community.communities.models import Community
from community.contributions.models import ContentItem, Contribution


class SearchDocument(models.Model):
    """The words of one contribution. `indexing.py` keeps it; the full-text index beside it is the database's own work.

    Only the contribution that opened an item carries the title: a thread of thousands of replies is found by its title once.
    """

    class Language(models.TextChoices):
        SWEDISH = "sv", _("Swedish")
        ENGLISH = "en", _("English")

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="search_document")
    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="search_documents")
    kind = models.CharField(max_length=20)  # of the contribution
    form = models.CharField(max_length=20)  # of the item: question, discussion, experience, page
    solved = models.BooleanField(default=False)
    title = models.CharField(max_length=255, blank=True)
    body = models.TextField(blank=True)  # plain words
    language = models.CharField(max_length=2, choices=Language)
    audience = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    occurred_at = models.DateTimeField()

    objects = AudienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes = [models.Index(fields=["-occurred_at", "-id"], name="search_newest")]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.contribution_id}"
