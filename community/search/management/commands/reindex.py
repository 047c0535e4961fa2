from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from community.search import indexing


class Command(BaseCommand):
    help = "Writes the search documents anew from the ledger. The search answers meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for done in indexing.reindex(now=timezone.now()):
            if done % 10_000 == 0:
                self.stdout.write(f"{done} …")
        self.stdout.write(f"{done} contributions looked at")
