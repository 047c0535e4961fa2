"""Pictures of the demo's pages, to be looked at: wide and narrow, light and dark, into var/shots.

DEMO_MODE=true manage.py runserver, then: python tests/browser/shots.py http://127.0.0.1:8000 [part of a name …]
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "var" / "shots"
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
ENTRANCE = {"sign-in": "/accounts/login/", "reset": "/accounts/password/reset/", "demo": "/demo/sign-in/"}
FIXED = {
    "flow": "/", "flow-unanswered": "/?show=unanswered", "forum": "/forum/", "forum-unanswered": "/forum/unanswered/",
    "forum-mine": "/forum/mine/", "ask-question": "/forum/ask/?kind=question", "ask-experience": "/forum/ask/?kind=experience",
    "wiki": "/wiki/", "wiki-new": "/wiki/new/", "topics": "/topics/", "topic-start": "/topics/+start/",
    "communities": "/communities/", "community-found": "/communities/+found/", "people": "/people/", "settings": "/me/",
    "digest": "/digest/", "feeds": "/feeds/", "notices": "/notices/", "search": "/search/?q=delegering",
    "search-nothing": "/search/?q=zzzzqq", "maturity": "/maturity/", "mail": "/demo/mail/",
    "password": "/accounts/password/change/", "not-found": "/there/is/nothing/",
}  # fmt: skip
FOUND = {  # the first link that matches on a page leads on
    "thread": ("/forum/", r"/forum/\d+/$"),
    "thread-unanswered": ("/forum/unanswered/", r"/forum/\d+/$"),
    "thread-experience": ("/forum/?kind=experience", r"/forum/\d+/$"),
    "wiki-page": ("/wiki/", r"/wiki/[^~/?#]+/$"),
    "topic": ("/topics/", r"/topics/[^+/?#]+/$"),
    "community": ("/communities/", r"/communities/[^+/?#]+/$"),
    "person": ("/people/", r"/people/\d+/$"),
    "role": ("/topics/", r"/roles/[^/]+/$"),
}
GROWN = {"wiki-edit": ("wiki-page", r"/edit/$"), "wiki-history": ("wiki-page", r"/history/$")}


def link(tab: Any, pattern: str) -> str:
    paths = tab.eval_on_selector_all("#main a[href]", "(all) => all.map((a) => a.pathname)")
    return next((path for path in paths if re.search(pattern, path) and path != "/wiki/new/"), "")


def addresses(tab: Any) -> Iterator[tuple[str, str]]:
    yield from FIXED.items()
    known: dict[str, str] = {}
    for name, (start, pattern) in FOUND.items():
        tab.goto(start)
        known[name] = link(tab, pattern)
    for name, (start, pattern) in GROWN.items():
        tab.goto(known[start])
        known[name] = link(tab, pattern)
    yield from ((name, path) for name, path in known.items() if path)


def shoot(tab: Any, name: str, path: str, whose: str) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(path)
    tab.wait_for_timeout(200)
    for width, theme in LOOKS:
        tab.set_viewport_size({"width": width, "height": 844 if width < 500 else 900})
        tab.emulate_media(color_scheme=theme)
        tab.screenshot(path=FOLDER / f"{whose}-{name}-{width}-{theme}.png", full_page=True)


def main() -> None:
    base, wanted = sys.argv[1], sys.argv[2:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_context(base_url=base, locale="sv", reduced_motion="reduce").new_page()
        for name, there in ENTRANCE.items():
            shoot(tab, name, there, "nobody")
        tab.goto("/demo/sign-in/")
        tab.locator("button[name=person]").first.click()
        tab.wait_for_url(re.compile(r"/$"))
        for name, there in list(addresses(tab)):
            if not wanted or any(word in name for word in wanted):
                shoot(tab, name, there, "employee")
        browser.close()


if __name__ == "__main__":
    main()
