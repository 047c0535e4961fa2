from celery import shared_task
from django.utils import timezone

from profiles import assigning


@shared_task(name="profiles.catch_up_assignments")
def catch_up_assignments() -> None:
    """Role changes that take effect. A retry changes nothing more."""
    assigning.catch_up(now=timezone.now())
