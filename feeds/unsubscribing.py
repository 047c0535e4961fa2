"""Ending the digest from the mail itself: an address that works without signing in and never expires."""

from django.core import signing
from django.urls import reverse

from feeds.building import absolute
from profiles.models import User

_signer = signing.Signer(salt="feeds.digest.off")


def token_of(user: User) -> str:
    """The same for a person for ever, and nobody else can make it."""
    return _signer.sign(str(user.pk))


def address_of(user: User) -> str:
    return absolute(reverse("digest:unsubscribe", args=[token_of(user)]))


def person_of(token: str) -> User | None:
    """Whose address it is; None when nobody made it, or the person is gone."""
    try:
        pk = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.filter(pk=pk).first()


def turn(*, user: User, on: bool) -> None:
    """The digest comes, or does not. Twice changes nothing."""
    User.objects.filter(pk=user.pk).update(digest_on=on)
