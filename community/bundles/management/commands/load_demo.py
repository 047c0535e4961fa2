"""`manage.py load_demo`: the demo organisation, with half a year of life, into an empty database."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.bundles import demo, demo_life, loading


class Command(BaseCommand):
    help = "Loads the demo organisation into an empty database (DEMO_MODE only)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("The demo is loaded in demo mode only: set DEMO_MODE=true.")
        if get_user_model().objects.exists():
            raise CommandError("There are people in this database already; the demo wants an empty one.")
        now = timezone.now()
        with tempfile.TemporaryDirectory() as folder:
            demo.write(Path(folder), now=now)
            run = loading.load(Path(folder), now=now)
            if run.problems:
                raise CommandError("\n".join(map(str, run.problems[:20])))
            demo_life.live(Path(folder), now=now)
        call_command("figures", stdout=self.stdout)
        self.stdout.write(
            f"The demo organisation is there: {run.added['people.jsonl']} people, {run.added['posts']} posts."
        )
