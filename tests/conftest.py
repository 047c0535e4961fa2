"""What every test stands on."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.cache import cache

from community.celery import app
from tests import factories

NOON = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)  # a Wednesday


def pytest_collection_modifyitems(items):
    """What is made of the corpora is made once: those tests go to one worker."""
    for item in items:
        if item.get_closest_marker("corpora"):
            item.add_marker(pytest.mark.xdist_group("corpora"))


@pytest.fixture(autouse=True)
def _own_house(settings, tmp_path):
    """Files and mail of a test stay in its own folder; tasks run at once, without a broker; passwords are quick."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"  # budgets count the session, Redis or not
    if settings.REDIS_URL:  # what one test counts must not be there for the next one, nor for another worker
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        cache.clear()
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def person(db):
    """Somebody who is signed in nowhere yet."""
    return factories.person("Maja Lind")


@pytest.fixture
def signed_in(client, person):
    """A test client in which `person` is signed in."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="session")
def on_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
