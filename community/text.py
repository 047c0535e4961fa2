"""The one normaliser and the one sanitiser. Text passes here where it enters: form, import, API.

`line` and `prose` never raise on anything a person can type.
"""

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import nh3
from django.db import models
from django.utils.text import slugify

# C0 and C1 controls except tab and newline, surrogates, noncharacters, and what turns the direction of text.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\uffa0]"
)
_MANY_MARKS = re.compile(
    r"([\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]{4})[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]+"
)

TAGS = frozenset(
    [
        "p",
        "br",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "strong",
        "em",
        "s",
        "u",
        "code",
        "pre",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "img",
        "sub",
        "sup",
        "figure",
        "figcaption",
    ]
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "code": {"class"},
    "*": {"lang", "dir"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_OWN_IMAGE = re.compile(r"^/(images|media/images|documents)/(?!.*\.\.)[\w./-]+$")
_CODE_LANGUAGE = re.compile(r"^language-[a-z0-9+#-]{1,30}$")
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|tr|pre|blockquote|td|th|figcaption)>|<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])\b[^>]*>.*?</h\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def normalise(text: str) -> str:
    """NFC without control characters, surrogates, noncharacters, direction overrides or towers of marks."""
    text = _UNWANTED.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(r"\1", text))


def line(text: str) -> str:
    """One line for titles and names: normalised, white space folded; "" when nothing of it can be seen."""
    folded = " ".join(normalise(text).split())
    return folded if _INVISIBLE.sub("", folded).strip() else ""


def key(name: str) -> str:
    """What two names share that people would call the same: compatibility-folded, caseless, invisible marks gone."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", line(name))).casefold().strip()


def prose(html: str) -> str:
    """Body HTML that is safe to store, show, mail and feed: the tags in `TAGS`, own images, links without tricks."""
    clean = nh3.clean(
        normalise(html),
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept_attribute,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
        clean_content_tags={
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "noscript",
            "template",
            "title",
            "xmp",
        },
    )
    return clean.strip()


def _kept_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if _OWN_IMAGE.match(value) else None
    if tag == "a" and name == "href":
        return value if _fair_link(value) else None
    if tag == "code" and name == "class":
        return value if _CODE_LANGUAGE.match(value) else None
    if name in {"colspan", "rowspan", "start", "width", "height"}:
        return value if value.isdecimal() and len(value) < 5 else None
    return value


def _fair_link(href: str) -> bool:
    squeezed = re.sub(r"[\s\x00-\x20\\]", "", href)
    if squeezed.startswith("//"):
        return False
    try:
        scheme = urlsplit(squeezed).scheme
    except ValueError:
        return False
    return scheme in _SCHEMES or (not scheme and "\\" not in href)


def plain(html: str) -> str:
    """The words of `html` with a line per block: for search, excerpts, mail and comparing. Not for display as HTML."""
    text = unescape(_TAG.sub("", _BLOCK_END.sub("\n", html)))
    return "\n".join(stripped for row in normalise(text).split("\n") if (stripped := " ".join(row.split())))


def from_plain(text: str) -> str:
    """Body HTML from plain text: a paragraph per blank line, escaped. What the textarea without JavaScript sends."""
    blocks = re.split(r"\n\s*\n", normalise(text).strip())
    return "".join(
        f"<p>{'<br>'.join(nh3.clean_text(row) for row in b.split(chr(10)))}</p>" for b in blocks if b.strip()
    )


def excerpt(html: str, length: int = 240) -> str:
    """At most `length` characters of the words of `html`, cut at a word, with an ellipsis when cut.

    Headings are left out where there are other words: an excerpt says what is said, not how it is arranged.
    """
    words = (plain(_HEADING.sub("\n", html)) or plain(html)).replace("\n", " ")
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def unique_slug(name: str, taken: Callable[[str], bool], *, fallback: str, length: int = 100) -> str:
    """A slug of `name` for which `taken` is False; never empty (`C++` and `C#` differ, `日本語` keeps its letters)."""
    spelled = name.replace("+", " plus ").replace("#", " sharp ")
    stem = slugify(spelled, allow_unicode=True)[:length].strip("-_") or fallback
    slug, n = stem, 1
    while taken(slug):
        n += 1
        slug = f"{stem}-{n}"
    return slug


class LineField(models.CharField):
    """A CharField whose form value is normalised to one visible line."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(line(value) if isinstance(value, str) else value, model_instance)

    def to_python(self, value: Any) -> Any:
        return line(value) if isinstance(value, str) else super().to_python(value)
