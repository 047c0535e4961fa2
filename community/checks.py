"""System checks: a wrong or missing value in production stops the start with a sentence that says what to do."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured


@register()
def production_is_configured(**kwargs: Any) -> list[CheckMessage]:
    """Only looks when PRODUCTION=true."""
    if not settings.PRODUCTION:
        return []
    wanted = [
        (len(settings.SECRET_KEY) >= 50, "SECRET_KEY is missing or short.",
         "Set SECRET_KEY to at least 50 random characters: python3 -c 'import secrets; print(secrets.token_urlsafe(60))'."),
        (settings.BASE_URL.startswith("https://"), "BASE_URL is not an https address.",
         "Set BASE_URL to the address people type, for example https://dela.example.org."),
        ("sqlite" not in settings.DATABASES["default"]["ENGINE"], "DATABASE_URL does not name a PostgreSQL database.",
         "Set DATABASE_URL=postgres://user:password@host:5432/name."),
        (bool(settings.REDIS_URL), "REDIS_URL is missing.", "Set REDIS_URL=redis://host:6379/0."),
        (bool(settings.EMAIL_URL and settings.EMAIL_BACKEND), "EMAIL_URL is missing or of an unknown kind: mail has nowhere to go.",
         "Set EMAIL_URL, for example submission://user:password@mail.example.org:587 (or smtp://host:25)."),
        (not settings.DEMO_MODE, "DEMO_MODE is on in production: anybody could sign in as anybody.", "Remove DEMO_MODE."),
        (not settings.DEBUG, "DEBUG is on in production.", "Remove DEBUG."),
    ]  # fmt: skip
    return [
        Error(f"{what}", hint=hint, id=f"dela.E{n:03}")
        for n, (fine, what, hint) in enumerate(wanted, 1)
        if not fine
    ]


def insist_on_configuration() -> None:
    """Called where no command runs the checks (web server, worker). ImproperlyConfigured with every sentence and hint."""
    wrong = production_is_configured()
    if wrong:
        raise ImproperlyConfigured("\n".join(f"{error.msg} {error.hint}" for error in wrong))


@register()
def rules_make_sense(**kwargs: Any) -> list[CheckMessage]:
    """A weekday of 0–6 and an hour of 0–23."""
    found: list[CheckMessage] = []
    if settings.DIGEST_WEEKDAY not in range(7):
        found.append(
            Error("DIGEST_WEEKDAY is not a weekday.", hint="Use 0 (Monday) to 6 (Sunday).", id="dela.E020")
        )
    if settings.DIGEST_HOUR not in range(24):
        found.append(Error("DIGEST_HOUR is not an hour.", hint="Use 0 to 23.", id="dela.E021"))
    if settings.SMALLEST_GROUP < 5:
        found.append(
            Error(
                "SMALLEST_GROUP is below the floor of 5.",
                hint="Use 5 or more; 10 is the default.",
                id="dela.E022",
            )
        )
    if settings.DIGEST_ON_UNCERTAIN not in {"resend", "skip"}:
        found.append(
            checks.Warning("DIGEST_ON_UNCERTAIN is unknown.", hint="Use resend or skip.", id="dela.W001")
        )
    return found
