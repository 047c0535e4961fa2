"""The demo's bundle holds together: every reference exists, time runs forward, secrets stay among members."""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from community.bundles import demo
from community.bundles import format as bundle_format

NOW = datetime(2026, 9, 14, 15, tzinfo=UTC)
TAGS = {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
HEADINGS = [
    "Situation", "Vad vi gjorde", "Vad som hände", "Vad jag skulle göra annorlunda", "Användbart för",
]  # fmt: skip


def read(folder: Path) -> dict[str, list[dict]]:
    """The rows of every file of a bundle, by the file's stem."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.jsonl")}
    return {stem: [json.loads(line) for line in text.splitlines()] for stem, text in texts.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo")
    demo.write(path, now=NOW)
    return path


@pytest.fixture(scope="module")
def bundle(folder: Path) -> dict[str, list[dict]]:
    return read(folder)


def ids(rows: list[dict]) -> set[str]:
    found = [row["id"] for row in rows]
    assert len(found) == len(set(found))
    return set(found)


def bodies(bundle: dict) -> list[str]:
    posts = [post["html"] for thread in bundle["threads"] for post in thread["posts"]]
    return posts + [revision["html"] for page in bundle["pages"] for revision in page["revisions"]]


def writers(row: dict) -> set[str]:
    parts = row.get("posts") or row["revisions"]
    return {part["author"] for part in parts} | {giver for part in parts for giver in part.get("thanks", [])}


def test_same_now_and_seed_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    demo.write(tmp_path, now=NOW)

    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_another_seed_gives_other_people(bundle: dict, tmp_path: Path) -> None:
    demo.write(tmp_path, now=NOW, seed=2)

    assert {row["name"] for row in read(tmp_path)["people"]} != {row["name"] for row in bundle["people"]}


def test_organisation_is_described(bundle: dict) -> None:
    people = ids(bundle["people"])

    assert {role for row in bundle["people"] for role in row["roles"]} == ids(bundle["roles"])
    assert {person for row in bundle["topics"] for person in row["stewards"]} <= people
    assert all(row["stewards"] and row["description"] for row in bundle["topics"])
    assert {row["scheme"] for row in bundle["roles"]} == {"AID", "SSYK2012", "ESCO", "local"}
    assert all(3 <= len(row["topics"]) <= 6 and row["expects"] for row in bundle["roles"])
    assert all(set(row["stewards"]) <= set(row["members"]) <= people for row in bundle["communities"])
    assert all(row["email"].isascii() and row["email"].endswith("@example.org") for row in bundle["people"])
    assert len({row["email"] for row in bundle["people"]}) == len(bundle["people"])


def test_organisation_has_its_size(bundle: dict) -> None:
    counts = {name: len(bundle[name]) for name in ("people", "units", "roles", "topics", "communities")}

    assert counts == {"people": 120, "units": 12, "roles": 15, "topics": 40, "communities": 4}
    visibilities = Counter(row["visibility"] for row in bundle["communities"])
    assert visibilities == {"open": 2, "closed": 1, "secret": 1}


def test_content_has_its_size(bundle: dict) -> None:
    threads, pages = bundle["threads"], bundle["pages"]
    kinds = Counter(row["kind"] for row in threads)
    posts = [len(row["posts"]) for row in threads]
    questions = [row for row in threads if row["kind"] == "question"]

    assert (
        len(pages) >= 45 and len(threads) >= 150 and sum(posts) >= 650 and 1 <= min(posts) <= max(posts) <= 15
    )
    assert 0.55 < kinds["question"] / len(threads) < 0.7
    assert min(kinds["discussion"], kinds["experience"]) / len(threads) > 0.15
    assert 0.5 < sum("accepted" in row for row in questions) / len(questions) < 0.6
    assert sum(len(row["posts"]) == 1 for row in questions) >= 8
    for row in pages:
        assert 1 <= len(row["revisions"]) <= 5 and row["owner"]
        assert 150 <= len(re.sub(r"<[^>]+>", " ", row["revisions"][-1]["html"]).split()) <= 600
        assert len({revision["html"] for revision in row["revisions"]}) == len(row["revisions"])


def test_titles_are_told_apart_and_no_saying_is_worn_out(bundle: dict) -> None:
    titles = [row["title"].casefold() for row in bundle["threads"] + bundle["pages"]]
    said = Counter(post["html"] for row in bundle["threads"] for post in row["posts"])

    assert len(titles) == len(set(titles))
    assert max(said.values()) <= 4


def test_about_a_third_contribute_and_three_quarters_read(bundle: dict) -> None:
    since = NOW - timedelta(days=90)
    parts = [part for row in bundle["threads"] for part in row["posts"]]
    parts += [part for row in bundle["pages"] for part in row["revisions"]]
    shared = {part["author"] for part in parts if datetime.fromisoformat(part["at"]) > since}
    readers = {row["person"] for row in bundle["readings"]}

    assert 0.28 <= len(shared) / len(bundle["people"]) <= 0.42
    assert 0.7 <= len(readers) / len(bundle["people"]) <= 0.8


def test_every_line_is_as_the_format_says(bundle: dict) -> None:
    files = {file: bundle[file.removesuffix(".jsonl")] for file in bundle_format.FILES}
    findings = [(file, bundle_format.check_row(file, row)) for file, rows in files.items() for row in rows]

    assert [found.problems for _, found in findings if found.problems] == []
    assert {(file, key) for file, found in findings for key in found.unknown} == set()
    known = {file: ids(rows) for file, rows in files.items()}
    named = [
        ref for file, rows in files.items() for row in rows for ref in bundle_format.references(file, row)
    ]
    assert [ref for ref in named if ref.id not in known[ref.file]] == []


def test_people_write_in_working_hours(bundle: dict) -> None:
    moments = [datetime.fromisoformat(post["at"]) for row in bundle["threads"] for post in row["posts"]]

    assert sum(at.weekday() >= 5 for at in moments) / len(moments) < 0.1
    assert sum(7 <= at.hour <= 17 for at in moments) / len(moments) > 0.8


def test_a_thread_about_a_page_is_younger_than_the_page(bundle: dict) -> None:
    born = {row["id"]: datetime.fromisoformat(row["revisions"][0]["at"]) for row in bundle["pages"]}
    about = [(born[row["page"]], row["at"]) for row in bundle["threads"] if "page" in row]

    assert len(about) >= 5
    assert all(page <= datetime.fromisoformat(at) for page, at in about)


def test_every_item_has_topics_and_links_that_lead_somewhere(bundle: dict) -> None:
    pages, threads = ids(bundle["pages"]), ids(bundle["threads"])

    assert {len(row["topics"]) for row in bundle["pages"] + bundle["threads"]} <= {1, 2, 3, 4, 5}
    links = {link for html in bodies(bundle) for link in re.findall(r'href="((?:page|thread):[^"]*)"', html)}
    assert links <= {f"page:{key}" for key in pages} | {f"thread:{key}" for key in threads}


def test_a_page_stands_in_its_parents_community_and_comes_after_it(bundle: dict) -> None:
    pages = {row["id"]: row for row in bundle["pages"]}

    for row in (row for row in pages.values() if "parent" in row):
        parent = pages[row["parent"]]
        assert parent.get("community") == row.get("community")
        assert parent["revisions"][0]["at"] <= row["revisions"][0]["at"]


def test_time_runs_forward_within_the_half_year(bundle: dict) -> None:
    start = NOW - timedelta(days=183)
    for row in bundle["threads"]:
        at = {post["id"]: datetime.fromisoformat(post["at"]) for post in row["posts"]}
        assert datetime.fromisoformat(row["at"]) == at[row["posts"][0]["id"]]
        assert all(at[post.get("parent", row["posts"][0]["id"])] <= at[post["id"]] for post in row["posts"])
        assert start < min(at.values()) and max(at.values()) <= NOW
    for row in bundle["pages"]:
        moments = [datetime.fromisoformat(revision["at"]) for revision in row["revisions"]]
        assert moments == sorted(moments) and start < moments[0] and moments[-1] <= NOW
    for row in bundle["readings"] + bundle["follows"]:
        assert start < datetime.fromisoformat(row["at"]) <= NOW


def test_threads_are_well_formed(bundle: dict) -> None:
    every = [post["id"] for row in bundle["threads"] for post in row["posts"]]
    assert len(every) == len(set(every))
    for row in bundle["threads"]:
        authors = {post["id"]: post["author"] for post in row["posts"]}
        assert row["posts"][0]["author"] == row["author"] and "parent" not in row["posts"][0]
        assert all(post.get("parent", row["posts"][0]["id"]) in authors for post in row["posts"])
        assert all(post["author"] not in post.get("thanks", []) for post in row["posts"])
        if "accepted" in row:
            assert row["kind"] == "question" and authors[row["accepted"]] != row["author"]
        if row["kind"] == "experience":
            assert re.findall(r"<h3>(.*?)</h3>", row["posts"][0]["html"]) == HEADINGS


def test_only_members_write_read_and_follow_where_not_all_may(bundle: dict) -> None:
    inside = {row["id"]: set(row["members"]) for row in bundle["communities"] if row["visibility"] != "open"}
    audience: dict[str, set[str]] = {}
    for kind in ("thread", "page"):
        for row in (row for row in bundle[f"{kind}s"] if row.get("community") in inside):
            audience[f"{kind}:{row['id']}"] = inside[row["community"]]
            assert writers(row) <= inside[row["community"]]
    assert len(audience) >= 8

    for row in bundle["readings"]:
        assert row["person"] in audience.get(row["target"], {row["person"]})
    for row in bundle["follows"]:
        kind = next(key for key in ("topic", "community", "thread", "page") if key in row)
        allowed = inside if kind == "community" else audience
        key = row[kind] if kind == "community" else f"{kind}:{row[kind]}"
        assert row["person"] in allowed.get(key, {row["person"]})
        assert row["level"] in {"watch", "follow", "mute"}


def test_the_secrets_words_stand_in_the_secret_community_only(bundle: dict) -> None:
    rows = bundle["threads"] + bundle["pages"]
    inside = [row for row in rows if row.get("community") == "silveruggla"]
    outside = [row for row in rows if row.get("community") != "silveruggla"]

    for word in demo.SECRET_WORDS:
        assert word in json.dumps(inside, ensure_ascii=False)
        assert word.lower() not in json.dumps(outside, ensure_ascii=False).lower()


def test_nothing_outside_links_into_a_community_that_not_all_may_enter(bundle: dict) -> None:
    closed = {row["id"] for row in bundle["communities"] if row["visibility"] != "open"}
    hidden = {
        f"{kind}:{row['id']}"
        for kind in ("thread", "page")
        for row in bundle[f"{kind}s"]
        if row.get("community") in closed
    }

    for row in bundle["threads"] + bundle["pages"]:
        parts = row.get("posts") or row["revisions"]
        links = {link for part in parts for link in re.findall(r'href="([^"]*)"', part["html"])}
        assert row.get("community") in closed or not links & hidden


def test_readings_and_follows_point_at_what_exists(bundle: dict) -> None:
    things = {f"page:{key}" for key in ids(bundle["pages"])} | {
        f"thread:{key}" for key in ids(bundle["threads"])
    }
    people = ids(bundle["people"])

    assert {row["person"] for row in bundle["readings"] + bundle["follows"]} <= people
    assert {row["target"] for row in bundle["readings"]} <= things
    for kind in ("topic", "community", "thread", "page"):
        table = {"topic": "topics", "community": "communities", "thread": "threads", "page": "pages"}[kind]
        assert {row[kind] for row in bundle["follows"] if kind in row} <= ids(bundle[table])


def test_settings_name_people_who_exist(folder: Path, bundle: dict) -> None:
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    people = {row["id"]: row for row in bundle["people"]}
    secret = next(row for row in bundle["communities"] if row["visibility"] == "secret")
    featured = [row["person"] for row in settings["featured"]]

    assert 6 <= len(set(featured)) == len(featured) <= 8
    assert {settings["head_of_learning"], settings["administrator"]} <= set(featured) <= set(people)
    assert [person for person in featured if not people[person]["roles"]]
    assert set(featured) & set(secret["stewards"])


class Balance(HTMLParser):
    """Checks that tags are known and closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        assert tag in TAGS and {name for name, _ in attrs} <= {"href"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"code", "pre"} & set(self.open):
            assert not re.search(r"\*\*|\]\(|^[-+#>|] |\{\w+\}", data), data


def test_bodies_are_clean_html(bundle: dict) -> None:
    for html in bodies(bundle):
        balance = Balance()
        balance.feed(html)
        balance.close()
        assert html and balance.open == []
