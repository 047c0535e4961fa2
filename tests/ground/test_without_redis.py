"""Redis is gone: pages still come, and the web knows which broker it rings at."""

import threading

import pytest
from django.core.cache import caches
from django.test import override_settings

from community.caching import PatientRedisCache

NOBODY_THERE = {
    "default": {
        "BACKEND": "community.caching.PatientRedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}


@pytest.fixture
def no_redis(monkeypatch):
    """A house whose Redis does not answer, with sessions as production has them."""
    monkeypatch.setattr(PatientRedisCache, "_quiet_until", 0.0)
    with override_settings(CACHES=NOBODY_THERE, SESSION_ENGINE="django.contrib.sessions.backends.cached_db"):
        yield


def test_somebody_signed_in_still_gets_their_pages(no_redis, client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert [client.get("/").status_code, client.get("/topics/").status_code] == [200, 200]


def test_somebody_can_still_sign_in(no_redis, client, person):
    person.set_password("en-lang-fras-har")
    person.save()

    answer = client.post("/accounts/login/", {"login": person.email, "password": "en-lang-fras-har"})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_wrong_feed_address_is_not_there(no_redis, client, db):
    assert client.get("/feeds/t/wrong/flow.atom").status_code == 404


def test_nothing_is_remembered_and_nothing_raises(no_redis):
    cache = caches["default"]

    cache.set("a", 1)
    cache.set_many({"a": 1})
    cache.delete("a")
    cache.delete_many(["a"])

    assert [cache.get("a", 7), cache.get_many(["a"]), cache.has_key("a")] == [7, {}, False]
    assert [cache.add("a", 1), cache.incr("a"), cache.touch("a")] == [True, 1, False]


def test_threads_of_the_web_know_the_broker():
    from celery import current_app

    seen = []
    asking = threading.Thread(target=lambda: seen.append(current_app.main))
    asking.start()
    asking.join()

    assert seen == ["dela"]
