"""The difference between two texts, rendered: what was added stands in `<ins>`, what was taken away in `<del>`.

Block by block first, then word by word inside a block that stayed but changed. Bounded: what is too long to compare by
words is shown as a block taken away and a block added.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape
from itertools import zip_longest

from lxml import etree
from lxml import html as lxml_html

from community import text

_TOKEN = re.compile(r"<[^>]*>|[^<\s]+|\s+")
_OPENING = re.compile(r"<(\w+)")
MOST_WORDS = 1_500_000  # old words times new words of one block
MOST_BLOCKS = 4_000
LIKENESS = 0.35  # below this, two blocks are two different things


def difference(old: str, new: str) -> str:
    """Safe HTML that shows how body `old` became body `new`. Anchors and other attributes of no meaning are left out."""
    before, after = blocks(old), blocks(new)
    if len(before) > MOST_BLOCKS or len(after) > MOST_BLOCKS:
        return _gone(before) + _added(after) if before != after else "".join(after)
    return "".join(_compared(before, after))


def blocks(html: str) -> list[str]:
    """The paragraphs, lists, tables and so on that a body consists of, each as well-formed HTML."""
    clean = text.prose(html)
    if not clean:
        return []
    found = []
    for part in lxml_html.fragments_fromstring(clean):
        if isinstance(part, str):
            found.append(escape(part, quote=False))
            continue
        tail, part.tail = part.tail, None
        found.append(etree.tostring(part, encoding="unicode", method="html"))
        found.append(escape(tail or "", quote=False))
    return [block for block in found if block.strip()]


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield from after[k:m]
        else:
            yield from _changed(before[i:j], after[k:m])


def _changed(gone: Sequence[str], added: Sequence[str]) -> Iterator[str]:
    """Blocks that changed, paired in their order; one that has no like is taken away or added as a whole."""
    for old, new in zip_longest(gone, added):
        worded = _words(old, new) if old and new and _kind(old) == _kind(new) else None
        if worded is not None:
            yield worded
            continue
        yield _gone([old] if old else [])
        yield _added([new] if new else [])


def _kind(block: str) -> str:
    match = _OPENING.match(block)
    return match.group(1) if match else ""


def _words(old: str, new: str) -> str | None:
    """`new` with the words that came and went marked; None when the two are too unlike or too long."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.real_quick_ratio() < LIKENESS or matcher.ratio() < LIKENESS:
        return None
    marked: list[str] = []
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            marked += after[k:m]
        else:
            marked.append(_mark("del", [word for word in before[i:j] if not word.startswith("<")]))
            marked += _around_tags(after[k:m])
    return "".join(marked)


def _around_tags(words: Sequence[str]) -> Iterator[str]:
    """`<ins>` around each run of words, with the tags between them left where they are: it stays well-formed."""
    run: list[str] = []
    for word in words:
        if word.startswith("<"):
            yield _mark("ins", run)
            yield word
            run = []
        else:
            run.append(word)
    yield _mark("ins", run)


def _mark(tag: str, words: Sequence[str]) -> str:
    said = "".join(words)
    return f"<{tag}>{said}</{tag}>" if said.strip() else said if tag == "ins" else ""


def _gone(found: Sequence[str]) -> str:
    return "".join(f"<del>{block}</del>" for block in found)


def _added(found: Sequence[str]) -> str:
    return "".join(f"<ins>{block}</ins>" for block in found)
