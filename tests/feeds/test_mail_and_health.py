"""The demo's mailbox, and the pages for whoever watches over the house."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from feeds import heartbeat, mailfolder
from feeds.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(settings):
    settings.EMAIL_BACKEND = "feeds.mailfolder.EmailBackend"
    mail = EmailMultiAlternatives("Hej å", "Plain åäö", "dela@example.org", ["maja@example.org"])
    mail.attach_alternative(
        "<html><head><title>x</title></head><body><p>Rich åäö</p></body></html>", "text/html"
    )
    mail.connection = get_connection()
    mail.send()
    return mailfolder.names()[0]


def test_a_message_becomes_one_whole_file(letter, settings):
    read = mailfolder.read(letter)

    assert (read["Subject"], read["To"]) == ("Hej å", "maja@example.org")
    assert mailfolder.part(read, "plain").strip() == "Plain åäö"
    assert "Rich åäö" in mailfolder.part(read, "html")
    assert [path.name for path in Path(settings.EMAIL_FILE_PATH).iterdir()] == [letter]


@pytest.mark.parametrize("name", ["../secret_key", "x.eml", "", "20260101T000000.0-00000000.eml"])
def test_nothing_else_is_read(letter, name):
    assert mailfolder.read(name) is None


def test_the_demo_shows_its_mail(client, letter, settings):
    settings.DEMO_MODE = True

    listed, shown = client.get("/demo/mail/"), client.get(f"/demo/mail/{letter}/")
    framed = client.get(f"/demo/mail/{letter}/html/")

    assert "Hej å" in listed.content.decode()
    assert "Plain åäö" in shown.content.decode()
    assert 'sandbox="allow-top-navigation-by-user-activation"' in shown.content.decode()
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert "script" not in framed["Content-Security-Policy"]
    assert 'target="_top"' in framed.content.decode()


@pytest.mark.parametrize(("demo", "address", "status"), [(True, "10.0.0.5", 404), (False, "127.0.0.1", 404)])
def test_nobody_else_sees_mail(client, letter, settings, demo, address, status):
    settings.DEMO_MODE = demo
    paths = ["/demo/mail/", f"/demo/mail/{letter}/", f"/demo/mail/{letter}/html/"]

    assert [client.get(path, REMOTE_ADDR=address).status_code for path in paths] == [status] * 3


def test_live_answers_without_anything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz/live").content == b"ok"


def test_ready_when_everything_stands(client):
    heartbeat.beat(now=timezone.now())

    assert client.get("/healthz/ready").json() == {
        "ready": True,
        "database": "ok",
        "migrations": "ok",
        "broker": "ok",
        "worker": "ok",
    }


def test_a_worker_that_stopped_is_seen(client):
    heartbeat.beat(now=timezone.now() - timedelta(minutes=11))
    heartbeat.beat(now=timezone.now() - timedelta(minutes=11))

    answer = client.get("/healthz/ready")

    assert (answer.status_code, answer.json()["ready"], Heartbeat.objects.count()) == (503, False, 1)


def test_a_broker_that_is_gone_is_seen(client, monkeypatch):
    monkeypatch.setattr(heartbeat, "_broker", lambda: 1 / 0)

    answer = client.get("/healthz/ready")

    assert (answer.status_code, answer.json()["broker"]) == (503, "ZeroDivisionError")
