"""What one release of a Sphinx documentation defines, and where: titles, labels, objects.

A reference can be resolved only when every page is known, so this pass comes before the pages are parsed; it
reads lines and is quick.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch

_LABEL = re.compile(r"^\s*\.\. _(?:`([^`]+)`|([^:`]+)):\s*$")
_DEFINITION = re.compile(r"^(\s*)\.\. ([a-z-]+)::\s*(.*?)\s*$")
_UNDERLINE = re.compile(r"^([=\-`:'\"~^_*+#<>.])\1{2,}\s*$")
_MARKUP = re.compile(r":[\w:+-]+:(?=`)|[`*]")

CLASSES = {"class", "exception"}
OBJECTS = CLASSES | {"function", "method", "attribute", "classmethod", "staticmethod", "data", "module"}
# What a directive defines under its own name, and by which role it is named.
NAMED = {
    "setting": "setting",
    "templatetag": "ttag",
    "templatefilter": "tfilter",
    "fieldlookup": "lookup",
    "django-admin": "djadmin",
    "envvar": "envvar",
}
ROLE_OF_OPTION = "djadmin"


class DocsIndex:
    """Names of one release → the page (its path without suffix) that defines them."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.titles: dict[str, str] = {}
        self.labels: dict[str, tuple[str, str]] = {}
        self._named: dict[tuple[str, str], str] = {}
        self._objects: dict[str, set[str]] = defaultdict(set)
        self._pages = set(sources)
        for page, text in sources.items():
            lines = text.splitlines()
            self._read_titles(page, lines)
            self._read_definitions(page, lines)
            self._read_terms(page, lines)

    def title(self, page: str) -> str:
        return self.titles.get(page, page)

    def page_named(self, target: str, *, here: str) -> str | None:
        """The page that `:doc:` means by `target`, seen from the page `here`."""
        start = "" if target.startswith("/") else posixpath.dirname(here)
        page = posixpath.normpath(posixpath.join(start, target.lstrip("/").removesuffix(".txt")))
        return page if page in self._pages else None

    def pages_like(self, pattern: str, *, here: str) -> list[str]:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(here), pattern))
        return sorted(page for page in self._pages if fnmatch(page, wanted) and page != here)

    def labelled(self, label: str) -> tuple[str, str] | None:
        """Page and section title of what `:ref:` names; no title where the label stands above none."""
        return self.labels.get(" ".join(label.lower().split()))

    def defined(self, role: str, target: str, *, here: str) -> str | None:
        """The page with a setting, tag, filter, lookup, command, option, term or Python object."""
        if role == "option":
            role, target = ROLE_OF_OPTION, target.partition(" ")[0]
        if role == "term":
            target = target.lower()
        if (role, target) in self._named:
            return self._named[role, target]
        pages = self._objects.get(target.strip(".").removesuffix("()"), set())
        return here if here in pages else next(iter(pages)) if len(pages) == 1 else None

    def _read_titles(self, page: str, lines: list[str]) -> None:
        waiting: list[str] = []
        for place, line in enumerate(lines):
            label = _LABEL.match(line)
            if label:
                waiting.append(" ".join((label[1] or label[2]).lower().split()))
                continue
            title = _title_at(lines, place)
            if title:
                self.titles.setdefault(page, title)
                self.labels.setdefault(f"{page}:{title}".lower(), (page, title))
            elif not line.strip() or _is_silent(line):
                continue
            self.labels.update((name, (page, title or "")) for name in waiting)
            waiting = []
        self.labels.update((name, (page, "")) for name in waiting)

    def _read_definitions(self, page: str, lines: list[str]) -> None:
        module, classes = "", [(-1, "")]
        for place, line in enumerate(lines):
            found = _DEFINITION.match(line)
            if not found:
                continue
            indent, directive, signature = len(found[1]), found[2], found[3]
            while classes[-1][0] >= indent:
                classes.pop()
            if directive in {"module", "currentmodule"}:
                module = signature
            for name in _names(signature, lines[place + 1 :], indent):
                self._define(page, directive, name, ".".join(filter(None, (module, classes[-1][1]))))
                if directive in CLASSES:
                    classes.append((indent, name))

    def _define(self, page: str, directive: str, name: str, inside: str) -> None:
        if directive in NAMED:
            self._named.setdefault((NAMED[directive], name), page)
        elif directive in OBJECTS:
            full = name if directive == "module" or name.startswith("django.") else f"{inside}.{name}"
            parts = full.strip(".").split(".")
            for first in range(len(parts)):
                self._objects[".".join(parts[first:])].add(page)

    def _read_terms(self, page: str, lines: list[str]) -> None:
        depth: int | None = None  # None outside a glossary, 0 before its first term
        for line in lines:
            indent = len(line) - len(line.lstrip())
            if line.strip() and not indent:
                depth = 0 if line.startswith(".. glossary::") else None
            elif line.strip() and depth is not None:
                depth = depth or indent
                if indent == depth:
                    self._named.setdefault(("term", _words(line).lower()), page)


def _title_at(lines: list[str], place: int) -> str:
    line, below = lines[place], lines[place + 1] if place + 1 < len(lines) else ""
    is_title = line[:1].strip() and not _UNDERLINE.match(line) and _UNDERLINE.match(below)
    return _words(line) if is_title and len(below.rstrip()) >= len(line.rstrip()) - 1 else ""


def _is_silent(line: str) -> bool:
    """What may stand between a label and the title it means: overlines and directives that show nothing."""
    found = _DEFINITION.match(line)
    return bool(_UNDERLINE.match(line)) or bool(found and found[2] in {*NAMED, "module", "currentmodule"})


def _names(signature: str, following: list[str], indent: int) -> Iterator[str]:
    """The bare names of a definition; further signatures stand right below the first, indented."""
    signatures = [signature]
    for line in following:
        if not line.strip() or len(line) - len(line.lstrip()) <= indent or line.lstrip().startswith(":"):
            break
        signatures.append(line.strip())
    for one in signatures:
        name = one.split("(")[0].split(" ")[0]
        if name:
            yield name


def _words(text: str) -> str:
    return _MARKUP.sub("", text).replace("\\", "").strip()
