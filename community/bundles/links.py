"""Links between the things of a bundle: `href="page:ID"` and `href="thread:ID"` become real addresses.

What is named may come later in the bundle. Until everything is loaded such a link waits at an address of its own that
survives the sanitiser; at the end it becomes real, or plain words when nobody ever loaded what it names.
"""

import re
from collections import defaultdict
from html import escape, unescape
from urllib.parse import quote, unquote

from community.bundles.keys import Keys
from community.contributions.models import ContentItem

_IN_BUNDLE = re.compile(r"""href=(["'])(page|thread):([^"'#]+)(#[^"']*)?\1""")
_WAITING = re.compile(r'<a href="/bundle/(page|thread)/([^"#]+)(#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)


class Links:
    """Collects which things hold waiting links, and makes them real."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._urls: dict[tuple[str, int], str] = {}
        self.waiting: dict[str, list[int]] = defaultdict(list)  # {"page" | "post": ids}
        self.found: set[tuple[str, str]] = set()  # what was linked to, and is there
        self.lost: set[tuple[str, str]] = set()  # what was linked to, and never came

    def park(self, html: str) -> tuple[str, bool]:
        """`html` with its bundle links parked, and whether there were any."""
        if "page:" not in html and "thread:" not in html:
            return html, False
        parked, n = _IN_BUNDLE.subn(
            lambda m: f'href="/bundle/{m[2]}/{quote(unescape(m[3]), safe="")}{m[4] or ""}"', html
        )
        return parked, n > 0

    def rewrite(self, html: str) -> str:
        """Stored `html` with its parked links made real."""
        return _WAITING.sub(self._real, html)

    def _real(self, match: re.Match[str]) -> str:
        kind, source = match[1], unquote(unescape(match[2]))
        url = self._url(kind, source)
        (self.found if url else self.lost).add((kind, source))
        if not url:
            return match[4]
        return f'<a href="{escape(url)}{match[3] or ""}">{match[4]}</a>'

    def _url(self, kind: str, source: str) -> str:
        pk = self._keys.get(kind, source)
        if pk is None:
            return ""
        if (kind, pk) not in self._urls:
            found = ContentItem.objects.filter(kind=kind, source_id=pk).values_list("url", flat=True).first()
            self._urls[kind, pk] = found or ""
        return self._urls[kind, pk]
