"""From the ledger to its readers: the outbox.

A reader is a function of contribution ids that may be called twice. The doorbell calls `deliver` soon after commit, the
sweep calls it every five minutes: nothing is lost when the queue is.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from community.contributions.models import Contribution

log = logging.getLogger(__name__)
Reader = Callable[[Sequence[int], datetime], None]
_readers: dict[str, Reader] = {}
BATCH = 200


def register_reader(name: str, reader: Reader) -> None:
    """Called in `AppConfig.ready()`. `reader(ids, now)` must be safe to call twice with the same ids."""
    _readers[name] = reader


def deliver(*, now: datetime, most: int = 10_000) -> int:
    """Give what is undelivered to every reader, in batches; how many were delivered.

    One contribution that a reader cannot take stops only itself: it is logged, marked delivered, and the rest go on.
    """
    done = 0
    while done < most:
        seen = list(
            Contribution.objects.filter(delivered_at=None)
            .order_by("pk")
            .values_list("pk", "changed_at")[:BATCH]
        )
        if not seen:
            break
        _deliver_batch([pk for pk, _ in seen], now)
        latest = max(changed_at for _, changed_at in seen)
        # What changed again meanwhile stays undelivered and comes round once more.
        Contribution.objects.filter(pk__in=[pk for pk, _ in seen], changed_at__lte=latest).update(
            delivered_at=now
        )
        done += len(seen)
    return done


def _deliver_batch(ids: Sequence[int], now: datetime) -> None:
    for name, reader in _readers.items():
        try:
            with transaction.atomic():
                reader(ids, now)
        except Exception:  # noqa: BLE001  whatever it is, the others must not wait for it
            log.warning("reader %s stumbled over a batch of %s; one by one now", name, len(ids))
            for pk in ids:
                _deliver_one(name, reader, pk, now)


def _deliver_one(name: str, reader: Reader, pk: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            reader([pk], now)
    except Exception:
        log.exception("reader %s cannot take contribution %s", name, pk)
