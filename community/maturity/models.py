"""The filled table that pages read, and who is filling it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorValueQuerySet(models.QuerySet):
    def current(self) -> "IndicatorValueQuerySet":
        """The newest revision of each value."""
        return self.filter(superseded_at=None)


class IndicatorValue(models.Model):
    """One indicator for one group and one period. What a small group must not show is not even stored.

    `num` of `den` is the value. `lo` and `hi` are its Wilson interval. A final value never changes: a rebuild that comes
    to something else adds a revision and dates the old one.
    """

    class Scope(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        UNIT = "unit", _("unit")
        ROLE = "role", _("job role")

    class Hidden(models.TextChoices):
        NO = "", _("shown")
        SMALL = "small", _("too few people")
        REMAINDER = "remainder", _("would give away a small group beside it")
        ABOVE = "above", _("the unit above is not shown")
        OVERLAP = "overlap", _("would give away a small group together with another")

    indicator = models.CharField(max_length=8)
    definition_version = models.PositiveSmallIntegerField()
    scope_type = models.CharField(max_length=12, choices=Scope)
    scope_id = models.BigIntegerField(default=0)  # 0 is the organisation
    scope_name = models.CharField(max_length=255, blank=True)  # as it was called when it was filled
    parent_id = models.BigIntegerField(null=True)  # the unit above
    period_end = models.DateField()
    window = models.PositiveSmallIntegerField()  # days
    num = models.PositiveIntegerField(null=True)
    den = models.PositiveIntegerField(null=True)
    value = models.FloatField(null=True)
    lo = models.FloatField(null=True)
    hi = models.FloatField(null=True)
    n_people = models.PositiveIntegerField(null=True)
    suppressed_reason = models.CharField(max_length=10, choices=Hidden, blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    is_final = models.BooleanField(default=False)
    computed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "indicator",
                    "definition_version",
                    "scope_type",
                    "scope_id",
                    "period_end",
                    "window",
                    "revision",
                ],
                name="indicator_value_once",
            ),
            models.CheckConstraint(
                condition=models.Q(suppressed_reason="")
                | models.Q(num=None, den=None, value=None, n_people=None),
                name="what_is_hidden_is_not_stored",
            ),
        ]
        indexes = [
            models.Index(fields=["scope_type", "window", "period_end"], name="indicator_values_of_block")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.scope_type} {self.scope_id} {self.period_end}"


class Filling(models.Model):
    """One row: who is filling the table, and how far it is filled."""

    busy_until = models.DateTimeField(null=True)
    filled_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("filling of the figures")
        verbose_name_plural = _("fillings of the figures")

    def __str__(self) -> str:
        return f"{self.filled_to}"
