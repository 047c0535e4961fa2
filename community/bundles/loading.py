"""Loading a bundle: a line at a time, in the order of `format.FILES`, everything through the verb modules.

A bad line is reported and passed over. Loading the same bundle again changes nothing and adds what is new.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, connection, transaction

from community.bundles import format as shape
from community.bundles import ground, knowledge
from community.bundles.keys import Keys
from community.bundles.links import Links
from community.bundles.reading import BundleReader, Line, check_bundle
from community.contributions import delivery

log = logging.getLogger(__name__)
Say = Callable[[str], None]
LOADERS: dict[str, Callable[["Load", dict[str, Any]], bool]] = {
    shape.UNITS: ground.load_unit,
    shape.TOPICS: ground.load_topic,
    shape.ROLES: ground.load_role,
    shape.PEOPLE: ground.load_person,
    shape.COMMUNITIES: ground.load_community,
    shape.PAGES: knowledge.load_page,
    shape.THREADS: knowledge.load_thread,
}


@dataclass
class Problem:
    """One line that was not loaded, and why."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass
class Load:
    """One run: what it knows, what it made, what it could not take."""

    now: datetime
    keys: Keys = field(default_factory=Keys)
    links: Links = field(init=False)
    seen: Counter[str] = field(default_factory=Counter)  # good lines per file
    added: Counter[str] = field(default_factory=Counter)  # things that were not there before
    unknown_keys: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    cache: dict[Any, Any] = field(default_factory=dict)
    stewards: dict[int, list[str]] = field(default_factory=dict)  # {topic: people of the bundle}
    pending: list[tuple[str, int, dict[str, Any]]] = field(
        default_factory=list
    )  # rows whose parent comes later

    def __post_init__(self) -> None:
        self.links = Links(self.keys)

    def forget(self) -> None:
        """After a line was rolled back: what was remembered on its behalf is not there."""
        self.cache.clear()
        self.keys.read_again()


def load(path: Path, *, now: datetime, say: Say = lambda _: None) -> Load:
    """Load the bundle at `path` (folder or zip). FileNotFoundError or BadZipFile when there is none."""
    run = Load(now)
    with BundleReader(path) as bundle:
        for file in shape.FILES:
            for n, line in enumerate(bundle.lines(file), 1):
                _load_line(run, line)
                if n % 500 == 0:
                    say(f"{file}: {n} lines …")
            _load_pending(run)
            if file == shape.PEOPLE:
                ground.appoint_stewards(run)
    knowledge.relink(run)
    say("Telling search and the others …")
    delivery.deliver(now=now, most=10_000_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that the database knows what has become large
    return run


def check(path: Path) -> Load:
    """A dry run: what is wrong with the bundle, without writing anything."""
    found = check_bundle(path)
    run = Load.__new__(Load)
    run.seen, run.added, run.unknown_keys = found.rows, Counter(), found.unknown
    run.problems = [Problem(line.file, line.number, "; ".join(line.problems)) for line in found.bad]
    run.problems += [
        Problem(file, line, f"{ref.key} names {ref.id!r}, which is not in {ref.file}")
        for file, line, ref in found.dangling
    ]
    return run


def _load_line(run: Load, line: Line) -> None:
    run.unknown_keys.update(f"{line.file}: {key}" for key in line.unknown)
    if line.row is None:
        run.problems.append(Problem(line.file, line.number, "; ".join(line.problems)))
    else:
        _load_row(run, line.file, line.number, line.row)


def _load_row(run: Load, file: str, number: int, row: dict[str, Any], *, may_wait: bool = True) -> None:
    try:
        with transaction.atomic():
            fresh = LOADERS[file](run, row)
    except ground.ComesLater as later:
        if may_wait:
            run.pending.append((file, number, row))
        else:
            run.problems.append(Problem(file, number, f"names {later}, which is not in the file"))
    except (ValueError, ValidationError, DatabaseError, ObjectDoesNotExist) as error:
        log.debug("line not loaded", exc_info=True)
        run.forget()
        run.problems.append(Problem(file, number, " ".join(str(error).split())[:300]))
    else:
        run.seen[file] += 1
        run.added[file] += fresh


def _load_pending(run: Load) -> None:
    """Rows whose parent stood further down: again and again, as long as that helps; the rest are problems."""
    while run.pending:
        waiting, run.pending = run.pending, []
        for file, number, row in waiting:
            _load_row(run, file, number, row)
        if len(run.pending) == len(waiting):
            for file, number, row in run.pending:
                _load_row(run, file, number, row, may_wait=False)
            run.pending = []
