"""Is the house alive? The worker beats once a minute; the health pages look at the beat, the broker and the database."""

from datetime import datetime, timedelta
from pathlib import Path

from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from feeds.models import Heartbeat

WORKER = "worker"
STALE = timedelta(minutes=10)
_migrated: set[str] = set()  # databases that were found complete: new migrations come with a new process


def beat(*, now: datetime, name: str = WORKER) -> None:
    """The part of that name is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": now})


def findings(*, now: datetime) -> dict[str, str]:
    """`{what was looked at: "ok" or what is wrong}`. Raises nothing."""
    looks = {
        "database": _database,
        "migrations": _migrations,
        "broker": _broker,
        "worker": lambda: _worker(now),
    }
    return {name: _told(look) for name, look in looks.items()}


def _told(look: object) -> str:
    try:
        return look()  # type: ignore[operator]
    except Exception as error:  # noqa: BLE001 - whatever is wrong is the finding
        return f"{type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    if connection.alias in _migrated:
        return "ok"
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "not all are applied"
    _migrated.add(connection.alias)
    return "ok"


def _broker() -> str:
    """A folder is there or not; a server must answer within its socket timeout."""
    options = current_app.conf.broker_transport_options
    if "data_folder_in" in options:
        return "ok" if Path(options["data_folder_in"]).is_dir() else "the folder is gone"
    with current_app.connection_for_read(connect_timeout=1) as link:
        link.ensure_connection(max_retries=1, timeout=2)
    return "ok"


def _worker(now: datetime) -> str:
    last = Heartbeat.objects.filter(name=WORKER).values_list("beat_at", flat=True).first()
    if last is None:
        return "ok"  # a house that is just being opened: the worker may wait for the web, not the other way round
    return "ok" if now - last <= STALE else f"last seen {last:%Y-%m-%d %H:%M} UTC"
