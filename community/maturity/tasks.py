from celery import shared_task
from django.utils import timezone

from community.maturity import filling


@shared_task(name="maturity.catch_up")
def catch_up() -> None:
    """Fill the figures up to yesterday. A retry, or a run every hour, changes nothing that stands there."""
    now = timezone.now()
    if not filling.is_filled(now=now):
        filling.catch_up(now=now)
