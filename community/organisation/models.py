"""The organisation as HR knows it: units in a tree, and job roles."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.text import LineField


class Unit(models.Model):
    """A part of the organisation. Roots have no parent; `tree.py` walks it."""

    name = LineField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint("parent", Lower("name"), name="unit_name_once_per_parent"),
            models.UniqueConstraint(
                Lower("name"), condition=Q(parent=None), name="unit_name_once_at_the_top"
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="unit_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class JobRole(models.Model):
    """A job role, and what whoever has it is expected to share."""

    class Scheme(models.TextChoices):
        AID = "AID", "AID"
        SSYK2012 = "SSYK2012", "SSYK 2012"
        ESCO = "ESCO", "ESCO"
        LOCAL = "local", _("local")

    title = LineField(_("title"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True, allow_unicode=True)
    scheme = models.CharField(_("code scheme"), max_length=10, choices=Scheme, default=Scheme.LOCAL)
    code = LineField(_("code"), max_length=80, blank=True)
    expects = models.TextField(_("what this role is expected to share"), blank=True)

    class Meta:
        verbose_name = _("job role")
        verbose_name_plural = _("job roles")
        constraints = [
            models.UniqueConstraint(Lower("title"), name="job_role_title_once"),
            models.UniqueConstraint(
                "scheme", "code", condition=~Q(code=""), name="job_role_code_once_per_scheme"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roles:page", args=[self.slug])
