"""Loading and dumping: everything enters through the verb modules, once, and bad lines stop nothing."""

import json
from datetime import UTC, datetime
from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from community.bundles import dumping, loading
from community.communities.models import Community
from community.contributions import streams
from community.contributions.models import Contribution
from community.search.models import SearchDocument
from community.topics.models import Topic
from forum.models import Post, Thanks, Thread
from profiles.models import User
from tests.ground.danger import dangers
from wiki.models import EditNote, WikiPage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
AT = "2026-03-02T08:00:00+01:00"
LATER = "2026-03-02T09:00:00+01:00"

SMALL = {
    "units.jsonl": [{"id": "u2", "name": "Natt", "parent": "u1"}, {"id": "u1", "name": "Vård"}],
    "topics.jsonl": [
        {"id": "t2", "name": "Handhygien", "broader": "t1"},
        {"id": "t1", "name": "Hygien", "synonyms": ["Renlighet"], "stewards": ["p1"]},
    ],
    "roles.jsonl": [
        {"id": "r1", "title": "Sköterska", "scheme": "SSYK 2012", "code": "2221", "topics": [{"topic": "t1", "level": "required"}]}
    ],
    "people.jsonl": [
        {"id": "p1", "name": "Anna Ek", "email": "Anna@Example.org", "unit": "u2", "roles": ["r1"]},
        {"id": "p2", "name": "Bo Al", "email": "bo@example.org"},
    ],
    "communities.jsonl": [{"id": "c1", "name": "Natten", "visibility": "secret", "members": ["p2"], "stewards": ["p1"]}],
    "pages.jsonl": [
        {
            "id": "w2", "title": "Under", "parent": "w1", "topics": ["t2"],
            "revisions": [{"author": "p2", "at": AT, "html": "<p>Se <a href='thread:q1'>frågan</a> och <a href='page:none'>inget</a></p>"}],
        },
        {
            "id": "w1", "title": "Rutin", "topics": ["t1"], "owner": "p1",
            "revisions": [
                {"author": "p1", "at": AT, "summary": "Först", "html": "<h2>Ett</h2><p>Tvätta.</p>"},
                {"author": "p2", "at": LATER, "summary": "Mer", "html": "<h2>Ett</h2><p>Tvätta <script>x</script>väl.</p>"},
            ],
        },
    ],
    "threads.jsonl": [
        {
            "id": "q1", "kind": "question", "title": "Hur länge?", "author": "p2", "at": AT, "topics": ["t1"], "accepted": "a", "page": "w1",
            "posts": [
                {"id": "q", "author": "p2", "at": AT, "html": '<p>Hur länge <a href="page:w1">tvättar</a> ni?</p>'},
                {"id": "a", "parent": "q", "author": "p1", "at": LATER, "html": "<p>Tjugo sekunder.</p>", "thanks": ["p2"]},
                {"id": "b", "parent": "a", "author": "Okänd Gäst", "at": LATER, "html": "<p>Trettio.</p>"},
            ],
        },
        {
            "id": "s1", "kind": "discussion", "title": "Hemligt", "author": "p1", "at": AT, "topics": ["t1"], "community": "c1",
            "posts": [{"id": "1", "author": "p1", "at": AT, "html": "<p>Tyst.</p>"}],
        },
    ],
}  # fmt: skip


def written(folder, files=SMALL):
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def counts():
    models = (User, Topic, Community, WikiPage, EditNote, Thread, Post, Thanks, Contribution, SearchDocument)
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture
def small(tmp_path):
    return written(tmp_path / "small")


def test_a_bundle_becomes_people_topics_pages_and_threads(small):
    run = loading.load(small, now=NOW)

    anna, question = User.objects.get(email="anna@example.org"), Thread.objects.get(title="Hur länge?")
    assert run.problems == []
    assert [s.topic.name for s in anna.subscriptions.exclude(topic=None).select_related("topic")] == [
        "Hygien"
    ]
    assert list(Topic.objects.get(name="Hygien").stewards.all()) == [anna]
    assert question.created_at == datetime.fromisoformat(AT)
    assert [p.author.name for p in question.posts.order_by("position").select_related("author")] == [
        "Bo Al",
        "Anna Ek",
        "Okänd Gäst",
    ]
    assert (question.accepted.author, question.accepted.thanks_count) == (anna, 1)
    assert question.about.title == "Rutin"
    assert [n.summary for n in WikiPage.objects.get(title="Rutin").edit_notes.order_by("at")] == [
        "Först",
        "Mer",
    ]
    assert WikiPage.objects.get(title="Under").get_parent().specific == WikiPage.objects.get(title="Rutin")


def test_an_unknown_author_is_a_person_who_cannot_sign_in(small):
    loading.load(small, now=NOW)

    stranger = User.objects.get(name="Okänd Gäst")
    assert (stranger.is_active, stranger.has_usable_password()) == (False, False)


def test_links_of_the_bundle_become_real_and_dead_ones_become_words(small):
    run = loading.load(small, now=NOW)

    question, under = Thread.objects.get(title="Hur länge?"), WikiPage.objects.get(title="Under")
    rutin = WikiPage.objects.get(title="Rutin")
    assert f'href="{rutin.get_absolute_url()}"' in question.posts.get(position=1).html
    assert f'href="{question.get_absolute_url()}"' in under.body
    assert "och inget" in under.body
    assert run.links.found == {("page", "w1"), ("thread", "q1")}
    assert run.links.lost == {("page", "none")}


def test_loading_again_changes_nothing_and_a_longer_bundle_adds_only_what_is_new(small):
    loading.load(small, now=NOW)
    before = counts()

    again = loading.load(small, now=NOW)
    after = counts()
    longer = json.loads(json.dumps(SMALL))
    longer["threads.jsonl"][0]["posts"].append(
        {"id": "c", "parent": "b", "author": "p1", "at": "2026-03-03T08:00:00+01:00", "html": "<p>Ja.</p>"}
    )
    loading.load(written(small, longer), now=NOW)

    assert again.problems == []
    assert sum(again.added.values()) == 0
    assert after == before
    assert counts()["Post"] == before["Post"] + 1
    assert Thread.objects.get(title="Hur länge?").posts_count == 4


def test_what_is_loaded_is_sanitised_and_found_by_those_who_may(small):
    loading.load(small, now=NOW)
    bo, outsider = (
        User.objects.get(email="bo@example.org"),
        User.objects.create_user("ut@example.org", name="Ut"),
    )
    topic = Topic.objects.get(name="Hygien").pk

    titles = {
        who: {e.item.title for e in streams.of_topic(user=who, topic_id=topic).entries}
        for who in (bo, outsider)
    }

    assert titles == {bo: {"Rutin", "Hur länge?", "Hemligt"}, outsider: {"Rutin", "Hur länge?"}}
    assert [dangers(page.body) for page in WikiPage.objects.all()] == [[], []]
    assert SearchDocument.objects.filter(item__title="Hur länge?").count() == 3


def test_bad_lines_are_told_by_file_and_line_and_stop_nothing(tmp_path):
    files = {
        **SMALL,
        "topics.jsonl": ["{not json", json.dumps({"id": "t1", "name": "Hygien", "colour": "blue"}), json.dumps({"id": "t9", "name": "\u3164"})],
        "threads.jsonl": [
            json.dumps({**SMALL["threads.jsonl"][0], "at": "yesterday"}),
            json.dumps({**SMALL["threads.jsonl"][1], "id": "s9", "community": "nowhere"}),
            json.dumps(SMALL["threads.jsonl"][1]),
        ],
    }  # fmt: skip

    run = loading.load(written(tmp_path / "bad", files), now=NOW)

    assert [(p.file, p.line) for p in run.problems] == [
        ("topics.jsonl", 1),
        ("topics.jsonl", 3),
        ("threads.jsonl", 1),
        ("threads.jsonl", 2),
    ]
    assert run.unknown_keys["topics.jsonl: colour"] == 1
    assert [thread.title for thread in Thread.objects.all()] == ["Hemligt"]


def test_a_dry_run_says_what_is_wrong_and_writes_nothing(small):
    (small / "pages.jsonl").write_text('{"id": "w", "title": "x", "topics": ["gone"], "revisions": []}\n')
    before, out, err = counts(), StringIO(), StringIO()

    call_command("load_bundle", str(small), "--dry-run", stdout=out, stderr=err)

    assert counts() == before
    assert "pages.jsonl:1: revisions must have at least 1 row" in err.getvalue()


def test_a_bundle_that_is_not_there_is_said_plainly(tmp_path):
    with pytest.raises(CommandError, match="There is no bundle"):
        call_command("load_bundle", str(tmp_path / "nowhere"))


def test_what_is_dumped_is_what_was_loaded(small, tmp_path):
    loading.load(small, now=NOW)

    dumping.dump(tmp_path / "out.zip")

    with ZipFile(tmp_path / "out.zip") as archive:
        rows = {
            name: {row["id"]: row for row in map(json.loads, archive.open(name))}
            for name in archive.namelist()
        }
    thread = rows["threads.jsonl"]["q1"]
    assert {name: set(found) for name, found in rows.items() if name != "people.jsonl"} == {
        name: {row["id"] for row in found} for name, found in SMALL.items() if name != "people.jsonl"
    }
    assert rows["topics.jsonl"]["t1"]["stewards"] == ["p1"]
    assert (thread["accepted"], thread["page"], thread["posts"][1]["thanks"]) == ("a", "w1", ["p2"])
    assert 'href="page:w1"' in thread["posts"][0]["html"]
    assert datetime.fromisoformat(thread["at"]) == datetime.fromisoformat(AT)
    assert [r["summary"] for r in rows["pages.jsonl"]["w1"]["revisions"]] == ["Först", "Mer"]


@pytest.mark.corpora
def test_zaragozas_questions_are_all_there(zaragoza_bundle):
    run = loading.load(zaragoza_bundle, now=NOW)

    assert run.problems == []
    assert (Thread.objects.count(), Post.objects.count(), Topic.objects.count()) == (503, 1006, 39)
    assert Thread.objects.exclude(accepted=None).count() == 503


@pytest.mark.corpora
def test_djangos_documentation_is_all_there(django_docs_bundle):
    run = loading.load(django_docs_bundle, now=NOW)

    assert run.problems == []
    assert (WikiPage.objects.count(), EditNote.objects.count()) == (617, 967)
    assert run.links.lost == set()
