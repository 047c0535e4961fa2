"""Mail without a mail server: each message becomes one .eml file in a folder, and `demo/mail/` shows them."""

import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

FILE_NAME = re.compile(r"^[0-9T.]{8,40}-[0-9a-f]{8}\.eml$")
MOST_SHOWN = 200


class EmailBackend(BaseEmailBackend):
    """Writes whole files only: a reader of the folder never sees half a message."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}.eml"
            half = folder / f".{name}"
            half.write_bytes(message.message().as_bytes(linesep="\r\n"))
            half.rename(folder / name)
        return len(email_messages)


def names() -> list[str]:
    """The files in the folder, newest first, at most `MOST_SHOWN`."""
    folder = Path(settings.EMAIL_FILE_PATH)
    found = (
        [path.name for path in folder.glob("*.eml") if FILE_NAME.match(path.name)] if folder.is_dir() else []
    )
    return sorted(found, reverse=True)[:MOST_SHOWN]


def read(name: str) -> EmailMessage | None:
    """The message in the file `name`; None when there is no such file in the folder."""
    path = Path(settings.EMAIL_FILE_PATH) / name
    if not FILE_NAME.match(name) or not path.is_file():
        return None
    return message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[return-value]


def part(message: EmailMessage, kind: str) -> str:
    """The text of the part of that kind (`plain` or `html`), "" without one."""
    found = message.get_body(preferencelist=(kind,))
    return found.get_content() if found is not None else ""
