"""The knowledge bundle: which files it has, what a row of each holds, and what is wrong with a row.

A bundle is a folder or a zip of JSON Lines, one object a line, UTF-8. Ids are the source's own strings; an id
is unique in its file, a post's id in its thread. This module only describes and checks; it reads and writes
nothing and knows no database, so a converter anywhere can use it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

UNITS = "units.jsonl"
TOPICS = "topics.jsonl"
ROLES = "roles.jsonl"
PEOPLE = "people.jsonl"
COMMUNITIES = "communities.jsonl"
PAGES = "pages.jsonl"
THREADS = "threads.jsonl"

VISIBILITIES = ("open", "closed", "secret")
LEVELS = ("required", "useful")
THREAD_KINDS = ("question", "discussion", "experience")

LONGEST_ID = 200
LONGEST_NAME = 500
LONGEST_SHOWN = 60

Row = dict[str, Any]
Check = Callable[[object], str | None]
"""Takes a value, gives None when it is right, else what it must be ("must be text")."""


@dataclass(frozen=True)
class Key:
    """One key of a row. `to` names the file whose ids the value (or each value of a list) points at."""

    name: str
    check: Check
    required: bool = True
    to: str | None = None
    each: Shape | None = None


Shape = tuple[Key, ...]


@dataclass
class Findings:
    """What a check of one row saw: problems make it a bad line, unknown keys are only counted."""

    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reference:
    """`key` of a row names the row `id` of `file`."""

    key: str
    file: str
    id: str


def any_text(value: object) -> str | None:
    return None if isinstance(value, str) else "must be text"


def short_text(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "must be text that is not empty"
    return None if len(value) <= LONGEST_NAME else f"must be at most {LONGEST_NAME} characters"


def identifier(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "must be an id: text that is not empty"
    return None if len(value) <= LONGEST_ID else f"must be at most {LONGEST_ID} characters"


def address(value: object) -> str | None:
    if isinstance(value, str):
        local, at, host = value.partition("@")
        if local and at and host and "@" not in host and not any(mark.isspace() for mark in value):
            return None
    return "must be an e-mail address"


def moment(value: object) -> str | None:
    try:
        read_moment(value)
    except ValueError as wrong:
        return str(wrong)
    return None


def read_moment(value: object) -> datetime:
    """The point in time an `at` names, offset kept. ValueError says what it must be."""
    complaint = "must be ISO 8601 with an offset, such as 2026-01-31T08:00:00+01:00"
    try:
        at = datetime.fromisoformat(value)  # type: ignore[arg-type]  # a non-text is the TypeError below
        at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(complaint) from None
    if at.tzinfo is None:
        raise ValueError(complaint)
    return at


def one_of(*names: str) -> Check:
    complaint = f"must be one of {', '.join(names)}"
    return lambda value: None if isinstance(value, str) and value in names else complaint


def list_of(check: Check) -> Check:
    def checked(value: object) -> str | None:
        if not isinstance(value, list):
            return "must be a list"
        wrong = next(((place, said) for place, item in enumerate(value) if (said := check(item))), None)
        return f"[{wrong[0]}] {wrong[1]}" if wrong else None

    return checked


def list_of_rows(at_least: int = 0) -> Check:
    def checked(value: object) -> str | None:
        if not isinstance(value, list):
            return "must be a list"
        return None if len(value) >= at_least else f"must have at least {at_least} row"

    return checked


def optional(name: str, check: Check, to: str | None = None) -> Key:
    return Key(name, check, required=False, to=to)


REVISION: Shape = (
    Key("author", identifier, to=PEOPLE),
    Key("at", moment),
    optional("summary", any_text),
    Key("html", any_text),
)
POST: Shape = (
    Key("id", identifier),
    optional("parent", identifier),
    Key("author", identifier, to=PEOPLE),
    Key("at", moment),
    Key("html", any_text),
    optional("thanks", list_of(identifier), to=PEOPLE),
)
ROLE_TOPIC: Shape = (Key("topic", identifier, to=TOPICS), Key("level", one_of(*LEVELS)))

# In the order in which they can be loaded: a file's references point at files above it or at itself; only a topic's
# stewards come later.
FILES: dict[str, Shape] = {
    UNITS: (Key("id", identifier), Key("name", short_text), optional("parent", identifier, to=UNITS)),
    TOPICS: (
        Key("id", identifier),
        Key("name", short_text),
        optional("description", any_text),
        optional("broader", identifier, to=TOPICS),
        optional("synonyms", list_of(short_text)),
        optional("stewards", list_of(identifier), to=PEOPLE),
    ),
    ROLES: (
        Key("id", identifier),
        Key("title", short_text),
        optional("scheme", any_text),
        optional("code", any_text),
        optional("expects", any_text),
        Key("topics", list_of_rows(), each=ROLE_TOPIC),
    ),
    PEOPLE: (
        Key("id", identifier),
        Key("name", short_text),
        Key("email", address),
        optional("title", any_text),
        optional("unit", identifier, to=UNITS),
        optional("roles", list_of(identifier), to=ROLES),
    ),
    COMMUNITIES: (
        Key("id", identifier),
        Key("name", short_text),
        Key("visibility", one_of(*VISIBILITIES)),
        optional("description", any_text),
        optional("members", list_of(identifier), to=PEOPLE),
        optional("stewards", list_of(identifier), to=PEOPLE),
    ),
    PAGES: (
        Key("id", identifier),
        Key("title", short_text),
        optional("parent", identifier, to=PAGES),
        optional("community", identifier, to=COMMUNITIES),
        Key("topics", list_of(identifier), to=TOPICS),
        optional("owner", identifier, to=PEOPLE),
        Key("revisions", list_of_rows(at_least=1), each=REVISION),
    ),
    THREADS: (
        Key("id", identifier),
        Key("kind", one_of(*THREAD_KINDS)),
        Key("title", short_text),
        Key("author", identifier, to=PEOPLE),
        Key("at", moment),
        optional("community", identifier, to=COMMUNITIES),
        Key("topics", list_of(identifier), to=TOPICS),
        optional("page", identifier, to=PAGES),
        optional("accepted", identifier),
        Key("posts", list_of_rows(at_least=1), each=POST),
    ),
}


def check_row(file: str, row: object) -> Findings:
    """Everything wrong with one row of `file` that the row itself can show; what it names is not looked up.

    A null stands for an absent key.
    """
    found = Findings()
    _check_shape(FILES[file], row, "", found)
    if file == THREADS and not found.problems:
        found.problems.extend(_thread_problems(row))  # type: ignore[arg-type]  # the shape was right
    return found


def _check_shape(shape: Shape, row: object, path: str, found: Findings) -> None:
    if not isinstance(row, dict):
        found.problems.append(f"{path or 'the line'} must be an object")
        return
    prefix = f"{path}." if path else ""
    known = set()
    for key in shape:
        known.add(key.name)
        value = row.get(key.name)
        if value is not None:
            _check_value(key, value, prefix, found)
        elif key.required:
            found.problems.append(f"{prefix}{key.name} is missing")
    if len(known) != len(row) or known != row.keys():
        found.unknown.extend(re.sub(r"\[\d+\]", "", prefix) + name for name in row if name not in known)


def _check_value(key: Key, value: object, prefix: str, found: Findings) -> None:
    complaint = key.check(value)
    if complaint:
        space = "" if complaint.startswith("[") else " "
        found.problems.append(f"{prefix}{key.name}{space}{complaint}{_shown(value)}")
    elif key.each:
        for place, row in enumerate(value):  # type: ignore[arg-type, var-annotated]  # list_of_rows said it is a list
            _check_shape(key.each, row, f"{prefix}{key.name}[{place}]", found)


def _shown(value: object) -> str:
    """A plain value for the message, cut; lists and objects would only fill the screen."""
    if isinstance(value, str | int | float):
        said = repr(value)
        return f", not {said[:LONGEST_SHOWN]}{'…' if len(said) > LONGEST_SHOWN else ''}"
    return ""


def _thread_problems(row: Row) -> Iterator[str]:
    """Nesting and acceptance within one thread: a reply's parent stands above it, so there is no circle."""
    seen: set[str] = set()
    for place, post in enumerate(row["posts"]):
        if post["id"] in seen:
            yield f"posts[{place}].id {post['id']!r} is there twice"
        parent = post.get("parent")
        if parent is not None and parent not in seen:
            yield f"posts[{place}].parent {parent!r} is no earlier post of this thread"
        seen.add(post["id"])
    accepted = row.get("accepted")
    if accepted is not None and (accepted not in seen or accepted == row["posts"][0]["id"]):
        yield f"accepted {accepted!r} is no answer of this thread"


def references(file: str, row: Row) -> Iterator[Reference]:
    """Every row elsewhere that this (well-formed) row names."""
    yield from _references(FILES[file], row, "")


def _references(shape: Shape, row: Row, prefix: str) -> Iterator[Reference]:
    for key in shape:
        value = row.get(key.name)
        if value is None:
            continue
        if key.each:
            for inner in value:
                yield from _references(key.each, inner, f"{prefix}{key.name}.")
        elif key.to:
            for named in value if isinstance(value, list) else [value]:
                yield Reference(f"{prefix}{key.name}", key.to, named)
