"""Who may enter Wagtail's editor: administrators, and the stewards of a community for its own section."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from community.communities.models import Membership

ENTER = "wagtailadmin.access_admin"


class StewardBackend(BaseBackend):
    """The door follows from being a steward; nothing is stored that could be forgotten. One query a person and request."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if perm != ENTER or not user_obj.is_active:
            return False
        if not hasattr(user_obj, "_stewards_something"):
            held = Membership.objects.filter(user_id=user_obj.pk, role=Membership.Role.STEWARD)
            user_obj._stewards_something = held.exists()  # noqa: SLF001  kept as Django keeps its own permissions
        return user_obj._stewards_something  # noqa: SLF001
