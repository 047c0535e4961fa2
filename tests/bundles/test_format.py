"""The knowledge bundle: what is refused and how it is said, reading, writing, checking a whole one."""

import json
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from community.bundles.format import (
    COMMUNITIES,
    FILES,
    PAGES,
    PEOPLE,
    ROLES,
    THREADS,
    TOPICS,
    UNITS,
    Reference,
    check_row,
    references,
)
from community.bundles.reading import BundleReader, check_bundle, read_lines
from community.bundles.writing import BundleWriter

AT = "2026-01-31T08:00:00+01:00"
POST = {"id": "1", "author": "maja", "at": AT, "html": "<p>Hej</p>"}
THREAD = {
    "id": "t",
    "kind": "question",
    "title": "Hur?",
    "author": "maja",
    "at": AT,
    "topics": ["ink"],
    "posts": [POST],
}
PAGE = {
    "id": "p",
    "title": "Bläck",
    "topics": [],
    "revisions": [{"author": "maja", "at": AT, "html": ""}],
}
MAJA = {"id": "maja", "name": "Maja", "email": "maja@example.org"}
INK = {"id": "ink", "name": "Ink"}
GOOD = {
    UNITS: {"id": "u", "name": "Park", "parent": None},
    TOPICS: {**INK, "synonyms": ["Bläck"], "broader": "ink"},
    ROLES: {"id": "r", "title": "Printer", "topics": [{"topic": "ink", "level": "useful"}]},
    PEOPLE: {**MAJA, "unit": "u", "roles": ["r"]},
    COMMUNITIES: {"id": "c", "name": "Tryck", "visibility": "secret", "members": ["maja"]},
    PAGES: {**PAGE, "owner": "maja"},
    THREADS: {**THREAD, "page": "p", "posts": [POST, {**POST, "id": "2", "parent": "1"}], "accepted": "2"},
}


@pytest.mark.parametrize("file", FILES)
def test_a_good_row_has_no_problem(file):
    found = check_row(file, GOOD[file])

    assert (found.problems, found.unknown) == ([], [])


@pytest.mark.parametrize("file", FILES)
def test_every_required_key_is_missed_by_name(file):
    required = [key.name for key in FILES[file] if key.required]

    assert check_row(file, {}).problems == [f"{name} is missing" for name in required]


@pytest.mark.parametrize(
    ("file", "change", "problem"),
    [
        (TOPICS, {"id": 7}, "id must be an id: text that is not empty, not 7"),
        (TOPICS, {"id": " "}, "id must be an id: text that is not empty, not ' '"),
        (TOPICS, {"synonyms": ["a", 3]}, "synonyms[1] must be text that is not empty"),
        (PEOPLE, {"email": "maja at home"}, "email must be an e-mail address, not 'maja at home'"),
        (
            COMMUNITIES,
            {"visibility": "hidden"},
            "visibility must be one of open, closed, secret, not 'hidden'",
        ),
        (ROLES, {"topics": [{"topic": "ink"}]}, "topics[0].level is missing"),
        (ROLES, {"topics": ["ink"]}, "topics[0] must be an object"),
        (PAGES, {"revisions": []}, "revisions must have at least 1 row"),
        (PAGES, {"topics": "ink"}, "topics must be a list, not 'ink'"),
        (THREADS, {"accepted": None, "posts": [POST, POST]}, "posts[1].id '1' is there twice"),
        (
            THREADS,
            {"accepted": None, "posts": [{**POST, "parent": "2"}]},
            "posts[0].parent '2' is no earlier post of this thread",
        ),
        (THREADS, {"accepted": "1"}, "accepted '1' is no answer of this thread"),
        (THREADS, {"accepted": "9"}, "accepted '9' is no answer of this thread"),
    ],
)
def test_a_bad_row_is_told_by_path(file, change, problem):
    assert check_row(file, {**GOOD[file], **change}).problems == [problem]


@pytest.mark.parametrize(
    "at", ["2026-01-31", "2026-01-31T08:00:00", "yesterday", "", 1769846400, "0001-01-01T00:00:00+14:00"]
)
def test_a_time_without_an_offset_is_refused(at):
    problem = f"at must be ISO 8601 with an offset, such as 2026-01-31T08:00:00+01:00, not {at!r}"

    assert check_row(THREADS, {**THREAD, "at": at}).problems == [problem]


def test_unknown_keys_are_named_and_do_not_make_a_bad_row():
    found = check_row(THREADS, {**THREAD, "mood": "good", "posts": [{**POST, "likes": 3}]})

    assert (found.problems, sorted(found.unknown)) == ([], ["mood", "posts.likes"])


KEYS = sorted({key.name for shape in FILES.values() for key in shape} | {"html", "parent", "topic", "level"})
PLAIN = (
    some.none() | some.integers() | some.floats() | some.text() | some.sampled_from([AT, "question", "open"])
)
JSON = some.recursive(
    PLAIN, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(KEYS), inner)
)


@given(some.sampled_from(sorted(FILES)), JSON)
def test_no_json_makes_the_check_raise(file, row):
    found = check_row(file, row)

    assert found.problems or isinstance(list(references(file, row)), list)


def test_references_name_what_a_row_needs():
    assert list(references(ROLES, GOOD[ROLES])) == [Reference("topics.topic", TOPICS, "ink")]
    assert list(references(PAGES, GOOD[PAGES])) == [
        Reference("owner", PEOPLE, "maja"),
        Reference("revisions.author", PEOPLE, "maja"),
    ]


def test_reading_goes_on_past_bad_lines():
    good = json.dumps(INK).encode()
    lines = [b"\xef\xbb\xbf" + good, b"\n", good, b"{", b"\xff", b"[" * 100_000, b'{"id":"a","name":"A"}']

    read = list(read_lines(TOPICS, lines))

    assert [(line.number, line.problems) for line in read] == [
        (1, []),
        (3, ["id 'ink' is in this file already"]),
        (4, ["is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"]),
        (5, ["is not UTF-8 (byte 1)"]),
        (6, ["is nested too deep"]),
        (7, []),
    ]
    assert [line.row for line in read if not line.problems] == [INK, {"id": "a", "name": "A"}]


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_is_written_is_read(tmp_path, name):
    with BundleWriter(tmp_path / name) as bundle:
        for file in reversed(FILES):
            bundle.write(file, GOOD[file])

    report = check_bundle(tmp_path / name)
    with BundleReader(tmp_path / name) as read:
        rows = {file: [line.row for line in read.lines(file)] for file in FILES}

    assert rows == {file: [{k: v for k, v in GOOD[file].items() if v is not None}] for file in FILES}
    assert (report.bad, report.dangling, dict(report.unknown)) == ([], [], {})
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_equal_rows_make_an_equal_zip(tmp_path):
    for name in ("one.zip", "two.zip"):
        with BundleWriter(tmp_path / name) as bundle:
            bundle.write(TOPICS, INK)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_broken_run_leaves_nothing(tmp_path):
    def run():
        with BundleWriter(tmp_path / "out") as bundle:
            bundle.write(TOPICS, INK)
            bundle.write(TOPICS, {"id": "b"})

    with pytest.raises(ValueError, match=r"^topics\.jsonl, row 2: name is missing$"):
        run()

    assert list(tmp_path.iterdir()) == []


def test_a_taken_place_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(FileExistsError):
        BundleWriter(tmp_path).__enter__()

    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.txt"]


def test_a_zip_may_have_one_folder_around_its_files(tmp_path):
    with ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("bundle/topics.jsonl", json.dumps(INK) + "\n")
        archive.writestr("bundle/readme.txt", "Hej")

    with BundleReader(tmp_path / "b.zip") as bundle:
        assert ([line.row for line in bundle.lines(TOPICS)], bundle.strange) == ([INK], ["readme.txt"])


def test_a_whole_bundle_is_checked_for_what_it_names(tmp_path):
    (tmp_path / "topics.jsonl").write_text(
        json.dumps(INK | {"broader": "gone"}) + "\n" + json.dumps(INK) + "\n"
    )
    (tmp_path / "people.jsonl").write_text(json.dumps(MAJA | {"shoe": 38}) + "\n")

    report = check_bundle(tmp_path)

    assert dict(report.rows) == {TOPICS: 1, PEOPLE: 1}
    assert [(line.file, line.number, line.problems) for line in report.bad] == [
        (TOPICS, 2, ["id 'ink' is in this file already"])
    ]
    assert report.dangling == [(TOPICS, 1, Reference("broader", TOPICS, "gone"))]
    assert dict(report.unknown) == {"people.jsonl: shoe": 1}
