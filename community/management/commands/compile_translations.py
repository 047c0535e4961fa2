from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from community.translations import compile_changed


class Command(BaseCommand):
    help = "Compiles the translations that changed (with Babel; no gettext needed)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        written = [po for folder in settings.LOCALE_PATHS for po in compile_changed(folder)]
        self.stdout.write(f"{len(written)} catalogues compiled.")
