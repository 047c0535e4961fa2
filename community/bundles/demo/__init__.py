"""The demo organisation: half a year of believable activity, written as a neutral knowledge bundle.

The words stand in `words/`, written by hand; people, moments and habits are drawn with a seed, so that the same
(now, seed) gives the same files.
"""

import json
import random
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from community.bundles.demo import casting, habits, organisation, script
from community.bundles.demo.casting import Person
from community.bundles.demo.hours import Clock
from community.bundles.demo.organisation import SECRET_WORDS
from community.bundles.demo.pages import Editor
from community.bundles.demo.threads import Scribe
from community.bundles.demo.topics import TOPICS

__all__ = ["SECRET_WORDS", "write"]


def write(folder: Path, *, now: datetime, seed: int = 1) -> None:
    """Write the demo's bundle into a folder: the seven files of a bundle, readings, follows and settings.

    `now` must be aware; every date lies in the 183 days before it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    staff, clock = casting.people(seed), Clock(now)
    members = _members(staff, seed)
    here = {"staff": staff, "members": members, "clock": clock, "seed": seed}
    pages = list(Editor(**here).rows(script.read("pages")))
    threads = sorted(
        Scribe(**here).rows(script.read("threads"), pages), key=lambda row: (row["at"], row["id"])
    )
    things, readers = habits.items(threads, pages), habits.Readers(**here)
    _lines(folder / "units.jsonl", organisation.UNITS)
    _lines(folder / "roles.jsonl", organisation.ROLES)
    _lines(folder / "people.jsonl", (person.row() for person in staff))
    _lines(folder / "topics.jsonl", (_topic(topic, staff) for topic in TOPICS))
    _lines(
        folder / "communities.jsonl", (_community(row, staff, members) for row in organisation.COMMUNITIES)
    )
    _lines(folder / "pages.jsonl", pages)
    _lines(folder / "threads.jsonl", threads)
    _lines(folder / "readings.jsonl", readers.readings(things))
    _lines(folder / "follows.jsonl", readers.follows(things, [topic["id"] for topic in TOPICS]))
    text = json.dumps(_settings(staff), ensure_ascii=False, indent=2)
    (folder / "settings.json").write_text(text + "\n", encoding="utf-8")


def _lines(path: Path, rows: Iterable[dict]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")


def _number(staff: list[Person], key: tuple[str, int]) -> Person:
    return next(person for person in staff if (person.role, person.number) == key)


def _members(staff: list[Person], seed: int) -> dict[str, list[Person]]:
    """Who belongs to each community: its stewards, then the asked number of each role, writers first."""
    found = {}
    for row in organisation.COMMUNITIES:
        rng = random.Random(f"{seed}:members:{row['id']}")
        people = [_number(staff, key) for key in row["stewards"]]
        for role, count in row["roles"].items():
            others = [
                person for person in staff if person.role == role and person.roles and person not in people
            ]
            rng.shuffle(others)
            others.sort(key=lambda person: not person.active)
            people += others[:count]
        found[row["id"]] = people
    return found


def _topic(topic: dict, staff: list[Person]) -> dict:
    keys = [(steward.rstrip("0123456789"), steward) for steward in topic["stewards"].split()]
    stewards = [_number(staff, (role, int(steward.removeprefix(role)))).id for role, steward in keys]
    row = {"id": topic["id"], "name": topic["name"], "description": topic["description"]}
    row["stewards"] = stewards
    if topic["broader"]:
        row["broader"] = topic["broader"]
    if topic["synonyms"]:
        row["synonyms"] = topic["synonyms"].split(", ")
    return row


def _community(row: dict, staff: list[Person], members: dict[str, list[Person]]) -> dict:
    stewards = [_number(staff, key).id for key in row["stewards"]]
    known = {key: row[key] for key in ("id", "name", "visibility")}
    return known | {"members": [person.id for person in members[row["id"]]], "stewards": stewards}


def _settings(staff: list[Person]) -> dict:
    featured = [{"person": _number(staff, key).id, "why": why} for key, why in organisation.FEATURED]
    return {
        "organisation": organisation.NAME,
        "featured": featured,
        "head_of_learning": _number(staff, organisation.HEAD_OF_LEARNING).id,
        "administrator": _number(staff, organisation.ADMINISTRATOR).id,
    }
