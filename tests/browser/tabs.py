"""Tabs that remember every complaint, and what is asked of every page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BACKEND = "django.contrib.auth.backends.ModelBackend"
LISTEN = """addEventListener("securitypolicyviolation", (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`))"""
ASK_AXE = """(tags) => axe.run(document, { runOnly: tags, iframes: false, resultTypes: ["violations"] }).then((found) =>
  found.violations.map((rule) => [rule.id, rule.nodes.slice(0, 4).map((node) => node.html.slice(0, 160))]))"""
LOOK = """() => {
  const seen = (field) => field.checkVisibility({ visibilityProperty: true });
  const named = (field) => field.labels?.length || field.getAttribute("aria-label") || field.getAttribute("aria-labelledby");
  return {
    h1: document.querySelectorAll("h1").length,
    title: document.title.trim() !== "",
    unnamed: [...document.querySelectorAll("input:not([type=hidden]), select, textarea, [role=textbox]")].filter(seen)
      .filter((field) => !named(field)).map((field) => field.outerHTML.slice(0, 120)),
  };
}"""
SOUND = {"h1": 1, "title": True, "unnamed": []}
PHONES = (390, 320)


def session_of(pk: int) -> str:
    """The key of a session in which that person is signed in."""
    from profiles.models import User  # apps are loaded by then

    client = Client()
    client.force_login(User.objects.get(pk=pk), backend=BACKEND)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Doorman:
    """Opens tabs and collects what their consoles said."""

    def __init__(self, chromium: Any, server: str) -> None:
        self.chromium, self.server = chromium, server
        self.tabs: list[Any] = []

    def open(self, user: Any = None, *, width: int = 1280, theme: str = "light", **options: Any) -> Any:
        """A tab in a context of its own; `user` is signed in, None is nobody."""
        context = self.chromium.new_context(
            base_url=self.server, locale="sv", color_scheme=theme, reduced_motion="reduce",
            viewport={"width": width, "height": 900}, **options,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        if user is not None:
            session = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user.pk)}
            context.add_cookies([session | {"url": self.server}])
        context.add_init_script(LISTEN)
        tab = context.new_page()
        tab.complaints, tab.documents = [], set()
        _listen(tab)
        self.tabs.append(tab)
        return tab

    def leave(self) -> list[str]:
        """Closes every tab; all that was complained of."""
        said = [complaint for tab in self.tabs for complaint in complaints_of(tab)]
        for tab in self.tabs:
            tab.context.close()
        self.tabs.clear()
        return said


def _listen(tab: Any) -> None:
    def heard(said: Any) -> None:
        if said.type == "error":
            tab.complaints.append((said.location.get("url", ""), said.text))

    def asked(request: Any) -> None:
        if request.is_navigation_request():
            tab.documents.add(request.url)

    tab.on("console", heard)
    tab.on("pageerror", lambda error: tab.complaints.append(("", str(error))))
    tab.on("request", asked)


def complaints_of(tab: Any) -> list[str]:
    """Errors, but not that a page was itself answered with 403, 404, 409 or 422."""
    return [
        text
        for url, text in tab.complaints
        if not (text.startswith("Failed to load resource") and url in tab.documents)
    ]


def settle(tab: Any) -> None:
    """Waits until the editor has taken its textarea's place."""
    tab.locator("[data-editor]:not(:has(.ProseMirror))").first.wait_for(state="detached")


def violations(tab: Any) -> list[Any]:
    """What axe finds on the page as it is."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(Axe().axe_script)
    return tab.evaluate(ASK_AXE, TAGS)


def faults(tab: Any, *looks: tuple[int, str]) -> dict[str, Any]:
    """What is wrong with the page in the given (width, theme)s, {} when nothing is."""
    settle(tab)
    found: dict[str, Any] = {}
    if (told := tab.evaluate(LOOK)) != SOUND:
        found["structure"] = told
    for width, theme in looks:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=theme)
        if broken := violations(tab):
            found[f"axe at {width} {theme}"] = broken
    for width in PHONES:
        tab.set_viewport_size({"width": width, "height": 900})
        if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
            found[f"wider than {width}"] = wide
    if said := complaints_of(tab):
        found["complaints"] = said
    return found
