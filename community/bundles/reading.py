"""Reading a bundle line by line, and checking a whole one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZipFile

from .format import FILES, Findings, Reference, Row, check_row, references


@dataclass(frozen=True)
class Line:
    """One line of a file. `row` is None when it is bad; then `problems` says why."""

    file: str
    number: int
    row: Row | None
    problems: list[str]
    unknown: list[str]


class BundleReader:
    """Opens a folder or a zip (its files at the top or in one inner folder) and streams its rows.

    `strange` lists the files that are no part of the format. FileNotFoundError or zipfile.BadZipFile when
    there is nothing to open.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def __enter__(self) -> Self:
        self._archive = None if self.path.is_dir() else ZipFile(self.path)
        names = self._archive.namelist() if self._archive else [entry.name for entry in self.path.iterdir()]
        self._members = {PurePosixPath(name).name: name for name in names if not name.endswith("/")}
        self.strange = sorted(name for name in self._members if name not in FILES)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._archive:
            self._archive.close()

    def lines(self, file: str) -> Iterator[Line]:
        """The lines of one file, checked; a file that is not there has none."""
        if file in self._members:
            with self._open(file) as stream:
                yield from read_lines(file, stream)

    def _open(self, file: str) -> BinaryIO:
        if self._archive:
            return self._archive.open(self._members[file])  # type: ignore[return-value]  # a binary stream by another name
        return (self.path / file).open("rb")


def read_lines(file: str, stream: Iterable[bytes]) -> Iterator[Line]:
    """Parses and checks lines; empty ones are passed over, an id seen before makes a bad line."""
    seen: set[str] = set()
    for number, raw in enumerate(stream, start=1):
        said = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if not said:
            continue
        row, found = _parsed(file, said)
        if not found.problems:
            found.problems.extend(_taken(row, seen))
        yield Line(file, number, None if found.problems else row, found.problems, found.unknown)


def _parsed(file: str, raw: bytes) -> tuple[Row, Findings]:
    try:
        row = json.loads(raw.decode())
    except UnicodeDecodeError as wrong:
        return {}, Findings([f"is not UTF-8 (byte {wrong.start + 1})"])
    except ValueError as wrong:
        return {}, Findings([f"is not JSON: {wrong}"])
    except RecursionError:
        return {}, Findings(["is nested too deep"])
    return row, check_row(file, row)


def _taken(row: Row, seen: set[str]) -> Iterator[str]:
    if row["id"] in seen:
        yield f"id {row['id']!r} is in this file already"
    seen.add(row["id"])


@dataclass
class Report:
    """What a bundle holds: good rows per file, bad lines, unknown keys, references that lead nowhere."""

    rows: Counter[str] = field(default_factory=Counter)
    bad: list[Line] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    dangling: list[tuple[str, int, Reference]] = field(default_factory=list)


def check_bundle(path: str | Path) -> Report:
    """Reads a whole bundle and says what is wrong with it; keeps ids and references in memory, no text."""
    report = Report()
    ids: dict[str, set[str]] = {file: set() for file in FILES}
    named: dict[Reference, tuple[str, int]] = {}
    with BundleReader(path) as bundle:
        for file in FILES:
            for line in bundle.lines(file):
                report.unknown.update(f"{file}: {key}" for key in line.unknown)
                if line.row is None:
                    report.bad.append(line)
                    continue
                report.rows[file] += 1
                ids[file].add(line.row["id"])
                for reference in references(file, line.row):
                    named.setdefault(reference, (file, line.number))
    report.dangling = [(*place, gone) for gone, place in named.items() if gone.id not in ids[gone.file]]
    return report
