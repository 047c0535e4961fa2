"""Teaches docutils, for the length of one parse, the directives and roles that Sphinx adds to reST.

Nothing is looked up here: what names something elsewhere becomes a `reference_to` node, which whoever renders
the page resolves. What nobody knows becomes `unkept`: its words stay readable and it can be counted.
"""
# ruff: noqa: SIM905 (words read better in a row)

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from docutils.utils import unescape

_TITLED = re.compile(r"^(.+?)\s*<([^<>]+)>$", re.DOTALL)
_DIRECTIVES_USED = re.compile(r"^\s*\.\. (?:\|[^|]+\| )?([A-Za-z][\w:+.-]*)::", re.MULTILINE)
_ROLES_USED = re.compile(r":([A-Za-z][\w:+.-]*):`|`:([A-Za-z][\w:+.-]*):")

SETTINGS = {
    "report_level": 5,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "smart_quotes": False,
    "syntax_highlight": "none",
}


class reference_to(nodes.Inline, nodes.TextElement):  # noqa: N801 (docutils names its nodes so)
    """`role`, `target`, and `titled` when the author wrote the text."""


class callout(nodes.General, nodes.Element):  # noqa: N801
    """A box with a `label`."""


class page_list(nodes.General, nodes.Element):  # noqa: N801
    """`entries` of a table of contents: (title or "", target or pattern), `glob` says whether patterns."""


class unkept(nodes.General, nodes.Element):  # noqa: N801
    """A directive or role (`what`, `name`) that is not known; children hold its words."""


def parse(text: str) -> nodes.document:
    """The document of one page. Never raises on what an author can write; mistakes become system messages."""
    with _vocabulary(text):
        return publish_doctree(text, settings_overrides=SETTINGS)


@contextmanager
def _vocabulary(text: str) -> Iterator[None]:
    """The registers are docutils' globals: our names and the text's unknown ones are taken back."""
    registers = (directives._directives, roles._roles)  # noqa: SLF001 (there is no other way to take back)
    before = [dict(register) for register in registers]
    try:
        for name, kind in DIRECTIVES.items():
            directives.register_directive(name, kind)
        used = {name.lower() for name in _DIRECTIVES_USED.findall(text)}
        for name in used - DIRECTIVES.keys() - BUILT_IN_DIRECTIVES:
            directives.register_directive(name, UnknownDirective)
        for name in {(first or last).lower() for first, last in _ROLES_USED.findall(text)} - BUILT_IN_ROLES:
            roles.register_local_role(name, _role_named(name))
        yield
    finally:
        for register, known in zip(registers, before, strict=True):
            register.clear()
            register.update(known)


class Markup(Directive):
    """A directive that takes any options, any argument and any content."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    # One entry to begin with, since docutils reads no options at all where this is false.
    option_spec: ClassVar[dict[str, Any]] = defaultdict(lambda: directives.unchanged, name=str)

    @property
    def argument(self) -> str:
        return self.arguments[0] if self.arguments else ""

    def parsed(self, node: nodes.Element) -> nodes.Element:
        self.state.nested_parse(self.content, self.content_offset, node)
        return node


class Silent(Markup):
    """Shows nothing where it stands."""

    def run(self) -> list[nodes.Node]:
        return []


class Passed(Markup):
    """Shows its content only."""

    def run(self) -> list[nodes.Node]:
        return self.parsed(nodes.container()).children


class Code(Markup):
    language = ""

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        block = nodes.literal_block(text, text, language=self.language or self.argument)
        caption = self.options.get("caption")
        return [nodes.paragraph("", "", nodes.emphasis(caption, caption)), block] if caption else [block]


class Console(Code):
    language = "console"


class Boxed(Markup):
    """A box; `{}` in its label is the argument."""

    label = ""

    def run(self) -> list[nodes.Node]:
        box = callout(label=self.label.format(self.argument.split("\n")[0]))
        return [self.parsed(box)]


class SeeAlso(Boxed):
    label = "See also"

    def run(self) -> list[nodes.Node]:
        (box,) = super().run()
        if self.argument:
            box.insert(0, nodes.paragraph("", "", *self.state.inline_text(self.argument, self.lineno)[0]))
        return [box]


class VersionAdded(Boxed):
    label = "New in Django {}"


class VersionChanged(Boxed):
    label = "Changed in Django {}"


class Deprecated(Boxed):
    label = "Deprecated since Django {}"


class Described(Markup):
    """A class, method, command … : its signatures, then its description."""

    before = ""

    def run(self) -> list[nodes.Node]:
        heads = []
        for signature in filter(None, (line.strip() for line in self.argument.split("\n"))):
            code = nodes.literal("", self.before + signature.replace("\\", ""))
            heads.append(nodes.paragraph("", "", nodes.strong("", "", code)))
        return [*heads, *self.parsed(nodes.container()).children]


class Command(Described):
    before = "django-admin "


class PageList(Markup):
    def run(self) -> list[nodes.Node]:
        if "hidden" in self.options:
            return []
        lines = [line.strip() for line in self.content if line.strip()]
        titled = [_TITLED.match(line) for line in lines]
        entries = [(m[1], m[2]) if m else ("", line) for m, line in zip(titled, lines, strict=True)]
        return [page_list(entries=entries, glob="glob" in self.options)]


class UnknownDirective(Markup):
    def run(self) -> list[nodes.Node]:
        node = unkept(what="directive", name=self.name)
        if self.argument:
            node += nodes.paragraph(self.argument, self.argument)
        return [self.parsed(node)]


DIRECTIVES: dict[str, type[Directive]] = {
    **dict.fromkeys(("code-block", "code", "sourcecode"), Code),
    "console": Console,
    "seealso": SeeAlso,
    "versionadded": VersionAdded,
    "versionchanged": VersionChanged,
    "deprecated": Deprecated,
    **dict.fromkeys(("class", "exception", "function", "method", "attribute", "classmethod"), Described),
    **dict.fromkeys(("staticmethod", "data", "describe", "object", "option", "envvar"), Described),
    "django-admin-option": Described,
    "django-admin": Command,
    "toctree": PageList,
    "glossary": Passed,
    **dict.fromkeys(("module", "currentmodule", "index", "program", "highlight", "contents"), Silent),
    **dict.fromkeys(("setting", "templatetag", "templatefilter", "fieldlookup"), Silent),
}
BUILT_IN_DIRECTIVES = frozenset(
    "note admonition warning tip hint important caution danger attention error rubric topic sidebar image "
    "figure parsed-literal table list-table csv-table container compound replace unicode math".split()
)
BUILT_IN_ROLES = frozenset("sup sub superscript subscript emphasis strong literal code".split())

LINKING = frozenset("doc ref term option setting ttag tfilter lookup djadmin envvar".split())
PYTHON = frozenset("class meth attr func mod exc data obj".split())
CODE = frozenset("file samp mimetype command program kbd keyword pypi".split()) | frozenset(
    "model view template tag filter rst:role rst:dir".split()
)
SPOKEN = frozenset("menuselection guilabel abbr dfn".split())
ELSEWHERE = {
    "ticket": ("https://code.djangoproject.com/ticket/{}", "#{}"),
    "commit": ("https://github.com/django/django/commit/{}", "{}"),
    "source": ("https://github.com/django/django/blob/main/{}", "{}"),
    "cve": ("https://www.cve.org/CVERecord?id=CVE-{}", "CVE-{}"),
    "bpo": ("https://bugs.python.org/issue?@action=redirect&bpo={}", "bpo-{}"),
    "rfc": ("https://datatracker.ietf.org/doc/html/rfc{}", "RFC {}"),
    "pep": ("https://peps.python.org/pep-{:0>4}/", "PEP {}"),
}


def _role_named(name: str) -> Callable[..., tuple[list[nodes.Node], list[nodes.Node]]]:
    def role(_name: str, _raw: str, text: str, *_place: object, **_more: object) -> tuple[list, list]:
        return [_role_node(name, unescape(text))], []

    return role


def _role_node(name: str, text: str) -> nodes.Node:
    found = _TITLED.match(text)
    words, target = (found[1], found[2]) if found else (text, text)
    if name in LINKING or name in PYTHON or name.startswith("py:"):
        return _reference_to(name, words, target, titled=bool(found))
    if name in ELSEWHERE:
        address, label = ELSEWHERE[name]
        return nodes.reference("", words if found else label.format(text), refuri=address.format(target))
    if name in CODE:
        return nodes.literal("", re.sub(r"[{}]", "", words) if name in {"file", "samp"} else words)
    if name in SPOKEN:
        return nodes.inline("", words)
    return unkept("", nodes.inline("", words), what="role", name=name)


def _reference_to(name: str, words: str, target: str, *, titled: bool) -> nodes.Node:
    """`!x` is no reference, `~a.b` shows only b, a function its brackets, nobody the name of an inventory."""
    code = name not in {"doc", "ref", "term", "py:ref", "py:term"}
    if not titled:
        words = re.sub(r"^(!|\.|python:|psycopg:|sphinx:)+", "", words)
        words = words.removeprefix("~").rpartition(".")[2] if words.startswith("~") else words
        if name.rpartition(":")[2] in {"meth", "func"} and not words.endswith(")"):
            words += "()"
    if target.startswith("!"):
        return nodes.literal("", words)
    shown = nodes.literal("", words) if code else nodes.inline("", words)
    target = target.lstrip("~.") if code else target
    return reference_to("", "", shown, role=name, target=target, titled=titled)
