"""A feed as bytes: Atom and RSS 2.0 by feedgen, JSON Feed 1.1 by hand, OPML for the reader's list."""

import json
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from feedgen.feed import FeedGenerator

from feeds.building import Entry, Feed, absolute, fit


def atom(feed: Feed) -> bytes:
    return _generated(feed, in_rss=False).atom_str()


def rss(feed: Feed) -> bytes:
    return _generated(feed, in_rss=True).rss_str()


def json_feed(feed: Feed) -> bytes:
    shown = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "description": feed.description,
        "language": feed.language,
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()


RENDERERS = {"atom": atom, "rss": rss, "json": json_feed}


def _json_item(entry: Entry) -> dict[str, Any]:
    author = {"name": entry.author} | ({"url": entry.author_url} if entry.author_url else {})
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [author],
        "tags": [topic.name for topic in entry.topics],
    }


def _generated(feed: Feed, *, in_rss: bool) -> FeedGenerator:
    made = FeedGenerator()
    made.load_extension("dc")
    made.id(feed.id)
    made.title(feed.title)
    made.subtitle(feed.description)
    made.description(feed.description)
    made.link(href=feed.feed_url, rel="self")  # RSS takes the last link as its own, so the page comes second
    made.link(href=feed.page_url, rel="alternate")
    made.language(feed.language)
    made.author(name=fit(settings.ORG_NAME))
    made.updated(feed.updated)  # feedgen would say "now", and every poll would look like news
    made.lastBuildDate(feed.updated)
    made.generator("Dela")
    made.icon(absolute("/static/img/favicon.svg"))
    for entry in feed.entries:
        _add(made, entry, in_rss=in_rss)
    return made


def _add(made: FeedGenerator, entry: Entry, *, in_rss: bool) -> None:
    row = made.add_entry(order="append")
    row.id(entry.id)
    row.guid(entry.id, permalink=False)
    row.title(entry.title)
    row.link(href=entry.url, rel="alternate")
    row.author(name=entry.author, uri=entry.author_url or None)
    row.dc.dc_creator(entry.author)  # RSS wants an address in its own author element
    row.published(entry.published)
    row.updated(entry.updated)
    if in_rss:
        row.description(entry.html)  # RSS reads it as HTML, so plain words have no business there
    else:
        row.summary(entry.summary or entry.title)
        row.content(entry.html, type="html")
    scheme = absolute("/topics/")
    row.category([{"term": topic.slug, "label": topic.name, "scheme": scheme} for topic in entry.topics])


def opml(*, title: str, feeds: Iterable[tuple[str, str, str]]) -> bytes:
    """An outline of (name, feed address, page address) that readers import."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = fit(title)
    body = ET.SubElement(root, "body")
    for name, feed_address, page in feeds:
        named = {
            "text": fit(name),
            "title": fit(name),
            "type": "rss",
            "xmlUrl": feed_address,
            "htmlUrl": page,
        }
        ET.SubElement(body, "outline", named)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)
