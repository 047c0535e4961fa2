"""What the worker does for the flows. Every task may run twice."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from feeds import heartbeat as pulse
from feeds import planning, sending


@shared_task(name="feeds.heartbeat")
def heartbeat() -> None:
    """Once a minute: the worker is alive, and what a dead one left behind is taken up."""
    pulse.beat(now=timezone.now())
    _hand_out()


@shared_task(name="feeds.plan_digests")
def plan_digests() -> None:
    """Ask the database whose digest is due, and hand the work out. A retry finds what is left."""
    planning.plan(now=timezone.now())
    _hand_out()


@shared_task(name="feeds.send_digests")
def send_digests(ids: list[int]) -> None:
    """Send these. Whatever is sent already, or claimed by another worker, is left alone."""
    sending.send(ids=ids, clock=timezone.now)


def _hand_out() -> None:
    for ids in planning.open_chunks(now=timezone.now()):
        send_digests.delay(ids)


@worker_ready.connect
def begin(sender: Any, **kwargs: Any) -> None:
    """A worker that starts catches up at once instead of waiting for the next tick."""
    plan_digests.delay()
