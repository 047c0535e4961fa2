"""People, what they work as, and what they follow."""

import zoneinfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.communities.models import Community
from community.contributions.models import ContentItem
from community.organisation.models import JobRole, Unit
from community.text import LineField
from community.topics.models import Topic


def known_time_zone(value: str) -> None:
    """ValidationError unless `value` is a name of the IANA time zone database."""
    if value and value not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone of that name."))


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: object) -> "UserQuerySet":
        """The people `user` may meet in the directory: living accounts, for whoever is an employee."""
        if not (getattr(user, "is_authenticated", False) and getattr(user, "is_active", False)):
            return self.none()
        return self.filter(is_active=True)


_Manager = BaseUserManager.from_queryset(UserQuerySet)


class UserManager(_Manager["User"]):
    def create_user(self, email: str, password: str | None = None, **facts: object) -> "User":
        """A person. Without a password they can only sign in after a reset by mail."""
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **facts: object) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **facts})


class User(AbstractBaseUser, PermissionsMixin):
    """An employee. Signs in by e-mail; what others see is the name, title, photo, bio and topics to ask about."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = LineField(_("name"), max_length=100)
    title = LineField(_("title"), max_length=100, blank=True)
    photo = models.ImageField(_("photo"), upload_to="photos", blank=True)
    bio = models.TextField(_("about me"), max_length=2000, blank=True)
    ask_about = models.ManyToManyField(
        Topic, blank=True, related_name="experts", verbose_name=_("ask me about")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, validators=[known_time_zone])
    digest_on = models.BooleanField(_("weekly digest"), default=True)
    digest_weekday = models.PositiveSmallIntegerField(_("day of the digest"), null=True, blank=True)
    digest_hour = models.PositiveSmallIntegerField(_("hour of the digest"), null=True, blank=True)
    flow_seen_at = models.DateTimeField(null=True, editable=False)  # what is newer is new in my flow
    unread_notices = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    first_name = last_name = ""  # asked for by Wagtail's admin; Dela has one name

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_once"),
            models.CheckConstraint(
                condition=Q(digest_weekday__lte=6) | Q(digest_weekday=None), name="digest_weekday_real"
            ),
            models.CheckConstraint(
                condition=Q(digest_hour__lte=23) | Q(digest_hour=None), name="digest_hour_real"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def get_absolute_url(self) -> str:
        return reverse("people:profile", args=[self.pk])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The person's time zone, else the organisation's."""
        return zoneinfo.ZoneInfo(self.time_zone or settings.TIME_ZONE)


class AssignmentQuerySet(models.QuerySet):
    def at(self, day: object) -> "AssignmentQuerySet":
        """Those in force on `day` (a date): periods are half-open."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


class Assignment(models.Model):
    """A job role and unit that a person has from a day (included) to a day (not included)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name=_("person"))
    role = models.ForeignKey(
        JobRole, models.PROTECT, related_name="assignments", verbose_name=_("job role"), null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="assignments", verbose_name=_("unit"), null=True, blank=True
    )
    share = models.PositiveSmallIntegerField(
        _("share of full time, %"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to (not included)"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="assignment_has_length"
            ),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="assignment_share_real"),
            models.UniqueConstraint(fields=["user", "role", "unit", "starts_on"], name="assignment_once"),
        ]
        indexes = [models.Index(fields=["user", "starts_on"], name="assignment_of_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class SubscriptionQuerySet(models.QuerySet):
    def in_flow(self) -> "SubscriptionQuerySet":
        """What feeds the person's flow: watched and followed, not muted."""
        return self.exclude(level=Subscription.Level.MUTE)


class Subscription(models.Model):
    """One thing a person follows: a topic, a community or an item; why, and how closely."""

    class Level(models.TextChoices):
        WATCH = "watch", _("watch")  # told at once
        FOLLOW = "follow", _("follow")  # in the flow and the digest
        MUTE = "mute", _("mute")  # neither

    class Origin(models.TextChoices):
        ROLE = "role", _("your job role")
        COMMUNITY = "community", _("your community")
        OWN = "own", _("your own choice")
        PARTICIPATION = "participation", _("you took part")

    user = models.ForeignKey(User, models.CASCADE, related_name="subscriptions")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="subscriptions")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="subscriptions")
    item = models.ForeignKey(ContentItem, models.CASCADE, null=True, related_name="subscriptions")
    level = models.CharField(max_length=6, choices=Level, default=Level.FOLLOW)
    origin = models.CharField(max_length=13, choices=Origin)
    role = models.ForeignKey(
        JobRole, models.SET_NULL, null=True, related_name="+"
    )  # the role that brought it
    role_level = models.CharField(max_length=8, blank=True)  # RoleTopic.Level of that role
    seen_at = models.DateTimeField(null=True)  # when the person last looked at it; what is newer is unread
    created_at = models.DateTimeField()
    unread: int  # put on by `flows.subscriptions_of`

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="topic_followed_once"),
            models.UniqueConstraint(fields=["user", "community"], name="community_followed_once"),
            models.UniqueConstraint(fields=["user", "item"], name="item_followed_once"),
            models.CheckConstraint(
                condition=Q(topic__isnull=False, community=None, item=None)
                | Q(topic=None, community__isnull=False, item=None)
                | Q(topic=None, community=None, item__isnull=False),
                name="subscription_has_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.level}"
