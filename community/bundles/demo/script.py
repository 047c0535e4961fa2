"""Reads the demo's scripts: text files in `words/` where threads and pages are written by hand.

A thread begins `=? Title {id}` (question), `=! …` (discussion) or `=+ …` (experience), then a line
`@ author | topics | options`, then the opening post. A reply begins `+ author` (`++` answers the reply above it);
`*` after the author marks the accepted answer and `^3` thanks from three people.
A page begins `= Title {id}`, with the same second line; `~ author: summary` lines are its later revisions, and
`[2]` before a line means: since the second revision, `[1-2]`: only in the first two.
An author is a role's key with an optional number and unit (`usk`, `usk2`, `usk.hem`); `me` is who opened the thread.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

WORDS = Path(__file__).parent / "words"
KINDS = {"?": "question", "!": "discussion", "+": "experience"}
TITLE = re.compile(r"^=([?!+]?) (.+?)(?: \{([\w-]+)\})?$")
REPLY = re.compile(r"^(\++) ([\w.]+)((?: [*^]\d*)*)$")
REVISION = re.compile(r"^~ ([\w.]+): (.+)$")
SINCE = re.compile(r"^\[(\d)(?:-(\d))?\] ?")
ASCII = str.maketrans("åäöéüè", "aaoeue")


@dataclass
class Post:
    """One post as written: who (a label to cast), how deep, and its lines."""

    author: str
    depth: int = 0
    accepted: bool = False
    thanks: int | None = None
    lines: list[str] = field(default_factory=list)
    to_accepted: bool = False


@dataclass
class Entry:
    """A thread or page as written, before people and dates are found for it."""

    id: str
    kind: str
    title: str
    author: str = ""
    topics: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    revisions: list[tuple[str, str]] = field(default_factory=list)

    @property
    def language(self) -> str:
        """Which language the entry is written in."""
        return "en" if "en" in self.options else "sv"


def slug(title: str) -> str:
    """An id made of a title's first words."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower().translate(ASCII)))[:48].strip("-")


def _options(text: str) -> dict[str, str]:
    return {key: value for key, _, value in (word.partition(":") for word in text.split())}


def _about(entry: Entry, line: str) -> None:
    author, topics, options = (line[1:].split("|") + ["", ""])[:3]
    entry.author = author.strip()
    entry.topics = [topic.strip() for topic in topics.split(",") if topic.strip()]
    entry.options = _options(options)
    entry.posts = [Post(entry.author)]


def _reply(match: re.Match[str]) -> Post:
    flags = match[3].split()
    thanks = next((int(flag[1:]) for flag in flags if flag.startswith("^")), None)
    return Post(match[2], len(match[1]), "*" in flags, thanks)


def _line(entry: Entry, line: str) -> None:
    if line.startswith("@"):
        _about(entry, line)
    elif reply := REPLY.match(line):
        entry.posts.append(_reply(reply))
    elif revision := REVISION.match(line):
        entry.revisions.append((revision[1], revision[2]))
    else:
        entry.posts[-1].lines.append(line)


def parse(text: str) -> Iterator[Entry]:
    """The entries written in a script, in their order."""
    entry = None
    for line in text.splitlines():
        if match := TITLE.match(line):
            if entry:
                yield entry
            entry = Entry(match[3] or slug(match[2]), KINDS.get(match[1], "page"), match[2])
        elif entry and line.strip():
            _line(entry, line)
    if entry:
        yield entry


def read(folder: str) -> list[Entry]:
    """Every entry of the scripts in one folder of `words/`, by file name."""
    files = sorted((WORDS / folder).glob("*.txt"))
    return [entry for file in files for entry in parse(file.read_text(encoding="utf-8"))]


def pool(name: str) -> dict[str, list[str]]:
    """The lines of a file of short sayings, by the `# section` they stand in."""
    sections: dict[str, list[str]] = {}
    for line in (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            current = sections.setdefault(line[2:], [])
        elif line.strip():
            current.append(line)
    return sections


def lines_at(lines: list[str], revision: int) -> list[str]:
    """A page's lines as they stood in a revision (1 is the first)."""
    present = []
    for line in lines:
        match = SINCE.match(line)
        if not match or int(match[1]) <= revision <= int(match[2] or 9):
            present.append(line[match.end() :] if match else line)
    return present
