from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKey(models.Model):
    """Which thing of the house a bundle's id became: loading again finds it instead of making it twice."""

    kind = models.CharField(max_length=20)  # unit, topic, role, person, community, page, thread, post
    source = models.CharField(max_length=420)
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("source id")
        verbose_name_plural = _("source ids")
        constraints = [models.UniqueConstraint(fields=["kind", "source"], name="source_once")]
        indexes = [models.Index(fields=["kind", "object_id"], name="source_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source}"


class DemoPerson(models.Model):
    """Somebody of the demo organisation to sign in as, and why one would."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    why = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("person of the demo")
        verbose_name_plural = _("people of the demo")

    def __str__(self) -> str:
        return str(self.user)
