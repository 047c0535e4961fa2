"""`manage.py start`: the whole house in one command."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from community import checks
from community.supervising import Child, Supervisor
from community.translations import compile_changed


class Command(BaseCommand):
    help = "Makes everything ready, then runs web, worker and schedule under one supervisor. Ctrl-C ends them all."

    requires_system_checks: list[str] = []  # all of them import every room: the children do that anyway

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--threads", type=int, default=4, help="how many requests are answered at once")
        parser.add_argument(
            "--demo", action="store_true", help="load the demo organisation into an empty database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        refuse_wrong_configuration()
        refuse_taken_port(host, port)
        make_ready(self.stdout.write)
        if options["demo"] and not get_user_model().objects.exists():
            self.stdout.write("Loading the demo organisation (once, about a minute) …")
            call_command("load_demo", stdout=self.stdout)
        connections.close_all()
        self.stdout.write(self.welcome(host, port))
        self.stdout.flush()
        Supervisor(children(host, port, options["threads"])).run()
        self.stdout.write("Dela has ended.")

    def welcome(self, host: str, port: int) -> str:
        address = f"http://{host}:{port}/"
        how = (
            "pick a person on the sign-in page"
            if settings.DEMO_MODE
            else "`manage.py createsuperuser` makes the first person"
        )
        return f"\n  Dela is at {address}\n  To sign in: {how}.\n  Ctrl-C ends it.\n"


def refuse_wrong_configuration() -> None:
    """CommandError with every sentence and hint when a value is wrong."""
    wrong = [
        found
        for found in (*checks.production_is_configured(), *checks.rules_make_sense())
        if found.is_serious()
    ]
    if wrong:
        raise CommandError("\n".join(f"{found.msg} {found.hint}" for found in wrong))


def refuse_taken_port(host: str, port: int) -> None:
    """CommandError when somebody else listens there: better now than after the set-up."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken ({error}). Try another: make run PORT={port + 1}"
            ) from error


def make_ready(say: Any) -> None:
    """Translations, tables, static files: each only when something changed."""
    for folder in settings.LOCALE_PATHS:
        compile_changed(folder)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Preparing the database …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")  # PostgreSQL looks after its statistics by itself
    collect_changed(say)


def collect_changed(say: Any) -> None:
    """Collect static files when a source or an installed package changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    sources = [p for folder in settings.STATICFILES_DIRS for p in Path(folder).rglob("*") if p.is_file()]
    newest = max([p.stat().st_mtime for p in [*sources, Path(sys.prefix) / "pyvenv.cfg"]] or [0])
    lock = settings.BASE_DIR / "requirements.lock"
    state = f"{newest} {len(sources)} {lock.stat().st_mtime if lock.exists() else ''}"
    if stamp.exists() and stamp.read_text() == state:
        return
    say("Collecting static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def children(host: str, port: int, threads: int) -> list[Child]:
    """The processes of the embedded house: granian, and one Celery worker that keeps the schedule too."""
    python = sys.executable
    environment = dict(os.environ, DJANGO_SETTINGS_MODULE="community.settings", PYTHONUNBUFFERED="1")
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1",
           "--blocking-threads", str(threads), "--no-access-log", "--log-level", "warning",
           "community.wsgi:application"]  # fmt: skip
    worker = [python, "-m", "celery", "--quiet", "-A", "community.celery", "worker", "-B", "-P", "solo", "--loglevel", "WARNING",
              "--without-gossip", "--without-mingle", "--without-heartbeat",
              "-s", settings.CELERY["beat_schedule_filename"]]  # fmt: skip
    return [Child("web", web, environment), Child("worker", worker, environment)]
