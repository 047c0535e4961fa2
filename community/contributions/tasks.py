from celery import shared_task
from django.utils import timezone

from community.contributions import delivery


@shared_task(name="contributions.deliver")
def deliver() -> None:
    """Look into the outbox. A retry finds what is left; nothing is delivered twice in harm."""
    delivery.deliver(now=timezone.now())
