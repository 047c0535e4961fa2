"""Who of the demo walks through the house."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone, translation

PASSWORD = "nio gröna grindar"


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


def colleague(name: str) -> Any:
    """Somebody new in the demo, for one test: nobody else's story touches theirs."""
    from profiles.models import User

    return User.objects.create_user(f"{uuid4().hex}@example.org", PASSWORD, name=name)


def new_topic(word: str) -> Any:
    """A topic that only this test uses."""
    from community.topics import vocabulary

    return vocabulary.create_topic(name=f"{word} {uuid4().hex[:6]}")


def said(msgid: str) -> str:
    """The words of the house as its Swedish readers see them."""
    with translation.override("sv"):
        return translation.gettext(msgid)
