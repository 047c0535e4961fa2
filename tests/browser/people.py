"""Who of the demo walks through the house."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation


def send_digest(*, person: Any, now: datetime) -> None:
    """This week's digest in the words that the schedule would send."""
    from feeds import digests, letters

    with translation.override(letters.language_of(person)):
        digest = digests.upcoming(user=person, now=now)
        letters.letter(digest=digest, period=timezone.localdate(now)).send()


@dataclass(frozen=True)
class Cast:
    """People of the demo."""

    employee: Any
    steward: Any
    administrator: Any
    newcomer: Any


def cast() -> Cast:
    """By what they are in the demo, since their names are drawn."""
    from community.bundles.models import DemoPerson
    from community.communities.models import Membership

    people = [row.user for row in DemoPerson.objects.select_related("user").order_by("position")]
    closed = Membership.objects.filter(role="steward", community__visibility="closed").values("user")
    stewards = {row["user"] for row in closed}
    return Cast(
        employee=people[0],
        steward=next(person for person in people if person.pk in stewards),
        administrator=next(person for person in people if person.is_superuser),
        newcomer=next(person for person in people if not person.assignments.exclude(role=None).exists()),
    )
