"""Made-up people and words for the style guide: nothing here comes from the database."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone


@dataclass
class Person:
    pk: int
    name: str
    title: str = ""
    photo: str = ""


@dataclass
class Topic:
    name: str
    slug: str = ""

    def __post_init__(self) -> None:
        self.slug = self.slug or self.name.lower()


@dataclass
class Link:
    name: str
    url: str = "#"
    current: bool = False
    count: int | str = ""
    unread: int = 0
    muted: bool = False


@dataclass
class Flows:
    communities: list[Link] = field(default_factory=list)
    topics: list[Link] = field(default_factory=list)


class SpecimenForm(forms.Form):
    title = forms.CharField(
        label="Rubrik", max_length=120, help_text="Skriv frågan som du skulle ställa den i korridoren."
    )
    kind = forms.ChoiceField(
        label="Vad vill du dela?",
        choices=[("q", "En fråga"), ("d", "En diskussion"), ("e", "En erfarenhet")],
        widget=forms.RadioSelect,
        initial="q",
    )
    body = forms.CharField(label="Din text", widget=forms.Textarea(attrs={"rows": 4}))
    community = forms.ChoiceField(
        label="Gemenskap", choices=[("", "Alla medarbetare"), ("1", "Nattpatrullen")], required=False
    )
    topics = forms.CharField(label="Ämnen", initial="Läkemedel, Nattarbete")
    picture = forms.FileField(label="Bild", required=False)
    watch = forms.BooleanField(
        label="Bevaka svaren", required=False, help_text="Du får veta det så snart någon svarar."
    )


PEOPLE = [
    Person(3, "Amina Holm", "undersköterska"),
    Person(7, "Johan Ek", "nattpatrullen"),
    Person(12, "Saga Lind", "sjuksköterska"),
    Person(17, "Omar Falk", "samordnare"),
    Person(22, "Åsa Öberg", "enhetschef"),
    Person(28, "Lo Ström", "arbetsterapeut"),
]
TOPICS = [
    Topic(n) for n in ("Läkemedel", "Nattarbete", "Välfärdsteknik", "Hygien", "Bemötande", "Dokumentation")
]


def specimens() -> dict[str, Any]:
    """Everything the style guide's template shows."""
    now = timezone.now()
    wrong = SpecimenForm({"title": "", "kind": "q", "body": ""}, auto_id="wrong_%s")
    wrong.is_valid()
    return {
        "people": PEOPLE,
        "topics": TOPICS,
        "entries": _entries(now),
        "now_ago": now - timedelta(minutes=12),
        "yesterday": now - timedelta(days=1, hours=2),
        "form": SpecimenForm(),
        "chosen": SpecimenForm(auto_id="chosen_%s"),
        "wrong": wrong,
        "tabs": [
            Link("Mitt flöde", current=True, count=4),
            Link("Obesvarat", count=12),
            Link("Sparat"),
            Link("Nästa brev"),
        ],
        "crumbs": [Link("Forum"), Link("Läkemedel")],
        "nav": Flows(
            [Link("Nattpatrullen", unread=2), Link("Skrivstugan")],
            [Link("Läkemedel", unread=3), Link("Nattarbete"), Link("Välfärdsteknik", muted=True)],
        ),
        **_figures(),
    }


_ENTRIES = [
    (
        "Löst fråga",
        "yes",
        "Får man dela en depottablett?",
        "Nej, men apoteket byter form. Vi ringer samma dag och skriver upp vem som svarade.",
        ["4 svar", "12 tack"],
        "din yrkesroll behöver Läkemedel",
    ),
    (
        "Erfarenhet",
        "care",
        "När larmet tystnade: det här lärde vi oss av strömavbrottet",
        "Bara ett batteri var laddat. Nu går vi en runda i timmen, och listorna finns på papper.",
        ["7 svar", "31 tack"],
        "du följer Nattarbete",
    ),
    (
        "Ändrad sida",
        "accent",
        "Rutin: så lämnar vi över till natten",
        "Nytt i steg fyra: läs upp vilka som inte ätit.",
        ["granskad"],
        "",
    ),
    (
        "Fråga",
        "accent",
        "Vem har en bra mall för levnadsberättelse?",
        "Vår är fyra sidor och ingen orkar fylla i den.",
        ["1 svar"],
        "du är med i Skrivstugan",
    ),
]


def _entries(now: Any) -> list[dict[str, Any]]:
    return [
        {
            "kind_label": kind,
            "tone": tone,
            "title": title,
            "excerpt": words,
            "facts": facts,
            "reason": why,
            "url": "#",
            "person": None if kind == "Ändrad sida" else PEOPLE[n],
            "when": now - timedelta(hours=7 * n, minutes=20),
            "topics": TOPICS[n : n + 2],
            "unread": n == 0,
        }
        for n, (kind, tone, title, words, facts, why) in enumerate(_ENTRIES)
    ]


def _figures() -> dict[str, Any]:
    blocks = [
        ("jan", 31),
        ("feb", 34),
        ("mar", 38),
        ("apr", None),
        ("maj", 44),
        ("jun", 47),
        ("aug", 52),
        ("sep", 50),
    ]
    return {
        "bars": [
            {"label": "Undersköterska", "value": 62, "low": 55, "high": 69, "target": 60},
            {"label": "Sjuksköterska", "value": 48, "low": 38, "high": 58, "target": 60, "tone": "care"},
            {"label": "Samordnare", "value": None},
        ],
        "points": [
            {"label": label, "value": value, "low": value and value - 6, "high": value and value + 6}
            for label, value in blocks
        ],
        "spark": [3, 5, 4, 8, 7, 11, 9, 14],
        "shares": [
            {"label": "Frågor", "value": 40, "text": "40 %"},
            {"label": "Svar", "value": 35, "text": "35 %"},
            {"label": "Erfarenheter", "value": 15, "text": "15 %"},
            {"label": "Sidor", "value": 10, "text": "10 %"},
        ],
        "levels": [(0, "Tyst"), (1, "Spritt"), (2, "Vana"), (3, "Gemensamt"), (4, "Självgående"), (None, "")],
    }
