"""A real Chromium, and a house full of people: the demo organisation, loaded once into a database of its own."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as house_settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from community.bundles.models import DemoPerson
from community.celery import app
from tests.browser.people import Cast, cast, send_digest
from tests.browser.tabs import Doorman

ITS_OWN_ROOM = "feeds.mailfolder.EmailBackend"


@pytest.fixture(scope="session")
def database(django_test_environment, django_db_blocker, django_db_keepdb, django_db_createdb):
    """A database of its own, open all the time: what is told here is kept from test to test."""
    place = connection.settings_dict
    name = "browser" + os.environ.get("PYTEST_XDIST_WORKER", "")
    files = place["ENGINE"].endswith("sqlite3")
    place["TEST"]["NAME"] = str(house_settings.VAR_DIR / f"test-{name}.sqlite3") if files else f"test_{name}"
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        before = setup_databases(verbosity=0, interactive=False, aliases={"default"}, keepdb=keep)
        yield
        if not django_db_keepdb:
            teardown_databases(before, verbosity=0)


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


@pytest.fixture(scope="session")
def mailbox(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="session")
def house(database, mailbox) -> Cast:
    """The demo's people, and this week's digest in the mailbox of one of them."""
    app.conf.task_always_eager = True
    with override_settings(DEMO_MODE=True, EMAIL_BACKEND=ITS_OWN_ROOM, EMAIL_FILE_PATH=mailbox):
        if not DemoPerson.objects.exists():
            call_command("load_demo", verbosity=0)
        people = cast()
        send_digest(person=people.employee, now=timezone.now())
    return people


@pytest.fixture(scope="session")
def server(house):
    """The house's own server. Not pytest-django's fixture, which empties the database after each test."""
    from pytest_django.live_server_helper import LiveServer

    running = LiveServer("127.0.0.1")
    yield running.url
    running.stop()


@pytest.fixture(autouse=True)
def _in_the_demo(settings, mailbox, _own_house):
    settings.DEMO_MODE = True
    settings.EMAIL_BACKEND = ITS_OWN_ROOM
    settings.EMAIL_FILE_PATH = mailbox


@pytest.fixture
def enter(chromium, server):
    """Opens tabs, each in a browser of its own; at the end nothing may have complained in any of them."""
    doorman = Doorman(chromium, server)
    yield doorman.open
    complaints = doorman.leave()
    assert complaints == []


@pytest.fixture
def tab(enter, house):
    """A tab in which an employee is signed in."""
    return enter(house.employee)
