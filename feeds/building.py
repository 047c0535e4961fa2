"""The one builder of feeds: what every format shows, in plain text and safe HTML, with absolute addresses."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.contributions import kinds
from community.contributions.models import Contribution
from community.contributions.streams import TopicName
from feeds.sources import Source

FORMATS = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
FORM = "1"  # raise it when the shape of feeds changes, so that readers fetch anew
_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
_LINKING = re.compile(r'<(?:a|img)\b(?:[^>"]|"[^"]*")*>')
_ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')


@dataclass(frozen=True)
class Entry:
    """One entry as every format shows it."""

    id: str
    title: str
    url: str
    author: str
    author_url: str
    published: datetime
    updated: datetime
    topics: list[TopicName]
    html: str
    summary: str


@dataclass(frozen=True)
class Feed:
    """A feed as every format shows it."""

    id: str
    title: str
    description: str
    page_url: str
    feed_url: str
    language: str
    updated: datetime
    entries: list[Entry]


def fit(words: str) -> str:
    """`words` without what would break an XML document."""
    return _UNFIT.sub("", words)


def absolute(path: str) -> str:
    """An address that works from anywhere."""
    return urljoin(f"{settings.BASE_URL}/", quote(path, safe="/:?&=#%+@,;~()!*'"))


def tag(specific: str) -> str:
    """An id that stays the same for ever, in every feed."""
    return f"tag:{urlsplit(settings.BASE_URL).hostname},2026:{specific}"


def titled(entry: Contribution) -> str:
    """The entry's title with its kind in words: "Question: …", "Answer to: …"."""
    title, label = entry.item.title, capfirst(str(kinds.kind(entry.kind).label))
    if entry.kind == entry.item.form:
        return f"{label}: {title}"
    patterns = {
        "answer": _("Answer to: %(title)s"),
        "reply": _("Reply to: %(title)s"),
        "edit": _("Changed: %(title)s"),
    }
    return patterns[entry.kind] % {"title": title} if entry.kind in patterns else f"{label}: {title}"


def feed_url(source: Source, form: str) -> str:
    """The address of the feed for somebody signed in. Never the secret one: a feed is passed on too easily."""
    return absolute(path_of(source, form))


def path_of(source: Source, form: str, secret: str = "") -> str:
    """The path of the feed; with `secret` the one for a reader."""
    named = {"form": source.form, "suffix": form}
    named |= {"slug": source.target.slug} if source.target is not None else {}
    return (
        reverse("feeds:by_token", kwargs={**named, "token": secret})
        if secret
        else reverse("feeds:feed", kwargs=named)
    )


def etag(source: Source, form: str, found: Iterable[Contribution]) -> str:
    """Changes when anything in the feed does; computed before anything is built."""
    facts = [FORM, form, source.key, source.name, str(get_language()), settings.BASE_URL]
    facts += [f"{entry.pk}@{entry.changed_at.timestamp()}" for entry in found]
    return f'"{hashlib.sha256(chr(10).join(facts).encode()).hexdigest()[:32]}"'


def changed_at(source: Source, found: Iterable[Contribution]) -> datetime:
    """The newest change of what the feed shows; of an empty feed when the person came."""
    return max((entry.changed_at for entry in found), default=source.user.date_joined)


def http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def build(source: Source, form: str, found: list[Contribution]) -> Feed:
    """The whole feed; one query per room that has an entry in it, for the bodies."""
    bodies = kinds.bodies((entry.kind, entry.source_id) for entry in found)
    return Feed(
        id=tag(f"feed/{source.key}"),
        title=fit(f"{source.name} · {settings.ORG_NAME}"),
        description=fit(_("The newest in %(name)s") % {"name": source.name}),
        page_url=absolute(source.page),
        feed_url=feed_url(source, form),
        language=str(get_language()),
        updated=changed_at(source, found),
        entries=[_entry(entry, bodies[entry.kind, entry.source_id]) for entry in found],
    )


def _entry(entry: Contribution, body: str) -> Entry:
    url = absolute(entry.get_absolute_url())
    actor = entry.actor if entry.actor_id else None
    return Entry(
        id=tag(f"{entry.kind}/{entry.source_id}"),
        title=fit(titled(entry)),
        url=url,
        author=fit(actor.name if actor else _("Former employee")),
        author_url=absolute(actor.get_absolute_url()) if actor else "",
        published=entry.occurred_at,
        updated=max(entry.changed_at, entry.occurred_at),
        topics=[TopicName(topic.pk, fit(topic.name), topic.slug) for topic in entry.topics],
        html=fit(rooted(body or f"<p>{escape(entry.excerpt)}</p>", url)),
        summary=fit(entry.excerpt),
    )


def rooted(html: str, page: str) -> str:
    """`html` with its relative links and images made absolute, seen from `page`."""

    def address(match: re.Match[str]) -> str:
        return f'{match[1]}="{escape(urljoin(page, unescape(match[2])))}"'

    return _LINKING.sub(lambda match: _ADDRESS.sub(address, match[0]), html)
