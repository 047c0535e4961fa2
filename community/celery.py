"""Celery's app and the whole timetable. The schedule only asks the database what is due: a missed hour is caught up."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

app = Celery("dela")
app.set_default()  # for every thread of the web, not only the one that imports this
app.conf.update(settings.CELERY)
app.autodiscover_tasks(
    [
        "community.contributions",
        "community.search",
        "community.maturity",
        "feeds",
        "forum",
        "wiki",
        "profiles",
    ]
)
app.conf.beat_schedule = {
    "heartbeat": {"task": "feeds.heartbeat", "schedule": 60.0},
    "sweep what the doorbell missed": {"task": "contributions.deliver", "schedule": 300.0},
    "digests that are due": {"task": "feeds.plan_digests", "schedule": 300.0},
    "role changes that take effect": {"task": "profiles.catch_up_assignments", "schedule": crontab(minute=7)},
    "figures of yesterday": {"task": "maturity.catch_up", "schedule": crontab(minute=20)},
    "scheduled wiki pages": {"task": "wiki.publish_scheduled", "schedule": crontab(minute="*/10")},
}


@worker_init.connect
@beat_init.connect
def refuse_bad_configuration(**kwargs: Any) -> None:
    """The worker and the schedule stop with a sentence, as the web server does."""
    from community.checks import (
        insist_on_configuration,  # needs the apps, which Celery loads after this module
    )

    insist_on_configuration()
