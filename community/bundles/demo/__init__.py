"""The demo organisation: half a year of believable activity, written as a neutral knowledge bundle.

The words stand in `words/`, written by hand; people, moments and habits are drawn with a seed, so that the same
(now, seed) gives the same files.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from community.bundles.demo import habits, organisation, script, world
from community.bundles.demo.organisation import SECRET_WORDS
from community.bundles.demo.pages import Editor
from community.bundles.demo.threads import Scribe
from community.bundles.demo.topics import TOPICS
from community.bundles.demo.world import World

__all__ = ["SECRET_WORDS", "write"]


def write(folder: Path, *, now: datetime, seed: int = 1) -> None:
    """Write the demo's bundle into a folder: the seven files of a bundle, readings, follows and settings.

    `now` must be aware; every date lies in the 183 days before it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    here = world.build(now=now, seed=seed)
    for name, rows in (_ground(here) | _life(here)).items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    text = json.dumps(_settings(here), ensure_ascii=False, indent=2)
    (folder / "settings.json").write_text(text + "\n", encoding="utf-8")


def _ground(here: World) -> dict[str, Iterable[dict]]:
    """The organisation as such."""
    return {
        "units": organisation.UNITS,
        "roles": organisation.ROLES,
        "people": [person.row() for person in here.staff],
        "topics": [_topic(topic, here) for topic in TOPICS],
        "communities": [_community(row, here) for row in organisation.COMMUNITIES],
    }


def _life(here: World) -> dict[str, Iterable[dict]]:
    """What its people wrote, read and chose."""
    pages = list(Editor(here).rows(script.read("pages")))
    threads = list(Scribe(here).rows(script.read("threads"), pages))
    threads.sort(key=lambda row: (row["at"], row["id"]))
    things, readers = habits.items(threads, pages), habits.Readers(here)
    return {
        "pages": pages,
        "threads": threads,
        "readings": readers.readings(things),
        "follows": readers.follows(things, [topic["id"] for topic in TOPICS]),
    }


def _topic(topic: dict, here: World) -> dict:
    keys = [(steward.rstrip("0123456789"), steward) for steward in topic["stewards"].split()]
    row = {"id": topic["id"], "name": topic["name"], "description": topic["description"]}
    row["stewards"] = [here.person((role, int(steward.removeprefix(role)))).id for role, steward in keys]
    if topic["broader"]:
        row["broader"] = topic["broader"]
    if topic["synonyms"]:
        row["synonyms"] = topic["synonyms"].split(", ")
    return row


def _community(row: dict, here: World) -> dict:
    known = {key: row[key] for key in ("id", "name", "visibility")}
    members = [person.id for person in here.members[row["id"]]]
    return known | {"members": members, "stewards": [here.person(key).id for key in row["stewards"]]}


def _settings(here: World) -> dict:
    return {
        "organisation": organisation.NAME,
        "featured": [{"person": here.person(key).id, "why": why} for key, why in organisation.FEATURED],
        "head_of_learning": here.person(organisation.HEAD_OF_LEARNING).id,
        "administrator": here.person(organisation.ADMINISTRATOR).id,
    }
