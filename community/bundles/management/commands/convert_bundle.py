"""`manage.py convert_bundle SOURCE OUT`: makes a bundle, a folder or a .zip, from material elsewhere."""

from __future__ import annotations

import tarfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.bundles.writing import BundleWriter


class Command(BaseCommand):
    help = "Make a knowledge bundle from material elsewhere; load it with load_bundle."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        sources = parser.add_subparsers(dest="source", required=True, metavar="SOURCE")
        zaragoza = sources.add_parser("zaragoza", help="503 Swedish questions about building, with answers")
        django_docs = sources.add_parser("django-docs", help="Django's documentation, a revision per release")
        for one in (zaragoza, django_docs):
            one.add_argument("out", type=Path, metavar="OUT", help="a new folder or a new .zip")
        django_docs.add_argument(
            "--sdist", type=Path, action="append", required=True, metavar="FILE", help="may be given again"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with BundleWriter(options["out"]) as bundle:
                self._convert(bundle, options)
        except ModuleNotFoundError as missing:
            raise CommandError(f"{missing.name} is not installed: install the extra «import».") from missing
        except (OSError, ValueError, tarfile.TarError) as wrong:
            raise CommandError(str(wrong)) from wrong
        counts = {file.removesuffix(".jsonl"): count for file, count in bundle.counts.items() if count}
        self.stdout.write(
            f"{options['out']}: {', '.join(f'{count} {what}' for what, count in counts.items())}"
        )

    def _convert(self, bundle: BundleWriter, options: dict[str, Any]) -> None:
        if options["source"] == "zaragoza":
            from community.bundles.converters import zaragoza  # only the chosen source needs its package

            zaragoza.convert(bundle=bundle)
        else:
            from community.bundles.converters import django_docs  # needs docutils

            outcome = django_docs.convert(bundle=bundle, sdists=options["sdist"], said=self.stdout.write)
            self._tell(outcome)

    def _tell(self, outcome: Any) -> None:
        for kind, named in {"doc": ":doc:", "ref": ":ref:", "toctree": "contents", "object": "names"}.items():
            led, asked = outcome.linked(kind)
            self.stdout.write(f"{named} {led} of {asked} lead to a page of the bundle")
        for lost, count in outcome.unkept.most_common():
            self.stdout.write(f"not kept: {lost} ({count})")
