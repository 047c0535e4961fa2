"""Writes a bundle of any size: to measure load_bundle, and to fill a house for other measures.

    python bench/generate_bundle.py OUT [--posts 100000] [--seed 1]

The same numbers give the same bytes. Twenty posts a thread on average; the other files keep their size. The
words are soup, the shapes are not: lengths, nesting, thanks and links are spread as people spread them.
"""
# ruff: noqa: SIM905 (words read better in a row)

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, from anywhere

from community.bundles.format import (
    COMMUNITIES,
    PAGES,
    PEOPLE,
    ROLES,
    THREADS,
    TOPICS,
    UNITS,
    VISIBILITIES,
    Row,
)
from community.bundles.writing import BundleWriter

POSTS_A_THREAD = 20
PEOPLE_COUNT, TOPIC_COUNT, PAGE_COUNT, UNIT_COUNT, ROLE_COUNT, COMMUNITY_COUNT = 200, 60, 200, 12, 15, 4
FIRST_DAY = datetime(2024, 6, 3, 7, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
DAYS = 720
MEDIAN_WORDS, SPREAD, MOST_WORDS = 45, 0.8, 600
CHANCE_OF_SWEDISH = 0.75

SWEDISH = (
    "att och i det som en på är av för med den till inte om vi de har jag kan så när från men ska eller "
    "ett man då vid mycket efter bara alla hur där också nu vad mer här ha måste över under andra får "
    "någon varje samma först sedan ärende handläggare beslut kommun skola elev förskola omsorg brukare "
    "schema möte protokoll avtal upphandling faktura konto budget lokal nyckel larm felanmälan snöröjning "
    "gata park avlopp ledning mätare tillstånd ansökan blankett bilaga underlag rutin checklista mall "
    "system inloggning behörighet lösenord skrivare dator telefon kollega chef grupp enhet vikarie "
    "introduktion utbildning frågor svar erfarenhet lärdom förslag lösning problem orsak vecka månad höst "
    "vår sommar kväll morgon besök medborgare samtal journal genomförandeplan bygglov ritning granskning "
    "remiss yttrande nämnd kallelse dagordning arkiv gallring sekretess personuppgift risk skydd hjälp "
    "tydlig enkel gammal ny rätt fel snabb långsam viktig öppen stängd färdig saknas fungerar hittar "
    "skriver ringer ändrar sparar delar frågar läser provar väntar kontrollerar bokar beställer lämnar "
    "hämtar"
).split()
ENGLISH = (
    "the and of to a in is that for it with as on be at by this have from or an but not are we they you "
    "which one all there when can more if will out so what about into than other some could them only new "
    "then now over also after use how work first well way even because any these give most meeting report "
    "request permit invoice contract template checklist routine system login printer support colleague "
    "manager team unit training question answer experience lesson solution problem cause week month visit "
    "citizen call plan drawing review agenda archive risk clear simple old right wrong quick slow "
    "important open closed missing works find write change save share ask read try wait check book order "
    "leave fetch careful before between always never again still often rarely"
).split()


class Soup:
    """One seeded source of everything random."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def html(self, links: list[str]) -> str:
        """One to several paragraphs; now and then a list, code, a quote or a link."""
        words = SWEDISH if self.dice.random() < CHANCE_OF_SWEDISH else ENGLISH
        left = min(MOST_WORDS, max(3, int(self.dice.lognormvariate(0, SPREAD) * MEDIAN_WORDS)))
        blocks = []
        while left > 0:
            count = min(left, self.dice.randint(12, 70))
            blocks.append(self.block(words, count))
            left -= count
        if links and self.dice.random() < 0.05:
            blocks.append(f'<p><a href="{self.dice.choice(links)}">{self.line(words, 3)}</a></p>')
        return "".join(blocks)

    def block(self, words: list[str], count: int) -> str:
        shape = self.dice.random()
        if shape < 0.05:
            items = (self.line(words, max(2, count // 4)) for _ in range(4))
            return f"<ul>{''.join(f'<li><p>{item}</p></li>' for item in items)}</ul>"
        if shape < 0.07:
            return f'<pre><code class="language-python">{self.line(words, 6).lower()}\n</code></pre>'
        if shape < 0.10:
            return f"<blockquote><p>{self.line(words, count)}.</p></blockquote>"
        return f"<p>{self.line(words, count)}.</p>"

    def line(self, words: list[str], count: int) -> str:
        return " ".join(self.dice.choices(words, k=count)).capitalize()

    def title(self) -> str:
        return self.line(SWEDISH, self.dice.randint(3, 9))

    def some(self, ids: list[str], most: int) -> list[str]:
        return self.dice.sample(ids, self.dice.randint(1, most))


def ids(stem: str, count: int) -> list[str]:
    return [f"{stem}-{number}" for number in range(1, count + 1)]


PERSON_IDS, TOPIC_IDS, PAGE_IDS = (
    ids("person", PEOPLE_COUNT),
    ids("topic", TOPIC_COUNT),
    ids("page", PAGE_COUNT),
)
UNIT_IDS, ROLE_IDS, COMMUNITY_IDS = (
    ids("unit", UNIT_COUNT),
    ids("role", ROLE_COUNT),
    ids("group", COMMUNITY_COUNT),
)


def generate(*, bundle: BundleWriter, posts: int, seed: int) -> None:
    soup = Soup(seed)
    for file, rows in (
        (UNITS, units()),
        (TOPICS, topics(soup)),
        (ROLES, roles(soup)),
        (PEOPLE, people(soup)),
    ):
        for row in rows:
            bundle.write(file, row)
    for row in communities(soup):
        bundle.write(COMMUNITIES, row)
    for row in pages(soup):
        bundle.write(PAGES, row)
    for row in threads(soup, posts):
        bundle.write(THREADS, row)


def units() -> Iterator[Row]:
    for number, unit in enumerate(UNIT_IDS):
        yield {
            "id": unit,
            "name": f"Enhet {number + 1}",
            "parent": UNIT_IDS[(number - 1) // 3] if number else None,
        }


def topics(soup: Soup) -> Iterator[Row]:
    for number, topic in enumerate(TOPIC_IDS):
        broader = TOPIC_IDS[number // 6 - 1] if number >= 12 else None
        yield {"id": topic, "name": f"Ämne {number + 1}", "description": soup.title(), "broader": broader}


def roles(soup: Soup) -> Iterator[Row]:
    for number, role in enumerate(ROLE_IDS):
        needs = [
            {"topic": topic, "level": soup.dice.choice(("required", "useful"))}
            for topic in soup.some(TOPIC_IDS, 6)
        ]
        yield {"id": role, "title": f"Roll {number + 1}", "topics": needs}


def people(soup: Soup) -> Iterator[Row]:
    for number, person in enumerate(PERSON_IDS):
        yield {
            "id": person,
            "name": f"Medarbetare {number + 1}",
            "email": f"{person}@example.org",
            "unit": soup.dice.choice(UNIT_IDS),
            "roles": soup.some(ROLE_IDS, 2),
        }


def communities(soup: Soup) -> Iterator[Row]:
    for number, community in enumerate(COMMUNITY_IDS):
        members = soup.dice.sample(PERSON_IDS, 40)
        yield {
            "id": community,
            "name": f"Nätverk {number + 1}",
            "visibility": ("open", *VISIBILITIES)[number],
            "members": members,
            "stewards": members[:2],
        }


def pages(soup: Soup) -> Iterator[Row]:
    for number, page in enumerate(PAGE_IDS):
        at = FIRST_DAY + timedelta(days=DAYS * number / PAGE_COUNT)
        revisions = [
            {
                "author": soup.dice.choice(PERSON_IDS),
                "at": (at + timedelta(hours=7 * turn)).isoformat(),
                "html": html,
            }
            for turn, html in enumerate(soup.html([]) for _ in range(soup.dice.randint(1, 4)))
        ]
        yield {
            "id": page,
            "title": soup.title(),
            "parent": PAGE_IDS[(number - 1) // 8] if number % 8 else None,
            "topics": soup.some(TOPIC_IDS, 3),
            "owner": revisions[0]["author"],
            "revisions": revisions,
        }


def threads(soup: Soup, posts: int) -> Iterator[Row]:
    """Threads in the order of their time, with `posts` posts together."""
    count = max(1, posts // POSTS_A_THREAD)
    links = [f"page:{page}" for page in PAGE_IDS]
    for number in range(count):
        size = _size(soup, posts, count - number)
        posts -= size
        at = FIRST_DAY + timedelta(days=DAYS * number / count)
        yield thread(soup, f"thread-{number + 1}", size, at, links)
        links[number % len(PAGE_IDS)] = f"thread:thread-{number + 1}"


def _size(soup: Soup, posts: int, threads_left: int) -> int:
    """Most threads are short and some are long; what is left for the others is at least a post each."""
    if threads_left == 1:
        return posts
    mean = posts / threads_left
    return min(1 + int(soup.dice.expovariate(1 / mean)), posts - threads_left + 1)


def thread(soup: Soup, name: str, size: int, at: datetime, links: list[str]) -> Row:
    kind = soup.dice.choices(("question", "discussion", "experience"), (6, 3, 1))[0]
    written = list(_posts(soup, name, size, at, links))
    solved = kind == "question" and size > 1 and soup.dice.random() < 0.6
    return {
        "id": name,
        "kind": kind,
        "title": soup.title(),
        "author": written[0]["author"],
        "at": written[0]["at"],
        "community": soup.dice.choice(COMMUNITY_IDS) if soup.dice.random() < 0.2 else None,
        "topics": soup.some(TOPIC_IDS, 3),
        "accepted": soup.dice.choice(written[1:])["id"] if solved else None,
        "posts": written,
    }


def _posts(soup: Soup, name: str, size: int, at: datetime, links: list[str]) -> Iterator[Row]:
    """The opening, then replies: half to the newest post (long branches), the others anywhere above."""
    for number in range(size):
        post = {
            "id": f"{name}/{number + 1}",
            "author": soup.dice.choice(PERSON_IDS),
            "at": at.isoformat(),
            "html": soup.html(links),
        }
        if number:
            above = number if soup.dice.random() < 0.5 else soup.dice.randint(1, number)
            post["parent"] = f"{name}/{above}"
        if soup.dice.random() < 0.3:
            post["thanks"] = soup.some(PERSON_IDS, 5)
        yield post
        at += timedelta(seconds=int(soup.dice.expovariate(1 / 7200)) + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a bundle of any size.")
    parser.add_argument("out", type=Path, help="a new folder or a new .zip")
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.perf_counter()
    with BundleWriter(options.out) as bundle:
        generate(bundle=bundle, posts=options.posts, seed=options.seed)
    print(f"{options.out}: {bundle.counts}, {options.posts} posts, {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
