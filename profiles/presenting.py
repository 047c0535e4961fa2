"""How a person presents themself, and the rhythm they want to hear in."""

import secrets
from collections.abc import Iterable
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction

from community import text
from community.topics import vocabulary
from community.topics.models import Topic
from profiles.models import User
from profiles.pictures import portrait


@transaction.atomic
def present(
    *, user: User, name: str, title: str, bio: str, ask_about: Iterable[Topic], new_topics: Iterable[str] = ()
) -> None:
    """Name, title, a few lines and the topics to ask about; `new_topics` are made. ValueError without a name."""
    user.name, user.title = text.line(name)[:100], text.line(title)[:100]
    if not user.name:
        raise ValueError("a person has a name")
    user.bio = text.normalise(bio).strip()[:2000]
    user.save(update_fields=["name", "title", "bio"])
    user.ask_about.set(vocabulary.settle(topics=list(ask_about), new=new_topics))


def set_photo(*, user: User, upload: BinaryIO) -> None:
    """The person's new photo in place of the old one. Raises pictures.NotAPicture."""
    picture = portrait(upload)
    with transaction.atomic():
        _drop_after_commit(user)
        user.photo.save(f"{user.pk}-{secrets.token_hex(8)}.webp", ContentFile(picture), save=False)
        user.save(update_fields=["photo"])


@transaction.atomic
def remove_photo(*, user: User) -> None:
    """Initials again."""
    _drop_after_commit(user)
    user.photo = ""
    user.save(update_fields=["photo"])


def _drop_after_commit(user: User) -> None:
    old = user.photo.name
    if old:
        storage: Storage = user.photo.storage
        transaction.on_commit(lambda: storage.delete(old))


@transaction.atomic
def set_rhythm(
    *,
    user: User,
    language: str,
    time_zone: str,
    digest_on: bool,
    digest_weekday: int | None,
    digest_hour: int | None,
) -> None:
    """Language, time zone and when the digest comes; None and "" mean as the organisation has it.

    Raises ValidationError for a language, zone, day or hour that does not exist.
    """
    user.language, user.time_zone = language, time_zone
    user.digest_on, user.digest_weekday, user.digest_hour = digest_on, digest_weekday, digest_hour
    fields = ["language", "time_zone", "digest_on", "digest_weekday", "digest_hour"]
    kept = {field.name for field in User._meta.fields} - set(fields)  # noqa: SLF001 - the documented API
    user.full_clean(exclude=kept, validate_unique=False)
    user.save(update_fields=fields)
