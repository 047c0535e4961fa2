"""Communities and who is in them."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.communities.audience import CommunityQuerySet
from community.text import LineField


class Community(models.Model):  # type: ignore[django-manager-missing]  # the plugin does not see Wagtail's managers
    """People around something they share. It owns an auth group, which Wagtail's permissions follow."""

    class Visibility(models.TextChoices):
        OPEN = "open", _("open")  # everybody reads, everybody joins
        CLOSED = "closed", _("closed")  # everybody sees that it is there, members read, one asks to join
        SECRET = "secret", _("secret")  # does not exist for others

    name = LineField(
        _("name"), max_length=100
    )  # told apart in membership.fair_name: a secret one blocks nobody's name
    slug = models.SlugField(max_length=110, unique=True, allow_unicode=True)
    description = models.TextField(_("what it is for"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=6, choices=Visibility, default=Visibility.OPEN)
    group = models.OneToOneField(Group, models.PROTECT, related_name="community")
    created_at = models.DateTimeField()
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="communities"
    )

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:hub", args=[self.slug])

    @property
    def audience_id(self) -> int | None:
        """What content in it carries: None when all employees may read, else this community."""
        return None if self.visibility == self.Visibility.OPEN else self.pk


class Membership(models.Model):
    """One person in one community."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        STEWARD = "steward", _("community steward")

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=7, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "community"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.community}"


class JoinRequest(models.Model):
    """Somebody asks to join a closed community. Gone when a steward has answered."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests")
    message = LineField(_("why I want to join"), max_length=300, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="join_request_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.community}"
