"""Entries of a stream as pages show them: one way of saying what it is, whoever reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from community.contributions import kinds
from community.contributions.models import ContentItem, Contribution
from community.interface.words import counted

TONES = {"yes": "yes", "care": "care"}  # every other tone of a kind is the house's own accent


@dataclass
class Shown:
    """What `house/stream_item.html` asks for."""

    title: str
    url: str
    person: Any
    kind_label: str
    tone: str
    when: datetime
    facts: list[str] = field(default_factory=list)
    excerpt: str = ""
    topics: list[Any] = field(default_factory=list)
    reason: str = ""
    unread: bool = False


def show(
    entries: Iterable[Contribution],
    *,
    why: Callable[[Contribution], str] | None = None,
    seen_at: datetime | None = None,
) -> list[Shown]:
    """The entries in their order; `why` gives each its reason, what is newer than `seen_at` is unread."""
    return [_shown(entry, why, seen_at) for entry in entries]


def _shown(entry: Contribution, why: Callable[[Contribution], str] | None, seen_at: datetime | None) -> Shown:
    label, tone = kind_of(entry)
    return Shown(
        title=entry.item.title,
        url=entry.get_absolute_url(),
        person=entry.actor,
        kind_label=label,
        tone=tone,
        when=entry.occurred_at,
        facts=facts_of(entry.item),
        excerpt=entry.excerpt,
        topics=entry.topics,
        reason=why(entry) if why else "",
        unread=seen_at is not None and entry.occurred_at > seen_at,
    )


def kind_of(entry: Contribution) -> tuple[str, str]:
    """`(words, tone)` for what was given; whatever was given to a solved question is told as that."""
    if entry.item.state == "solved":
        return _("Solved question"), "yes"
    kind = kinds.known(entry.kind)
    return (capfirst(str(kind.label)), TONES.get(kind.tone, "accent")) if kind else ("", "accent")


def facts_of(item: ContentItem) -> list[str]:
    """ "4 answers", "12 thanks": only what there is."""
    noun = {"question": "answers", "page": ""}.get(item.form, "replies")
    given = item.contributions_count - 1 if noun else 0
    told = [counted(number=given, noun=noun)] if given > 0 else []
    return told + ([counted(number=item.thanks_count, noun="thanks")] if item.thanks_count > 0 else [])
