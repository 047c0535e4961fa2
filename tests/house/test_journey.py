"""The main job, end to end, over the pages and tasks that people and the schedule use: a reply travels through the house."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from community.contributions.models import Contribution
from community.maturity import filling
from community.maturity.models import IndicatorValue
from forum.models import Thread
from tests import factories
from tests.house.test_leaks import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleagues():
    """Twelve printers in one unit, whose role needs the topic Ink; one steward for the role to be built in."""
    ink = factories.topic("Ink")
    role, unit = (
        factories.role("Printer", required=(ink,), expects="How the ink behaves."),
        factories.unit("Print"),
    )
    people = [factories.person(f"Printer {n}") for n in range(12)]
    for person in people:
        factories.assigned(person, role, unit)
    return ink, people


def body_of(html):
    return {"body": html, "body-as": "html", "body_as": "html"}


def test_a_reply_travels_to_flow_feed_digest_search_and_figures(
    colleagues, django_capture_on_commit_callbacks
):
    ink, (anna, bo, *others) = colleagues
    asker, answerer, reader = client_of(anna), client_of(bo), client_of(others[0])

    with django_capture_on_commit_callbacks(execute=True):
        asked = asker.post(
            "/forum/ask/?kind=question",
            {
                "title": "Why is the blue so pale?",
                **body_of("<p>It fades in a week.</p>"),
                "topics": "ink",
                "token": "one",
            },
        )
    thread = Thread.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        first = thread.posts.get()
        answered = answerer.post(
            f"/forum/post/{first.pk}/reply/",
            {**body_of("<p>Shake the quixotic cartridge first.</p>"), "token": "two"},
        )
    answer = thread.posts.get(position=2)
    accepted = asker.post(f"/forum/post/{answer.pk}/accept/")

    assert (asked.status_code, answered.status_code, accepted.status_code) == (302, 302, 302)
    assert "Why is the blue so pale?" in reader.get("/").content.decode()
    assert "your job role needs Ink" in reader.get("/", headers={"Accept-Language": "en"}).content.decode()
    assert "quixotic" in reader.get("/digest/").content.decode()
    assert "Why is the blue so pale?" in reader.get("/search/?q=quixotic").content.decode()
    assert asker.get("/notices/").content.decode().count("Why is the blue so pale?") >= 1

    parsed = feedparser.parse(reader.get(f"/feeds/topic/{ink.slug}.atom").content)
    assert parsed.bozo == 0
    assert [entry.author for entry in parsed.entries] == [bo.name, anna.name]

    later = timezone.now() + timedelta(days=28)
    filling.catch_up(now=later)
    shared = (
        IndicatorValue.objects.filter(indicator__iexact="I1", scope_type="organisation")
        .order_by("-period_end")
        .first()
    )
    assert (shared.num, shared.den) == (1, 12)


def test_an_accepted_answer_becomes_a_page_and_both_show_each_other(colleagues):
    _ink, (anna, bo, *others) = colleagues
    asker = client_of(anna)
    asker.post(
        "/forum/ask/?kind=question",
        {"title": "Pale?", **body_of("<p>Why?</p>"), "topics": "ink", "token": "1"},
    )
    thread = Thread.objects.get()
    client_of(bo).post(
        f"/forum/post/{thread.posts.get().pk}/reply/", {**body_of("<p>Shake it.</p>"), "token": "2"}
    )
    answer = thread.posts.get(position=2)
    asker.post(f"/forum/post/{answer.pk}/accept/")
    told = Contribution.objects.get(kind="answer", source_id=answer.pk)

    offered = asker.get(f"/wiki/new/?from={told.pk}")
    made = asker.post(
        f"/wiki/new/?from={told.pk}",
        {
            "title": "When the blue is pale",
            **body_of("<p>Shake it.</p>"),
            "topics": "ink",
            "summary": "",
            "from": told.pk,
        },
        follow=True,
    )

    assert "Shake it." in offered.content.decode()
    assert bo.name in made.content.decode()
    assert thread.get_absolute_url() in made.content.decode()
    assert "When the blue is pale" in client_of(others[0]).get(thread.get_absolute_url()).content.decode()


def test_signed_out_there_is_nothing_but_the_door():
    answer = Client().get("/")

    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/")
