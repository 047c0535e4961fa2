"""`manage.py dump_bundle PATH`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.bundles import dumping


class Command(BaseCommand):
    help = "Writes all knowledge as a bundle: a new folder, or a file that ends in .zip. Closed and secret communities too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = dumping.dump(options["path"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{options['path']}: "
            + ", ".join(f"{n} {file.removesuffix('.jsonl')}" for file, n in counts.items())
        )
