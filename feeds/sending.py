"""Sending the digests of one chunk: claim, look again, send over one connection, mark.

A worker that dies leaves a lease that ends. The letter it had in its hands is sent again (the same letter, by its
Message-ID) or given up, as `DIGEST_ON_UNCERTAIN` says; all others are sent once.
"""

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError
from django.db.models import F, Q
from django.utils import translation

from feeds import letters
from feeds.digests import Digest, compose
from feeds.material import Material, gather
from feeds.models import DigestDelivery
from profiles.models import User

log = logging.getLogger(__name__)
State = DigestDelivery.State
LEASE = timedelta(seconds=60)
STALE = timedelta(
    seconds=20
)  # material older than this is read again, so that what was hidden meanwhile stays hidden
PATIENCE = timedelta(hours=24)
DEAD_AIR = 3  # failures of the connection in a row after which the chunk waits for another time
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 60)]
Clock = Callable[[], datetime]


def send(*, ids: Sequence[int], clock: Clock) -> int:
    """Send those of the deliveries that still wait; how many went out. Safe to call twice, and twice at once."""
    rows = list(
        DigestDelivery.objects.filter(_open(clock()), pk__in=ids)
        .select_related("user")
        .order_by("due_at", "pk")
    )
    batch = _Batch(rows, clock)
    try:
        return sum(batch.handle(row) for row in rows)
    finally:
        batch.post.close()


def _open(now: datetime) -> Q:
    return Q(state=State.PENDING, try_at__lte=now) | Q(state=State.SENDING, lease_until__lt=now)


class _Batch:
    """One chunk on its way: its material, kept fresh, and its connection."""

    def __init__(self, rows: Sequence[DigestDelivery], clock: Clock) -> None:
        self.rows, self.clock = rows, clock
        self.post = get_connection()
        self.material: Material | None = None
        self.read_at: datetime | None = None
        self.silent = 0  # how often in a row the mail server did not answer

    def handle(self, row: DigestDelivery) -> bool:
        """True when the letter went out. Whatever goes wrong stops only this one."""
        uncertain = row.state == State.SENDING
        if self.silent >= DEAD_AIR or not _claim(row, self.clock()):
            return False
        try:
            return self._deliver(row, uncertain=uncertain)
        except (DatabaseError, SoftTimeLimitExceeded):
            raise  # nothing is wrong with this letter: the lease ends, and another worker takes it up
        except Exception as error:
            log.exception("the digest of person %s cannot be made", row.user_id)
            return _close(row, State.FAILED, f"error: {type(error).__name__}")

    def _deliver(self, row: DigestDelivery, *, uncertain: bool) -> bool:
        now = self.clock()
        if uncertain and settings.DIGEST_ON_UNCERTAIN == "skip":
            return _close(row, State.SKIPPED, "uncertain")
        if now - row.due_at > PATIENCE:
            return _close(row, State.FAILED if row.attempts > 1 else State.SKIPPED, row.reason or "late")
        user = User.objects.filter(pk=row.user_id, is_active=True, digest_on=True).first()
        if user is None:
            return _close(row, State.SKIPPED, "not wanted")
        with translation.override(letters.language_of(user)):
            digest = compose(user=user, material=self._fresh_material(user, now), now=now)
            if not digest.says_something:
                return _close(row, State.SKIPPED, "nothing to say")
            return self._post(row, digest)

    def _fresh_material(self, user: User, now: datetime) -> Material:
        """Read in bulk for all of the chunk; for one alone when something in the bulk cannot be read."""
        if self.material is not None and self.read_at is not None and now - self.read_at <= STALE:
            return self.material
        try:
            self.material, self.read_at = gather([row.user for row in self.rows], now=now), now
        except (DatabaseError, SoftTimeLimitExceeded):
            raise
        except Exception:
            log.exception("the material of a chunk cannot be read; one by one now")
            return gather([user], now=now)
        return self.material

    def _post(self, row: DigestDelivery, digest: Digest) -> bool:
        mail = letters.letter(digest=digest, period=row.period)
        mail.connection = self.post
        try:
            self.post.open()
            mail.send()
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            self.silent = 0 if _code(error) else self.silent + 1
            return _refused(row, error, self.clock())
        self.silent = 0
        sent = {
            "message_id": mail.extra_headers["Message-ID"],
            "items": digest.record(),
            "sent_at": self.clock(),
        }
        _close(row, State.SENT, "", **sent)
        return True

    def _hang_up(self) -> None:
        """The next letter gets a new connection."""
        try:
            self.post.close()
        except (smtplib.SMTPException, OSError):
            self.post = get_connection()


def _claim(row: DigestDelivery, now: datetime) -> bool:
    """Take the row for this worker; False when another has it or had it."""
    claimed = DigestDelivery.objects.filter(_open(now), pk=row.pk, attempts=row.attempts)
    taken = claimed.update(state=State.SENDING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    row.attempts += 1
    return bool(taken)


def _close(row: DigestDelivery, state: str, reason: str, **facts: Any) -> bool:
    """Write down how it ended. False, for those who count what went out."""
    DigestDelivery.objects.filter(pk=row.pk).update(
        state=state, reason=reason[:200], lease_until=None, **facts
    )
    return False


def _refused(row: DigestDelivery, error: Exception, now: datetime) -> bool:
    """What the mail server will never take has failed; the rest is tried again for a day."""
    code, reason = _code(error), f"{type(error).__name__} {_code(error) or ''}".strip()
    if code is not None and 500 <= code < 600:
        return _close(row, State.FAILED, reason)
    later = now + WAITS[min(row.attempts, len(WAITS)) - 1]
    if later - row.due_at > PATIENCE:
        return _close(row, State.FAILED, f"given up: {reason}")
    return _close(row, State.PENDING, reason, try_at=later)


def _code(error: Exception) -> int | None:
    """The mail server's number, when it said one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min((code for code, _ in error.recipients.values()), default=None)
    return getattr(error, "smtp_code", None)
