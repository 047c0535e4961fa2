"""Anchors in a page's headings and the table of contents, made when the page is written."""

import re
from html import escape
from typing import NamedTuple

from django.utils.text import slugify

from community import text

_HEADING = re.compile(r"<(h[23])((?: [^<>]*)?)>(.*?)</\1>", re.DOTALL)
_OLD_ANCHOR = re.compile(r' id="[^"]*"')
LONGEST = 60


class Heading(NamedTuple):
    """One line of the table of contents. `level` is 2 or 3."""

    level: int
    anchor: str
    title: str


def anchored(html: str) -> tuple[str, list[Heading]]:
    """`html` (as `text.prose` gives it) with an id on each heading that says something, and those headings.

    The id follows from the words, so it stays when the text around it changes. Twice changes nothing more.
    """
    found: list[Heading] = []
    taken: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        tag, attributes, inner = match.groups()
        attributes = _OLD_ANCHOR.sub("", attributes)
        title = text.line(text.plain(inner).replace("\n", " "))
        if not title:
            return f"<{tag}{attributes}>{inner}</{tag}>"
        anchor = _anchor(title, taken)
        taken.add(anchor)
        found.append(Heading(int(tag[1]), anchor, title[:200]))
        return f'<{tag}{attributes} id="{escape(anchor)}">{inner}</{tag}>'

    return _HEADING.sub(mark, html), found


def _anchor(title: str, taken: set[str]) -> str:
    """`s-` and the words: the prefix keeps a heading called "Main" from taking the id of a part of the house."""
    stem = "s-" + (slugify(title, allow_unicode=True)[:LONGEST].strip("-_") or "del")
    anchor, n = stem, 1
    while anchor in taken:
        n += 1
        anchor = f"{stem}-{n}"
    return anchor


def written(html: str) -> tuple[str, list[Heading]]:
    """What is stored of a body somebody wrote: sanitised, with its anchors; and its headings."""
    return anchored(text.prose(html))
