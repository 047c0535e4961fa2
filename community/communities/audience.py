"""Who may read: the one rule, as queryset verbs.

`audience` is NULL for what all employees may read, else the community whose members may. Nobody is above it:
an administrator who is not a member reads nothing of a closed community here.
"""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q


def communities_of(user: Any) -> models.QuerySet:
    """Ids of the communities `user` is a member of, as a subquery."""
    membership = apps.get_model("communities", "Membership")
    return membership.objects.filter(user_id=user.pk).values("community_id")


def may_read(user: Any, *, field: str = "audience") -> Q:
    """The condition that `user` may read rows whose audience stands in `field`."""
    if not is_employee(user):
        return Q(pk__in=[])
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__in": communities_of(user)})


def is_employee(user: Any) -> bool:
    """Somebody signed in whose account is alive."""
    return bool(user is not None and user.is_authenticated and user.is_active)


class AudienceQuerySet(models.QuerySet):
    """For every model that has an `audience` column (or names another path in `audience_field`)."""

    audience_field = "audience"

    def visible_to(self, user: Any) -> Self:
        """Only what `user` may read; nothing for somebody who is not signed in."""
        return self.filter(may_read(user, field=self.audience_field))


class CommunityQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Communities that exist for `user`: all but the secret ones of others."""
        if not is_employee(user):
            return self.none()
        return self.filter(~Q(visibility="secret") | Q(pk__in=communities_of(user)))

    def readable_by(self, user: Any) -> Self:
        """Communities whose content `user` may read."""
        if not is_employee(user):
            return self.none()
        return self.filter(Q(visibility="open") | Q(pk__in=communities_of(user)))

    def of_member(self, user: Any) -> Self:
        return self.filter(pk__in=communities_of(user))
