"""A bare start works; a wrong value in production stops the start with a sentence that says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from community import checks

ROOT = Path(__file__).resolve().parent.parent.parent
RIGHT = {
    "PRODUCTION": "true",
    "SECRET_KEY": "not-a-secret-but-long-enough-for-the-checks-0123456789-abcdefghij",
    "BASE_URL": "https://dela.example.org",
    "DATABASE_URL": "postgres://dela:dela@127.0.0.1:5432/dela",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "submission://dela:dela@mail.example.org:587",
}


def manage(*words, var, **environment):
    inherited = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**inherited, "VAR_DIR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_bare_start_needs_nothing_and_keeps_its_secret(tmp_path):
    first = manage("check", var=tmp_path)
    secret = (tmp_path / "secret_key").read_text()
    second = manage("check", var=tmp_path)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert len(secret) >= 50
    assert (tmp_path / "secret_key").read_text() == secret
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_right_production_passes_the_deployment_checks(tmp_path):
    checked = manage("check", "--deploy", "--fail-level", "WARNING", var=tmp_path, **RIGHT)

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SECRET_KEY", "short", "Set SECRET_KEY to at least 50 random characters"),
        ("BASE_URL", "http://dela.example.org", "Set BASE_URL to the address people type"),
        ("REDIS_URL", "", "Set REDIS_URL=redis://"),
        ("EMAIL_URL", "", "Set EMAIL_URL, for example"),
        ("EMAIL_BACKEND", "", "Set EMAIL_URL, for example"),
        ("DEMO_MODE", True, "Remove DEMO_MODE"),
        ("DEBUG", True, "Remove DEBUG"),
        ("DIGEST_HOUR", 24, "Use 0 to 23"),
        ("DIGEST_WEEKDAY", 7, "Use 0 (Monday) to 6"),
        ("DIGEST_ON_UNCERTAIN", "perhaps", "Use resend or skip"),
        ("SMALLEST_GROUP", 4, "Use 5 or more"),
    ],
)
def test_a_wrong_value_is_told_with_what_to_do(settings, monkeypatch, name, value, advice):
    settings.PRODUCTION, settings.DEBUG, settings.DEMO_MODE = True, False, False
    for right in ("SECRET_KEY", "BASE_URL", "REDIS_URL", "EMAIL_URL"):
        setattr(settings, right, RIGHT[right])
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    before = [*checks.production_is_configured(), *checks.rules_make_sense()]
    setattr(settings, name, value)

    told = [*checks.production_is_configured(), *checks.rules_make_sense()]

    assert before == []
    assert [advice in message.hint for message in told] == [True]


def test_a_production_without_anything_does_not_start(tmp_path):
    checked = manage("check", var=tmp_path, PRODUCTION="true", EMAIL_URL="carrier-pigeon://roof")

    assert checked.returncode != 0
    assert [f"dela.E00{n}" in checked.stderr for n in (1, 2, 3, 4, 5)] == [True] * 5


def test_the_web_server_refuses_a_wrong_production_too(tmp_path):
    environment = {"PRODUCTION": "true", "VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    started = subprocess.run(
        [sys.executable, "-c", "import community.wsgi"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert "Set SECRET_KEY to at least 50 random characters" in started.stderr
