"""Threads from the scripts: people cast, moments found, small talk added, bodies rendered."""

import random
from collections.abc import Iterator
from datetime import datetime

from community.bundles.demo import markup, script
from community.bundles.demo.casting import Cast, Person
from community.bundles.demo.script import Entry, Post
from community.bundles.demo.world import World

EXPERIENCE = (
    ("S: ", "Situation"),
    ("G: ", "Vad vi gjorde"),
    ("H: ", "Vad som hände"),
    ("A: ", "Vad jag skulle göra annorlunda"),
    ("F: ", "Användbart för"),
)
# Roles who drop in with a word on a topic: the ones whose work it is.
NEAR = {"usk": ["usk", "ssk", "chef"], "ssk": ["ssk", "usk"], "chef": ["chef", "hr", "usk"], "lar": ["lar", "forsk"],
        "forsk": ["forsk", "barn", "lar"], "barn": ["barn", "forsk"], "kock": ["kock", "barn", "usk"],
        "drift": ["drift", "ing"], "ing": ["ing", "drift", "byggl"], "byggl": ["byggl", "ing"],
        "soc": ["soc", "hr", "lar"], "itt": ["itt", "utv", "lar"], "utv": ["utv", "itt"],
        "hr": ["hr", "chef", "kom"], "kom": ["kom", "hr", "byggl"]}  # fmt: skip


class Smalltalk:
    """Short replies drawn without repeating one before all of its kind are used."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.pool = rng, script.pool("smalltalk")
        self.bags: dict[str, list[str]] = {}

    def draw(self, kind: str, language: str) -> str:
        """The next saying of a kind (`thanks`, `same`, `warm`, `more`), in a language."""
        key = kind if language == "sv" else f"{kind} {language}"
        if not self.bags.get(key):
            self.bags[key] = self.rng.sample(self.pool[key], len(self.pool[key]))
        return self.bags[key].pop()


class Scribe:
    """Writes threads as bundle rows."""

    def __init__(self, here: World) -> None:
        self.here, self.clock = here, here.clock
        self.smalltalk = Smalltalk(here.rng("smalltalk"))

    def rows(self, entries: list[Entry], pages: list[dict]) -> Iterator[dict]:
        """The lines of `threads.jsonl`; a thread about a page is younger than the page."""
        self.born = {row["id"]: datetime.fromisoformat(row["revisions"][0]["at"]) for row in pages}
        for entry in entries:
            yield self._thread(entry, self.here.rng(entry.id))

    def _thread(self, entry: Entry, rng: random.Random) -> dict:
        at = max(self._opened(entry, rng), self._about_since(entry))
        pool = self.here.people_in(entry.options.get("c"))
        cast = Cast(pool, rng, at, self.clock.now)
        posts = entry.posts + self._chatter(entry, rng)
        rows = self._posts(entry, posts, cast, rng, at)
        accepted = next((row["id"] for row, post in zip(rows, posts, strict=False) if post.accepted), None)
        row = {"id": entry.id, "kind": entry.kind, "title": entry.title, "author": rows[0]["author"]}
        row |= {"at": rows[0]["at"], "topics": entry.topics, "community": entry.options.get("c")}
        row |= {"page": entry.options.get("page"), "accepted": accepted, "posts": rows}
        return {key: value for key, value in row.items() if value is not None}

    def _opened(self, entry: Entry, rng: random.Random) -> datetime:
        role = entry.author.split(".")[0].rstrip("0123456789")
        if "age" in entry.options:
            age = float(entry.options["age"])
            return self.clock.moment(rng, role=role, oldest=age + 1.5, newest=max(0.3, age - 1.5))
        return self.clock.moment(rng, role=role, oldest=181, newest=1.2)

    def _about_since(self, entry: Entry) -> datetime:
        return self.born.get(entry.options.get("page", ""), self.clock.start)

    def _posts(
        self, entry: Entry, posts: list[Post], cast: Cast, rng: random.Random, at: datetime
    ) -> list[dict]:
        rows: list[dict] = []
        path: list[dict] = []
        pause = rng.choice((2, 5, 9, 16))
        for number, post in enumerate(posts, 1):
            person = self._player(entry, post, cast)
            if person is None:
                continue
            row = {"id": f"{entry.id}-{number}", "author": person.id}
            path = [*_above(post, posts, rows, path), row]
            if post.depth > 1:
                row["parent"] = path[-2]["id"]
            if rows:
                at = self.clock.after(rng, max(at, _written(path[-2])), role=person.role, hours=pause)
            row |= {"at": at.isoformat(), "html": self._html(entry, post, cast, path)}
            rows.append(row)
        self._thank(entry, posts, rows, cast, rng)
        return rows

    def _player(self, entry: Entry, post: Post, cast: Cast) -> Person | None:
        if post.author == "any":
            return cast.passer_by(NEAR[cast.part(entry.author).role])
        return cast.part(entry.author if post.author == "me" else post.author)

    def _html(self, entry: Entry, post: Post, cast: Cast, path: list[dict]) -> str:
        answered = path[-2 if path[1:] else 0]["author"]
        names = {person.id: person.first for person in cast.pool}
        lines = [line.replace("{name}", names[answered]) for line in post.lines]
        if entry.kind == "experience" and not post.depth:
            return _five_parts(lines)
        return markup.body(lines)

    def _chatter(self, entry: Entry, rng: random.Random) -> list[Post]:
        """Short replies after the written ones: a thank-you from the asker, a nod from a colleague or two."""
        if "quiet" in entry.options:
            return []
        spoken = [post.author for post in entry.posts[1:]]
        said: list[tuple[str, str]] = []
        if any(post.accepted for post in entry.posts) and "me" not in spoken and rng.random() < 0.6:
            said.append(("me", "thanks"))
        kinds = {"question": "same", "discussion": "more", "experience": "warm"}
        few = {"question": (0, 0, 1, 1, 2), "discussion": (0, 1, 1, 2, 3), "experience": (1, 1, 2, 3)}
        count = int(entry.options.get("fill", rng.choice(few[entry.kind])))
        if spoken or entry.kind != "question":
            said += [("any", kinds[entry.kind])] * count
        return [self._saying(who, kind, entry.language) for who, kind in said]

    def _saying(self, who: str, kind: str, language: str) -> Post:
        line = self.smalltalk.draw(kind, language)
        return (
            Post(who, 2, lines=[line], to_accepted=True) if kind == "thanks" else Post(who, 1, lines=[line])
        )

    def _thank(
        self, entry: Entry, posts: list[Post], rows: list[dict], cast: Cast, rng: random.Random
    ) -> None:
        """Thanks for what helped: as many as the script says, or a few for the longer posts."""
        numbers = {row["id"]: row for row in rows}
        friends = [person for person in cast.pool if person.role in NEAR[cast.part(entry.author).role]]
        for number, post in enumerate(posts, 1):
            row = numbers.get(f"{entry.id}-{number}")
            if row is None:
                continue
            likely = (2, 3, 5) if post.accepted else (0, 0, 1, 2) if len(row["html"]) > 180 else (0,)
            wanted = rng.choice(likely) if post.thanks is None else post.thanks
            givers = [person.id for person in friends if person.id != row["author"]]
            if wanted and givers:
                row["thanks"] = sorted(rng.sample(givers, min(wanted, len(givers))))


def _above(post: Post, posts: list[Post], rows: list[dict], path: list[dict]) -> list[dict]:
    """The rows from the opening post down to the one that is answered."""
    if post.to_accepted:
        number = next(number for number, other in enumerate(posts) if other.accepted)
        return [rows[0], rows[number]]
    return path[: post.depth]


def _written(row: dict) -> datetime:
    return datetime.fromisoformat(row["at"])


def _five_parts(lines: list[str]) -> str:
    """The body of an experience note: each part's heading, then its line and those after it."""
    marks = dict(EXPERIENCE)
    html = ""
    for line in lines:
        heading = marks.get(line[:3])
        html += f"<h3>{heading}</h3>" + markup.body([line[3:]]) if heading else markup.body([line])
    return html
