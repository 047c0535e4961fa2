"""A bundle from the package `zaragoza-construction-faq`: Swedish questions about building, with answers.

The source (Swedish Construction FAQ by Zaragoza AB, CC BY 4.0) gives a day, no hour and no author. So an
invented account asks and answers, a question a minute from eight in the morning of that day, in its order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from community.bundles.format import PEOPLE, THREADS, TOPICS, Row
from community.bundles.writing import BundleWriter

ACCOUNT = "zaragoza:byggfragor"
ADDRESS = "byggfragor@example.org"

# The source spells its categories as addresses; these are the words.
CATEGORY_NAMES = {
    "altan-staket-plank": "Altan, staket och plank",
    "arbetsmiljo": "Arbetsmiljö på bygget",
    "attefallshus-friggebod": "Attefallshus och friggebod",
    "badrumsrenovering": "Badrumsrenovering",
    "bbr-pbl": "BBR och PBL",
    "bergvarme-jordvarme": "Bergvärme och jordvärme",
    "besiktning": "Besiktning",
    "buller-granne": "Buller och grannar",
    "bygglov": "Bygglov",
    "dispute": "Tvister",
    "dolda-fel": "Dolda fel",
    "elinstallation": "Elinstallation",
    "energideklaration": "Energideklaration",
    "f-skatt": "F-skatt",
    "fasadrenovering": "Fasadrenovering",
    "forsakring-ansvar": "Försäkring och ansvar",
    "garantier": "Garantier",
    "isolering": "Isolering",
    "koksrenovering": "Köksrenovering",
    "kontrakt": "Kontrakt",
    "kostnader": "Kostnader",
    "marklov-rivningslov": "Marklov och rivningslov",
    "omvand-moms": "Omvänd moms",
    "oppen-spis-vedeldning": "Öppen spis och vedeldning",
    "personalliggare": "Personalliggare",
    "radon-fuktskador": "Radon och fuktskador",
    "reklamation-process": "Reklamation",
    "rot-avdrag": "ROT-avdrag",
    "rut-avdrag": "RUT-avdrag",
    "solceller-varmpump": "Solceller och värmepump",
    "strandskydd": "Strandskydd",
    "takläggning": "Takläggning",
    "tillbyggnad": "Tillbyggnad",
    "tomtgrans-servitut": "Tomtgräns och servitut",
    "varmesystem": "Värmesystem",
    "ventilation": "Ventilation",
    "verifiera-byggfirma": "Att kontrollera en byggfirma",
    "vvs": "VVS",
    "yrkesbevis-certifikat": "Yrkesbevis och certifikat",
}


def convert(*, bundle: BundleWriter) -> None:
    """Writes every question of the installed package. ModuleNotFoundError when the package is not there."""
    import zaragoza_construction_faq as source  # only here: it is no dependency of the house

    facts = source.meta()
    credit = facts["attribution_required"]
    bundle.write(PEOPLE, account(credit))
    for topic in topics(source.categories(), credit):
        bundle.write(TOPICS, topic)
    for thread in threads(source.load(), day=facts["updated"]):
        bundle.write(THREADS, thread)


def account(credit: str) -> Row:
    return {"id": ACCOUNT, "name": "Byggfrågor", "email": ADDRESS, "title": credit.rstrip(".")}


def topics(categories: Iterable[str], credit: str) -> Iterable[Row]:
    for category in categories:
        name = CATEGORY_NAMES.get(category) or category.replace("-", " ").capitalize()
        yield {
            "id": f"zaragoza:{category}",
            "name": name,
            "description": f"Frågor och svar om {name}. Källa: {credit}",
        }


def threads(questions: Iterable[Row], *, day: str) -> Iterable[Row]:
    """A thread per question, its answer accepted."""
    asked = datetime.fromisoformat(day).replace(hour=8, tzinfo=ZoneInfo("Europe/Stockholm"))
    for question in questions:
        yield _thread(question, asked)
        asked += timedelta(minutes=1)


def _thread(question: Row, asked: datetime) -> Row:
    name = f"zaragoza:{question['id']}"
    at, answered = asked.isoformat(), (asked + timedelta(seconds=30)).isoformat()
    opening = {"id": f"{name}/q", "author": ACCOUNT, "at": at, "html": _paragraph(question["q"])}
    answer = {"id": f"{name}/a", "author": ACCOUNT, "at": answered, "html": _answer(question)}
    return {
        "id": name,
        "kind": "question",
        "title": question["q"],
        "author": ACCOUNT,
        "at": at,
        "topics": [f"zaragoza:{question['category']}"],
        "accepted": answer["id"],
        "posts": [opening, answer],
    }


def _answer(question: Row) -> str:
    sources = question.get("sources") or []
    listed = "".join(f"<li><p>{escape(source, quote=False)}</p></li>" for source in sources)
    return _paragraph(question["a"]) + (f"<p>Källor:</p><ul>{listed}</ul>" if listed else "")


def _paragraph(text: str) -> str:
    return f"<p>{escape(text.strip(), quote=False)}</p>"
