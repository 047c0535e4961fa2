"""`manage.py load_bundle PATH [--dry-run]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.bundles import loading

SHOWN = 50


class Command(BaseCommand):
    help = "Loads a knowledge bundle (a folder or zip of JSON Lines). Loading again adds only what is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong with it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["dry_run"]:
                run = loading.check(options["path"])
            else:
                run = loading.load(options["path"], now=timezone.now(), say=self.stdout.write)
        except (OSError, BadZipFile) as error:
            raise CommandError(f"There is no bundle at {options['path']}: {error}") from error
        self.report(run, dry=options["dry_run"])

    def report(self, run: loading.Load, *, dry: bool) -> None:
        for file, count in run.seen.items():
            added = "" if dry else f", {run.added[file]} new"
            self.stdout.write(f"{file}: {count} lines{added}")
        if run.added["posts"]:
            self.stdout.write(f"posts: {run.added['posts']} new")
        if not dry and (run.links.found or run.links.lost):
            found, lost = len(run.links.found), len(run.links.lost)
            self.stdout.write(f"links: to {found} things made real; {lost} things linked to never came")
        for key, count in sorted(run.unknown_keys.items()):
            self.stdout.write(f"passed over: {key} ({count} times)")
        for problem in run.problems[:SHOWN]:
            self.stderr.write(str(problem))
        if len(run.problems) > SHOWN:
            self.stderr.write(f"… and {len(run.problems) - SHOWN} more")
        self.stdout.write(
            f"{len(run.problems)} lines could not be taken." if run.problems else "Every line was taken."
        )
