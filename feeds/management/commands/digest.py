"""`manage.py digest --preview EMAIL`: the digest that a person would get now, without sending anything."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from feeds import digests, letters
from profiles.models import User


class Command(BaseCommand):
    help = "Print the digest that somebody would get now. Nothing is sent or written down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--preview", metavar="EMAIL", required=True, help="the person's e-mail address")
        parser.add_argument("--html", action="store_true", help="print the HTML instead of the plain text")

    def handle(self, *args: Any, preview: str, html: bool, **options: Any) -> None:
        user = User.objects.filter(email__iexact=preview).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {preview}.")
        with translation.override(letters.language_of(user)):
            digest = digests.upcoming(user=user, now=timezone.now())
            subject, text, markup = letters.words(digest=digest)
        self.stdout.write(markup if html else f"{subject}\n\n{text}")
