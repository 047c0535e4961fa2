"""The small markup that the demo's words are written in, turned into the body HTML of posts and pages.

One line is one paragraph. Lists (`- `, `1. `), quotes (`> `), headings (`## `, `### `), tables (`| a | b |`)
and fenced code are recognised by how their lines begin.
"""

import html
import re
from collections.abc import Callable
from itertools import groupby

INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\w)_([^_]+)_(?!\w)"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\(((?:page|thread|https):[^)\s]+)\)"), r'<a href="\2">\1</a>'),
)
BULLET, NUMBER, QUOTE = re.compile(r"^- "), re.compile(r"^\d+\. "), re.compile(r"^> ")


def inline(text: str) -> str:
    """One line's text as HTML, with its emphasis, code and links."""
    result = html.escape(text, quote=False)
    for pattern, replacement in INLINE:
        result = pattern.sub(replacement, result)
    return result


def _rows(lines: list[str], mark: re.Pattern[str], tag: str) -> str:
    return "".join(f"<{tag}>{inline(mark.sub('', line))}</{tag}>" for line in lines)


def _cells(line: str, tag: str) -> str:
    cells = line.strip().strip("|").split("|")
    return "<tr>" + "".join(f"<{tag}>{inline(cell.strip())}</{tag}>" for cell in cells) + "</tr>"


def _table(lines: list[str]) -> str:
    body = "".join(_cells(line, "td") for line in lines[1:])
    return f"<table><thead>{_cells(lines[0], 'th')}</thead><tbody>{body}</tbody></table>"


def _heading(level: int) -> Callable[[list[str]], str]:
    return lambda lines: "".join(f"<h{level}>{inline(line[level + 1 :])}</h{level}>" for line in lines)


BLOCKS: dict[str, Callable[[list[str]], str]] = {
    "code": lambda lines: "<pre><code>" + html.escape("\n".join(lines), quote=False) + "</code></pre>",
    "ul": lambda lines: f"<ul>{_rows(lines, BULLET, 'li')}</ul>",
    "ol": lambda lines: f"<ol>{_rows(lines, NUMBER, 'li')}</ol>",
    "quote": lambda lines: f"<blockquote>{_rows(lines, QUOTE, 'p')}</blockquote>",
    "table": _table,
    "h2": _heading(2),
    "h3": _heading(3),
    "p": lambda lines: "".join(f"<p>{inline(line)}</p>" for line in lines),
}


def _kind(line: str) -> str:
    starts = (("### ", "h3"), ("## ", "h2"), ("|", "table"), ("- ", "ul"), ("> ", "quote"), ("    ", "code"))
    for start, kind in starts:
        if line.startswith(start):
            return kind
    return "ol" if NUMBER.match(line) else "p"


def body(lines: list[str]) -> str:
    """The lines of one body as HTML; lines indented by four spaces are code."""
    written = [line for line in lines if line.strip()]
    blocks = groupby(written, key=_kind)
    return "".join(
        BLOCKS[kind]([line[4:] if kind == "code" else line for line in group]) for kind, group in blocks
    )
