"""A bundle from the documentation in Django's source distributions: a page each, a revision per release.

A release gives a page a revision only when it changed the page's source. The folders make the tree, each
folder's index page standing above the others, and each such folder is a topic. The author is one invented
account; a release is dated by the newest file in its archive.
"""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from community.bundles.format import PAGES, PEOPLE, TOPICS, Row
from community.bundles.writing import BundleWriter

from .docs_index import DocsIndex
from .rest_html import PageRenderer
from .rest_markup import parse

ACCOUNT = "django:docs"
_PAGE = re.compile(r"^[^/]+/docs/(?!_)(.+)\.txt$")
_NO_PAGES = frozenset({"requirements", "spelling_wordlist"})
_EPILOG = re.compile(r'^rst_epilog = """(.*?)"""', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Release:
    """The documentation of one release: sources by page, and what stands below each of them."""

    version: str
    at: datetime
    sources: dict[str, str]
    epilog: str


@dataclass
class Outcome:
    """What became of the references, and what could not be kept, over all revisions."""

    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    unkept: Counter[str] = field(default_factory=Counter)

    def linked(self, *kinds: str) -> tuple[int, int]:
        """How many references of these kinds (doc, ref, toctree, object) lead to a page here, of how many.

        One that names its own page counts as led: it needs no link.
        """
        asked = {key: count for key, count in self.links.items() if key[0] in kinds}
        return sum(count for key, count in asked.items() if key[1] != "not found"), sum(asked.values())


@dataclass
class _Page:
    title: str = ""
    source: str = ""
    revisions: list[Row] = field(default_factory=list)


def convert(
    *, bundle: BundleWriter, sdists: Iterable[Path], said: Callable[[str], object] | None = None
) -> Outcome:
    """Writes the pages of all `sdists`, the oldest release first. `said` hears of progress."""
    outcome = Outcome()
    pages: dict[str, _Page] = {}
    for release in sorted(map(read_sdist, sdists), key=lambda one: one.at):
        if said:
            said(f"Django {release.version}: {len(release.sources)} pages")
        _add_release(release, pages, outcome)
    bundle.write(PEOPLE, {"id": ACCOUNT, "name": "Django docs", "email": "django-docs@example.org"})
    for topic in _topics(pages):
        bundle.write(TOPICS, topic)
    for name in sorted(pages, key=lambda page: (len(_above(page, pages)), page)):
        bundle.write(PAGES, _row(name, pages))
    return outcome


def read_sdist(path: Path) -> Release:
    """Reads, and unpacks nothing. tarfile.TarError: no archive; ValueError: no documentation in it."""
    sources, newest, conf, version = {}, 0.0, "", ""
    with tarfile.open(path) as archive:
        for member in archive:
            newest = max(newest, member.mtime)
            page = _PAGE.match(member.name)
            if page and page[1] not in _NO_PAGES:
                sources[page[1]] = _text(archive, member)
            elif member.name.endswith("/docs/conf.py"):
                conf, version = _text(archive, member), member.name.partition("/")[0].partition("-")[2]
    if not sources:
        raise ValueError(f"{path} has no docs folder: is it a source distribution of Django?")
    at = datetime.fromtimestamp(int(newest), UTC)
    epilog = _epilog(conf, version=version, release=version, today=f"{at:%B %d, %Y}")
    return Release(version, at, sources, epilog)


def _text(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    stream = archive.extractfile(member)
    return stream.read().decode(errors="replace") if stream else ""


def _epilog(conf: str, **words: str) -> str:
    """The substitutions that Sphinx sets below every page."""
    found = _EPILOG.search(conf)
    named = "".join(f".. |{name}| replace:: {value}\n" for name, value in words.items() if value)
    return f"\n\n{found[1] if found else ''}\n{named}"


def _add_release(release: Release, pages: dict[str, _Page], outcome: Outcome) -> None:
    index = DocsIndex(release.sources)
    renderer = PageRenderer(index, _page_id)
    for name, source in release.sources.items():
        page = pages.setdefault(name, _Page())
        page.title = index.title(name)
        if source == page.source:
            continue
        page.source = source
        html = renderer.render(name, parse(source + release.epilog))
        said = {"author": ACCOUNT, "at": release.at.isoformat(), "summary": f"Django {release.version}"}
        page.revisions.append({**said, "html": html})
    outcome.links.update(renderer.links)
    outcome.unkept.update(renderer.unkept)


def _page_id(name: str) -> str:
    return f"django:{name}"


def _above(name: str, pages: dict[str, _Page]) -> list[str]:
    """The index pages over a page, nearest first: `topics/forms/media` is under `topics/forms/index`."""
    folders = name.split("/")[:-1]
    indexes = ["/".join([*folders[:depth], "index"]) for depth in range(len(folders), -1, -1)]
    return [index for index in indexes if index in pages and index != name]


def _row(name: str, pages: dict[str, _Page]) -> Row:
    page, above = pages[name], _above(name, pages)
    sections = [one for one in [name, *above] if one.endswith("/index")]
    return {
        "id": _page_id(name),
        "title": page.title,
        "parent": _page_id(above[0]) if above else None,
        "topics": [_page_id(section) for section in sections],
        "owner": ACCOUNT,
        "revisions": page.revisions,
    }


def _topics(pages: dict[str, _Page]) -> Iterable[Row]:
    """One per folder, named by its index page; where two share a name, the folder tells them apart."""
    sections = [name for name in pages if name.endswith("/index")]
    sections.sort(key=lambda name: (name.count("/"), name))
    shared = Counter(pages[name].title.lower() for name in sections)
    for name in sections:
        title, broader = pages[name].title, [one for one in _above(name, pages) if one != "index"]
        folder = name.removesuffix("/index")
        yield {
            "id": _page_id(name),
            "name": title if shared[title.lower()] == 1 else f"{title} ({folder})",
            "broader": _page_id(broader[0]) if broader else None,
        }
