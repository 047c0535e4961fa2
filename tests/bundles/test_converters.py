"""Bundles from real material: Zaragoza's questions, and Django's documentation of three releases."""

import json
import re
import tarfile
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command

from community.bundles.converters import django_docs, zaragoza
from community.bundles.format import PAGES, PEOPLE, THREADS, TOPICS
from community.bundles.reading import BundleReader, check_bundle


def rows(path, file):
    with BundleReader(path) as bundle:
        return [line.row for line in bundle.lines(file)]


def faults(path):
    report = check_bundle(path)
    return report.bad, report.dangling, dict(report.unknown)


# Zaragoza


def test_zaragoza_gives_every_question_with_its_answer(zaragoza_bundle):
    threads = rows(zaragoza_bundle, THREADS)

    assert dict(check_bundle(zaragoza_bundle).rows) == {TOPICS: 39, PEOPLE: 1, THREADS: 503}
    assert faults(zaragoza_bundle) == ([], [], {})
    assert Counter(thread["kind"] for thread in threads) == {"question": 503}
    assert Counter(len(thread["posts"]) for thread in threads) == {2: 503}
    assert [t["id"] for t in threads if t["accepted"] != t["posts"][1]["id"]] == []
    assert sorted(thread["at"] for thread in threads) == [thread["at"] for thread in threads]


def test_zaragoza_topics_are_words(zaragoza_bundle):
    topics = rows(zaragoza_bundle, TOPICS)

    assert {topic["id"]: topic["name"] for topic in topics} == {
        f"zaragoza:{slug}": name for slug, name in zaragoza.CATEGORY_NAMES.items()
    }
    assert Counter(t["topics"][0] for t in rows(zaragoza_bundle, THREADS)).most_common(2) == [
        ("zaragoza:rot-avdrag", 30),
        ("zaragoza:verifiera-byggfirma", 30),
    ]


def test_a_zaragoza_question_becomes_a_solved_thread():
    asked = {"id": "x-1", "category": "vvs", "q": "Får < 2 rör?", "a": "Ja & nej.", "sources": ["BBR 6:5"]}

    (thread,) = zaragoza.threads([asked], day="2026-04-17")

    assert thread == {
        "id": "zaragoza:x-1",
        "kind": "question",
        "title": "Får < 2 rör?",
        "author": zaragoza.ACCOUNT,
        "at": "2026-04-17T08:00:00+02:00",
        "topics": ["zaragoza:vvs"],
        "accepted": "zaragoza:x-1/a",
        "posts": [
            {
                "id": "zaragoza:x-1/q",
                "author": zaragoza.ACCOUNT,
                "at": "2026-04-17T08:00:00+02:00",
                "html": "<p>Får &lt; 2 rör?</p>",
            },
            {
                "id": "zaragoza:x-1/a",
                "author": zaragoza.ACCOUNT,
                "at": "2026-04-17T08:00:30+02:00",
                "html": "<p>Ja &amp; nej.</p><p>Källor:</p><ul><li><p>BBR 6:5</p></li></ul>",
            },
        ],
    }


# Django's documentation, the real one


@pytest.mark.corpora
def test_django_docs_gives_every_page_and_every_change(django_docs_made):
    path, _ = django_docs_made
    pages = rows(path, PAGES)

    assert dict(check_bundle(path).rows) == {TOPICS: 32, PEOPLE: 1, PAGES: 617}
    assert faults(path) == ([], [], {})
    assert Counter(len(page["revisions"]) for page in pages) == {1: 395, 2: 94, 3: 128}
    assert Counter(said["summary"] for page in pages for said in page["revisions"]) == {
        "Django 4.2": 557,
        "Django 5.0": 173,
        "Django 5.2": 237,
    }
    assert sorted({said["at"][:10] for page in pages for said in page["revisions"]}) == [
        "2023-04-03",
        "2023-12-04",
        "2025-04-02",
    ]


@pytest.mark.corpora
def test_django_docs_links_lead_to_pages_of_the_bundle(django_docs_made):
    path, outcome = django_docs_made
    pages = rows(path, PAGES)
    ids = {page["id"] for page in pages}
    links = [
        link
        for page in pages
        for said in page["revisions"]
        for link in re.findall(r'href="page:([^"]*)"', said["html"])
    ]

    assert (len(links), [link for link in links if link not in ids]) == (27104, [])
    # What is not found leads to other manuals (Python's, psycopg's, Sphinx's) or to Sphinx's own indexes.
    assert outcome.linked("doc") == (2528, 2546)
    assert outcome.linked("ref") == (4138, 4221)
    assert outcome.linked("toctree") == (1356, 1356)
    assert dict(outcome.unkept) == {"image": 64}


@pytest.mark.corpora
def test_django_docs_tree_has_one_root_and_parents_come_first(django_docs_bundle):
    seen = set()
    for page in rows(django_docs_bundle, PAGES):
        assert page.get("parent") in (seen or {None})
        seen.add(page["id"])

    assert "django:ref/contrib/gis/install/geolibs" in seen


@pytest.mark.corpora
def test_django_docs_is_plain_html(django_docs_bundle):
    tags = Counter(
        tag
        for page in rows(django_docs_bundle, PAGES)
        for said in page["revisions"]
        for tag in re.findall(r"<([a-z0-9]+)", said["html"])
    )

    assert " ".join(sorted(tags)) == (
        "a blockquote code em h2 h3 h4 li ol p pre strong sup table tbody td th thead tr ul"
    )


# Django's documentation, small


def sdist(path, version, at, **sources):
    with tarfile.open(path, "w:gz") as archive:
        for name, text in sources.items():
            member = tarfile.TarInfo(f"Django-{version}/docs/{name.replace('__', '/')}.txt")
            member.size, member.mtime = len(text.encode()), at.timestamp()
            archive.addfile(member, BytesIO(text.encode()))
        conf = tarfile.TarInfo(f"Django-{version}/docs/conf.py")
        archive.addfile(conf, BytesIO())
    return path


def test_releases_become_revisions_oldest_first(tmp_path):
    old = sdist(
        tmp_path / "old.tar.gz",
        "1.0",
        datetime(2020, 1, 2, tzinfo=UTC),
        index="Home\n====\n",
        a__index="A\n=\n\nOld |version|",
        a__same="Same\n====\n",
        a__gone="Gone\n====\n",
    )
    new = sdist(
        tmp_path / "new.tar.gz",
        "2.0",
        datetime(2021, 1, 2, tzinfo=UTC),
        index="Home\n====\n",
        a__index="New A\n=====\n\nNew |version|",
        a__same="Same\n====\n",
    )
    out = tmp_path / "out"

    call_command("convert_bundle", "django-docs", str(out), "--sdist", str(new), "--sdist", str(old))

    pages = {page["id"]: page for page in rows(out, PAGES)}
    told = {key: [said["summary"] for said in page["revisions"]] for key, page in pages.items()}
    assert told == {
        "django:index": ["Django 1.0"],
        "django:a/index": ["Django 1.0", "Django 2.0"],
        "django:a/gone": ["Django 1.0"],
        "django:a/same": ["Django 1.0"],
    }
    assert pages["django:a/index"] == {
        "id": "django:a/index",
        "title": "New A",
        "parent": "django:index",
        "topics": ["django:a/index"],
        "owner": django_docs.ACCOUNT,
        "revisions": [
            {
                "author": django_docs.ACCOUNT,
                "at": "2020-01-02T00:00:00+00:00",
                "summary": "Django 1.0",
                "html": "<p>Old 1.0</p>",
            },
            {
                "author": django_docs.ACCOUNT,
                "at": "2021-01-02T00:00:00+00:00",
                "summary": "Django 2.0",
                "html": "<p>New 2.0</p>",
            },
        ],
    }
    assert rows(out, TOPICS) == [{"id": "django:a/index", "name": "New A"}]


# The command


def test_the_command_makes_a_zip_and_says_what_is_in_it(tmp_path, capsys):
    out = tmp_path / "faq.zip"

    call_command("convert_bundle", "zaragoza", str(out))

    assert capsys.readouterr().out == f"{out}: 39 topics, 1 people, 503 threads\n"
    assert dict(check_bundle(out).rows) == {TOPICS: 39, PEOPLE: 1, THREADS: 503}


@pytest.mark.parametrize("content", [b"no archive", json.dumps({}).encode()])
def test_the_command_says_what_is_wrong_and_leaves_nothing(tmp_path, content):
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(content)

    with pytest.raises(CommandError, match=r"could not be opened|no docs folder"):
        call_command("convert_bundle", "django-docs", str(tmp_path / "out"), "--sdist", str(bad))

    assert [entry.name for entry in tmp_path.iterdir()] == ["bad.tar.gz"]
