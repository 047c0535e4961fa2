"""The judge of a whole page: the house's own scripts and forms may be in it, nothing that somebody typed may act."""

import re

import html5lib

from tests.ground.danger import ADDRESSES, SCHEMES, SQUEEZE

NEVER = {"iframe", "object", "embed", "base", "math", "applet", "frame", "foreignobject", "animate", "portal"}
RAW = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
COMPUTED = "1787569"  # 1337 * 1337
ELSEWHERE = re.compile(r"[/\\]{2}|/\\")


def harms(page: str, *, letter: bool = False) -> list[str]:
    """What could act in `page`. A letter carries its looks with it, and leads to the house by whole addresses."""
    found = [f"raw {ord(sign):x}" for sign in set(RAW.findall(page))]
    found += ["a template was run"] if COMPUTED in page else []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            found += _of_element(element, element.tag.lower(), letter=letter)
    return found


def _of_element(element, name: str, *, letter: bool) -> list[str]:
    found = [name] if name in NEVER or (name == "style" and not letter) else []
    if name == "script" and not _own_script(element, letter=letter):
        found.append("script")
    if name == "meta" and element.get("http-equiv", "").lower() == "refresh":
        found.append("refresh")
    for spelled, written in element.attrib.items():
        found += _of_attribute(
            name, str(spelled).lower(), SQUEEZE.sub("", str(written)).lower(), letter=letter
        )
    return found


def _own_script(element, *, letter: bool) -> bool:
    own = (element.get("src") or "").startswith("/static/") or element.get("type") in {
        "importmap",
        "application/json",
    }
    return own and not letter and "alert(" not in "".join(element.itertext())


def _of_attribute(name: str, attribute: str, value: str, *, letter: bool) -> list[str]:
    found = []
    if attribute.startswith(("on", "hx-on")) or (attribute == "style" and not letter):
        found.append(f"{name} {attribute}")
    if attribute in ADDRESSES and (value.startswith(SCHEMES) or ELSEWHERE.match(value)):
        found.append(f"{name} {attribute}={value[:60]}")
    if attribute == "src" and not value.startswith("/"):
        found.append(f"foreign {name} {value[:60]}")
    if attribute.startswith("hx-") and "logout" in value:
        found.append(f"{name} {attribute}")
    return found
