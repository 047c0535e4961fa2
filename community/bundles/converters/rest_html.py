"""Turns a parsed reST page into the house's plain HTML: headings, lists, links, quotes, code and tables.

Everything that has no such form becomes the nearest that has: a box a quote, a definition a list item with a
strong head, an image its description. What is lost on the way is counted.
"""
# ruff: noqa: SIM905 (words read better in a row)

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape

from docutils import nodes

from .docs_index import DocsIndex
from .rest_markup import reference_to

PLAIN = {
    "paragraph": "p",
    "attribution": "p",
    "bullet_list": "ul",
    "list_item": "li",
    "option_list": "ul",
    "option_list_item": "li",
    "definition_list": "ul",
    "field_list": "ul",
    "block_quote": "blockquote",
    "emphasis": "em",
    "title_reference": "em",
    "strong": "strong",
    "literal": "code",
    "superscript": "sup",
    "subscript": "sub",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "row": "tr",
}
THROUGH = frozenset(
    "document container compound inline tgroup description abbreviation acronym generated definition".split()
)
NOTHING = frozenset(
    "comment target substitution_definition system_message pending colspec docinfo decoration meta".split()
)
BOXES = frozenset("note warning tip hint important caution danger attention error".split())
LANGUAGE = re.compile(r"^[a-z0-9+#-]{1,30}$")


class PageRenderer:
    """Renders the pages of one release. `page_id` gives the bundle's id of a page.

    `links` counts (kind of reference, "linked" | "same page" | "not found"); `unkept` counts what was lost.
    """

    def __init__(self, index: DocsIndex, page_id: Callable[[str], str]) -> None:
        self.links: Counter[tuple[str, str]] = Counter()
        self.unkept: Counter[str] = Counter()
        self._index = index
        self._page_id = page_id
        self._here, self._depth, self._titled = "", 0, False

    def render(self, page: str, document: nodes.document) -> str:
        """The body of `page`, without its title."""
        self._here, self._depth, self._titled = page, 0, False
        return self._all(node for node in document.children if not isinstance(node, nodes.field_list))

    def _all(self, children: Iterator[nodes.Node] | list[nodes.Node]) -> str:
        return "".join(self._one(node) for node in children)

    def _one(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            return escape(node.astext(), quote=False)
        name = node.__class__.__name__
        if name in NOTHING:
            return ""
        if name in PLAIN:
            return _wrapped(PLAIN[name], self._all(node.children))
        if name in THROUGH:
            return self._all(node.children)
        if name in BOXES:
            return self._box(name.capitalize(), self._all(node.children))
        shape = getattr(self, f"_{name}", None)
        return shape(node) if shape else self._unknown(node, name)

    def _unknown(self, node: nodes.Element, name: str) -> str:
        self.unkept[f"node {name}"] += 1
        words = self._all(node.children)
        return words if isinstance(node, nodes.Inline) else _wrapped("p", words)

    def _unkept(self, node: nodes.Element) -> str:
        self.unkept[f"{node['what']} {node['name']}"] += 1
        return self._all(node.children)

    def _problematic(self, node: nodes.Element) -> str:
        self.unkept["markup that does not parse"] += 1
        return self._all(node.children)

    # Sections, boxes and code

    def _section(self, node: nodes.Element) -> str:
        self._depth += 1
        html = self._all(node.children)
        self._depth -= 1
        return html

    def _title(self, node: nodes.Element) -> str:
        if not isinstance(node.parent, nodes.section):
            return self._rubric(node)
        if self._depth == 1 and not self._titled:
            self._titled = True  # the page's own title, which stands above the body
            return ""
        return _wrapped(f"h{min(max(self._depth, 2), 4)}", self._all(node.children))

    def _callout(self, node: nodes.Element) -> str:
        return self._box(node["label"], self._all(node.children))

    def _admonition(self, node: nodes.Element) -> str:
        return self._box(node[0].astext(), self._all(node.children[1:]))

    _topic = _sidebar = _admonition

    def _box(self, label: str, inner: str) -> str:
        return f"<blockquote><p><strong>{escape(label, quote=False)}</strong></p>{inner}</blockquote>"

    def _rubric(self, node: nodes.Element) -> str:
        return f"<p><strong>{self._all(node.children)}</strong></p>"

    def _literal_block(self, node: nodes.Element) -> str:
        text = node.astext()
        language = (node.get("language") or _language_of(text)).lower()
        marked = f' class="language-{language}"' if LANGUAGE.match(language) and language != "none" else ""
        return f"<pre><code{marked}>{escape(text, quote=False)}</code></pre>"

    _doctest_block = _literal_block

    def _line_block(self, node: nodes.Element) -> str:
        return _wrapped("p", "<br>".join(self._all(line.children) for line in node.findall(nodes.line)))

    def _transition(self, _node: nodes.Element) -> str:
        return "<hr>"

    # Lists and tables

    def _enumerated_list(self, node: nodes.Element) -> str:
        start = f' start="{node["start"]}"' if node.get("start", 1) != 1 else ""
        return f"<ol{start}>{self._all(node.children)}</ol>"

    def _definition_list_item(self, node: nodes.Element) -> str:
        heads = [child for child in node.children if not isinstance(child, nodes.definition)]
        head = ", ".join(self._all(child.children) for child in heads)
        rest = self._all(child for child in node.children if isinstance(child, nodes.definition))
        return f"<li><p><strong>{head}</strong></p>{rest}</li>"

    def _field(self, node: nodes.Element) -> str:
        return f"<li><p><strong>{self._all(node[0].children)}</strong></p>{self._all(node[1].children)}</li>"

    def _option_group(self, node: nodes.Element) -> str:
        return f"<p><code>{escape(node.astext().replace('  ', ', '), quote=False)}</code></p>"

    def _entry(self, node: nodes.Element) -> str:
        tag = "th" if isinstance(node.parent.parent, nodes.thead) else "td"
        across = f' colspan="{node["morecols"] + 1}"' if node.get("morecols") else ""
        down = f' rowspan="{node["morerows"] + 1}"' if node.get("morerows") else ""
        return f"<{tag}{across}{down}>{self._all(node.children)}</{tag}>"

    # Pictures and notes

    def _image(self, node: nodes.Element) -> str:
        self.unkept["image"] += 1
        words = f"<em>[Image: {escape(node.get('alt') or node['uri'].rsplit('/', 1)[-1], quote=False)}]</em>"
        return words if isinstance(node.parent, nodes.TextElement) else _wrapped("p", words)

    def _figure(self, node: nodes.Element) -> str:
        return self._all(node.children)

    _legend = _figure

    def _caption(self, node: nodes.Element) -> str:
        return f"<p><em>{self._all(node.children)}</em></p>"

    def _footnote(self, node: nodes.Element) -> str:
        return f"<p>[{self._all(node[0].children)}]</p>{self._all(node.children[1:])}"

    _citation = _footnote

    def _footnote_reference(self, node: nodes.Element) -> str:
        return f"<sup>[{escape(node.astext(), quote=False)}]</sup>"

    _citation_reference = _footnote_reference

    # Links

    def _reference(self, node: nodes.Element) -> str:
        return self._link(node.get("refuri"), self._all(node.children))

    def _link(self, address: str | None, words: str) -> str:
        return f'<a href="{escape(address)}">{words}</a>' if address else words

    def _page_list(self, node: nodes.Element) -> str:
        return _wrapped("ul", "".join(f"<li><p>{link}</p></li>" for link in self._listed(node)))

    def _listed(self, node: nodes.Element) -> Iterator[str]:
        for title, target in node["entries"]:
            if node["glob"] and "*" in target:
                pages = self._index.pages_like(target, here=self._here)
            else:
                pages = [found] if (found := self._index.page_named(target, here=self._here)) else []
            for page in pages:
                words = escape(title or self._index.title(page), quote=False)
                yield self._link(self._address("toctree", page), words)

    def _reference_to(self, node: reference_to) -> str:
        role, target = node["role"], node["target"]
        page, title = self._resolve(role, target)
        words = self._all(node.children)
        if title and not node["titled"]:
            words = escape(title, quote=False)
        return self._link(self._address(role if role in {"doc", "ref"} else "object", page), words)

    def _resolve(self, role: str, target: str) -> tuple[str | None, str]:
        if role == "doc":
            page = self._index.page_named(target, here=self._here)
            return page, self._index.title(page) if page else ""
        if role == "ref":
            return self._index.labelled(target) or (None, "")
        if role.startswith("py:"):
            return None, ""  # Python's own documentation
        return self._index.defined(role, target, here=self._here), ""

    def _address(self, kind: str, page: str | None) -> str | None:
        outcome = "not found" if page is None else "same page" if page == self._here else "linked"
        self.links[kind, outcome] += 1
        return f"page:{self._page_id(page)}" if page and outcome == "linked" else None


def _language_of(code: str) -> str:
    """As Sphinx guesses where nothing is said: a session, else Python if it is that."""
    if code.startswith(">>>"):
        return "pycon"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # escapes in other people's examples are not our business
            ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return "python"


def _wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>" if inner.strip() else ""
