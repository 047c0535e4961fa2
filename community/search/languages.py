"""Guessing whether a text is Swedish or English, so that its words are stemmed right."""

import re

SWEDISH = frozenset(
    [
        "och",
        "att",
        "det",
        "som",
        "en",
        "är",
        "av",
        "för",
        "den",
        "till",
        "inte",
        "på",
        "med",
        "de",
        "om",
        "ett",
        "han",
        "men",
        "var",
        "jag",
        "vi",
        "har",
        "kan",
        "när",
        "vid",
        "hur",
        "så",
        "sig",
        "från",
        "eller",
        "ska",
        "här",
        "vad",
        "alla",
        "blir",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "to",
        "is",
        "that",
        "it",
        "you",
        "for",
        "was",
        "on",
        "are",
        "as",
        "with",
        "they",
        "at",
        "be",
        "this",
        "have",
        "from",
        "or",
        "by",
        "not",
        "but",
        "what",
        "all",
        "were",
        "we",
        "when",
        "your",
        "can",
        "there",
        "an",
        "how",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 2_000


def guess(words: str, *, otherwise: str = "sv") -> str:
    """`sv` or `en`, by the small words at the beginning of the text; `otherwise` when nothing tells."""
    seen = _WORD.findall(words[:ENOUGH].casefold())
    swedish = sum(word in SWEDISH or bool(set(word) & set("åäö")) for word in seen)
    english = sum(word in ENGLISH for word in seen)
    if swedish == english:
        return otherwise
    return "sv" if swedish > english else "en"


def is_small(word: str) -> bool:
    """A word that hardly narrows a search."""
    return word in SWEDISH or word in ENGLISH
