"""The judge of served HTML: parses it as a browser does and names everything in it that could act."""

import re

import html5lib

FORBIDDEN = {
    "script", "iframe", "svg", "math", "style", "base", "form", "meta", "object", "embed", "link", "input", "button", "template",
}  # fmt: skip
SQUEEZE = re.compile(r"[\x00-\x20]+")
SCHEMES = ("javascript:", "data:", "vbscript:")
ADDRESSES = {"href", "src", "action", "formaction", "background", "poster", "xlink:href", "srcset"}


def dangers(html: str) -> list[str]:
    """Element names, handlers and addresses in `html` that no text of a person may hold."""
    found: list[str] = []
    for element in html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False).iter():
        name = str(element.tag).lower()
        if name in FORBIDDEN:
            found.append(name)
        for spelled, written in element.attrib.items():
            attribute, value = str(spelled).lower(), SQUEEZE.sub("", str(written)).lower()
            if attribute.startswith("on") or attribute == "style":
                found.append(f"{name} {attribute}")
            if attribute in ADDRESSES and (value.startswith(SCHEMES) or re.match(r"[/\\]{2}|/\\", value)):
                found.append(f"{name} {attribute}={value}")
            if name == "img" and attribute == "src" and not re.match(r"/(images|media|documents)/", value):
                found.append(f"foreign image {value}")
    return found
