from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from community.maturity import filling


class Command(BaseCommand):
    help = "Fills the figures of where we stand, up to yesterday."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--rebuild",
            action="store_true",
            help="compute final blocks anew; a difference becomes a revision",
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, help="the last day that counts, instead of yesterday"
        )

    def handle(self, *args: Any, rebuild: bool, until: date | None, **options: Any) -> None:
        done = filling.catch_up(now=timezone.now(), until=until, again=rebuild)
        self.stdout.write(
            f"{done} periods computed" if done else "nothing to compute, or somebody else is computing"
        )
