"""An experience note: five questions whose answers are kept as typed and stored as one body."""

from collections.abc import Mapping

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from community import text

PARTS = {
    "situation": (_("The situation"), _("Where were you, and what was needed?")),
    "did": (_("What we did"), _("As somebody else could do it after you.")),
    "happened": (_("What happened"), _("What went well, and what did not.")),
    "otherwise": (_("What I would do differently"), _("The thing you wish you had known.")),
    "useful": (_("Useful for"), _("Which colleagues or situations this helps.")),
}


def body(parts: Mapping[str, str]) -> str:
    """One body with a heading for each part that says something; the headings in the language of the moment.

    The parts are plain text.
    """
    said = ((heading, text.from_plain(parts.get(name, ""))) for name, (heading, _hint) in PARTS.items())
    return "".join(f"<h3>{escape(heading)}</h3>{html}" for heading, html in said if html)
