"""What a hit says of itself on the page."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.contributions import kinds
from community.search.asking import Hit, Question


def present(hit: Hit) -> dict[str, Any]:
    """The variables of `house/stream_item.html`."""
    kind = kinds.kind(hit.kind)
    facts = [_("solved")] if hit.solved else []
    if hit.more:
        facts.append(ngettext("%(n)s more hit in it", "%(n)s more hits in it", hit.more) % {"n": hit.more})
    return {
        "url": hit.url,
        "title": hit.title,
        "excerpt": hit.snippet,
        "person": hit.person,
        "when": hit.when,
        "kind_label": kind.label,
        "tone": {"yes": "yes", "care": "care"}.get(kind.tone, "accent"),
        "facts": facts,
    }


def tabs(question: Question) -> list[dict[str, Any]]:
    """The kinds one can narrow to, as links that keep the rest of the question."""
    names = [
        ("", _("Everything")),
        ("question", _("Questions")),
        ("experience", _("Experiences")),
        ("page", _("Pages")),
    ]
    names.append(("people", _("People")))
    return [
        {"name": name, "url": _url(question, form), "current": form == question.form} for form, name in names
    ]


def _url(question: Question, form: str) -> str:
    chosen = {
        "q": question.typed,
        "kind": form,
        "topic": question.topic,
        "solved": "1" if question.solved else "",
    }
    return f"{reverse('search')}?{urlencode({key: value for key, value in chosen.items() if value})}"
