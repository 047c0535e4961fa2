"""Showing where the words stand: pieces of plain text as safe HTML with `<mark>`.

The text is escaped first, always; no database marks anything, so both databases show the same.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LENGTH = 230
LOOKED_THROUGH = 20_000
SHORT = ENDING = 3
Span = tuple[int, int, str]


def marked(words: str, terms: Sequence[str]) -> SafeString:
    """The whole of `words`, with what matches in `<mark>`."""
    pieces, at = [], 0
    for start, end, _ in _matches(words, terms):
        pieces += [escape(words[at:start]), "<mark>", escape(words[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*pieces, escape(words[at:])]))  # noqa: S308 - every piece is escaped above


def snippet(body: str, terms: Sequence[str], *, length: int = LENGTH) -> SafeString:
    """The `length` or so characters of `body` where most different words of the question stand together."""
    words = body[:LOOKED_THROUGH].replace("\n", " ")
    start = _start(words, terms, length)
    end = min(len(words), start + length)
    if end < len(words):
        end = max(words.rfind(" ", start, end), start + length // 2)
    cut = words[start:end].strip()
    before, after = "… " if start else "", " …" if end < len(words) else ""
    return mark_safe(before + marked(cut, terms) + after)  # noqa: S308 - `marked` escapes


def _start(words: str, terms: Sequence[str], length: int) -> int:
    """Where to begin: at the word before the densest place."""
    spans = _matches(words, terms)
    if not spans or len(words) <= length:
        return 0
    best = max(range(len(spans)), key=lambda n: (_different(spans[n:], spans[n][0] + length * 2 // 3), -n))
    wanted = max(0, spans[best][0] - length // 4)
    return words.rfind(" ", 0, wanted) + 1 if wanted else 0


def _different(spans: Sequence[Span], until: int) -> int:
    return len({term for start, _, term in spans[:40] if start < until})


def _matches(words: str, terms: Sequence[str]) -> list[Span]:
    """`(start, end, term)` of every word that a term finds, left to right."""
    found = []
    for match in _candidates(tuple(terms)).finditer(words):
        word = match.group().casefold()
        term = next((term for term in terms if matches(word, term)), None)
        if term is not None:
            found.append((match.start(), match.end(), term))
    return found


@lru_cache(maxsize=64)
def _candidates(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Words that begin as one of the terms does: so that few words are looked at in Python."""
    begins = "|".join(re.escape(term[: _stem(term)]) for term in terms if term) or r"(?!)"
    return re.compile(rf"(?<![^\W_])(?:{begins})[^\W_]*", re.IGNORECASE)


def matches(word: str, term: str) -> bool:
    """Whether a reader sees `term` in `word`: it begins so, or they differ in their endings only."""
    if len(term) < SHORT:
        return word == term
    return word.startswith(term) or (word.startswith(term[: _stem(term)]) and len(word) <= len(term) + ENDING)


def _stem(term: str) -> int:
    """How many letters of the term must stand: all of a short one, of a long one all but an ending."""
    return min(len(term), max(SHORT + 1, len(term) - ENDING))
