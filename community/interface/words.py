"""Things that pages count, so that "1 answer" and "2 answers" are right in every language."""

from django.utils.formats import number_format
from django.utils.translation import ngettext_lazy

COUNTED = {
    "answers": ngettext_lazy("%(n)s answer", "%(n)s answers", "number"),
    "replies": ngettext_lazy("%(n)s reply", "%(n)s replies", "number"),
    "thanks": ngettext_lazy("%(n)s thanks", "%(n)s thanks", "number"),
    "readers": ngettext_lazy("%(n)s has read", "%(n)s have read", "number"),
    "people": ngettext_lazy("%(n)s person", "%(n)s people", "number"),
    "members": ngettext_lazy("%(n)s member", "%(n)s members", "number"),
    "followers": ngettext_lazy("%(n)s follower", "%(n)s followers", "number"),
    "topics": ngettext_lazy("%(n)s topic", "%(n)s topics", "number"),
    "roles": ngettext_lazy("%(n)s job role", "%(n)s job roles", "number"),
    "communities": ngettext_lazy("%(n)s community", "%(n)s communities", "number"),
    "questions": ngettext_lazy("%(n)s question", "%(n)s questions", "number"),
    "threads": ngettext_lazy("%(n)s thread", "%(n)s threads", "number"),
    "pages": ngettext_lazy("%(n)s page", "%(n)s pages", "number"),
    "experiences": ngettext_lazy("%(n)s experience", "%(n)s experiences", "number"),
    "contributions": ngettext_lazy("%(n)s contribution", "%(n)s contributions", "number"),
    "versions": ngettext_lazy("%(n)s version", "%(n)s versions", "number"),
    "hits": ngettext_lazy("%(n)s hit", "%(n)s hits", "number"),
    "news": ngettext_lazy("%(n)s new", "%(n)s new", "number"),
    "days": ngettext_lazy("%(n)s day", "%(n)s days", "number"),
    "reading_days": ngettext_lazy("%(n)s reading day", "%(n)s reading days", "number"),
    "used": ngettext_lazy("used by %(n)s", "used by %(n)s", "number"),
}


def counted(*, number: int, noun: str) -> str:
    """The number with its noun in the form the number asks for. `noun` is a key of COUNTED."""
    return COUNTED[noun] % {"number": number, "n": number_format(number, force_grouping=True)}
