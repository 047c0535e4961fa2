"""The doorbell's button: after commit, ask a worker to look into the outbox."""

import logging
from typing import Any

from django.dispatch import receiver
from kombu.exceptions import OperationalError

from community.contributions.signals import contribution_recorded
from community.contributions.tasks import deliver

log = logging.getLogger(__name__)


@receiver(contribution_recorded, dispatch_uid="ring-the-worker")
def ring(sender: Any, **kwargs: Any) -> None:
    """A broker that does not answer is no reason to fail: the sweep finds the row within five minutes."""
    try:
        deliver.delay()
    except (OperationalError, OSError) as error:
        log.warning("the doorbell did not ring (%s); the sweep will find it", error)
