"""A real Chromium for the tests marked `browser`."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once. Playwright runs an event loop, which Django would take for its own."""
    from playwright.sync_api import sync_playwright  # other tests need no Playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def tab(chromium, live_server, client, person, settings):
    """A tab in which `person` is signed in, and the complaints of its console in `tab.complaints`."""
    settings.DEMO_MODE = True
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context(base_url=live_server.url, locale="sv")
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
    context.add_cookies([session | {"url": live_server.url}])
    tab = context.new_page()
    tab.complaints = []
    tab.on("console", lambda said: tab.complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab
    context.close()
