"""Asking, telling and replying through the forum's forms, with good words and bad ones."""

import pytest

from community.contributions.models import Contribution
from forum.models import Post, Thread
from tests import factories

pytestmark = pytest.mark.django_db
MARKS = "e" + "\u0301" * 10_000


def asked(topics="Ink", **facts):
    return {"title": "How?", "body": "Tell me", "topics": topics, "token": "t", **facts}


def test_a_question_is_asked_and_answered_and_solved(signed_in, person):
    ink, bo = factories.topic("Ink"), factories.person("Bo Ek")

    asking = signed_in.post("/forum/ask/?kind=question", asked())
    thread = Thread.objects.get()
    answer = factories.reply(thread, bo, "<p>Shake it.</p>")
    signed_in.post(f"/forum/post/{answer.pk}/accept/")
    page = signed_in.get(asking.url).content.decode()

    assert asking.url == f"/forum/{thread.pk}/"
    assert list(thread.topics.all()) == [ink]
    assert "Shake it." in page
    assert f'<article class="post accepted" id="post-{answer.pk}">' in page
    told = Contribution.objects.get(kind="answer", source_id=answer.pk)
    assert f'href="/wiki/new/?from={told.pk}"' in page


def test_the_form_comes_filled_in(signed_in, person):
    factories.topic("Ink")
    factories.community("Club", visibility="closed", members=(person,))

    page = signed_in.get("/forum/ask/?kind=discussion&topic=ink&community=club").content.decode()

    assert 'value="Ink"' in page
    assert '<option value="club" selected>' in page


def test_the_community_of_others_is_no_choice(signed_in):
    factories.topic("Ink")
    factories.community("Club", visibility="secret", members=(factories.person(),))

    page = signed_in.get("/forum/ask/?community=club")
    sent = signed_in.post("/forum/ask/", asked(community="club"))

    assert (
        "club"
        not in page.content.decode().replace("?community=club", "").replace("community=club", "").lower()
    )
    assert (sent.status_code, Thread.objects.count()) == (422, 0)


def test_an_experience_is_told_and_edited_in_its_parts(signed_in):
    factories.topic("Ink")
    parts = {"situation": "Night", "did": "Called", "happened": "Well"}

    signed_in.post("/forum/ask/?kind=experience", asked(**parts))
    post = Post.objects.get()
    form = signed_in.get(f"/forum/post/{post.pk}/edit/").content.decode()
    signed_in.post(f"/forum/post/{post.pk}/edit/", parts | {"did": "Phoned"})

    assert ">\nCalled</textarea>" in form
    post.refresh_from_db()
    assert "<p>Phoned</p>" in post.html
    assert Thread.objects.get().parts["did"] == "Phoned"


def test_ten_clicks_are_one_thread_and_one_reply(signed_in):
    factories.topic("Ink")

    asked_at = {signed_in.post("/forum/ask/", asked()).url for _ in range(10)}
    opening = Post.objects.get()
    replied_at = {
        signed_in.post(f"/forum/post/{opening.pk}/reply/", {"body": "So", "token": "r"}).url
        for _ in range(10)
    }

    assert (len(asked_at), len(replied_at), Post.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": " \u200b\x00\x07 "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": ""}, "body"),
        ({"body": "<script>alert(1)</script>", "body_form": "html"}, "body"),
        ({"body": "x" * 32_001}, "body"),
        ({"topics": ""}, "topics"),
        ({"topics": "Unknown"}, "topics"),
        ({"topics": "a,b,c,d,e,f"}, "topics"),
        ({"topics": "x" * 300, "topics_create": "on"}, "topics"),
        ({"community": "nowhere"}, "community"),
    ],
)
def test_bad_input_is_said_at_its_field_and_the_words_are_kept(signed_in, broken, field):
    factories.topic("Ink")
    whole = asked(body="Words to keep") | broken

    answer = signed_in.post("/forum/ask/?kind=question", whole)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Thread.objects.count() == 0
    if field != "body":
        assert "Words to keep" in answer.content.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>words",
        '"><script>alert(1)</script>',
        "javascript:alert(1)",
        "{{ 7*7 }}{% now %}",
        "\x00\x08\x1b[31mred",
        "\u202eright",
        MARKS,
        "' OR 1=1 --",
        "<svg/onload=alert(1)>words",
    ],
)
def test_hostile_words_do_no_harm_anywhere(signed_in, hostile):
    factories.topic("Ink")
    hostile_body = f'<p onclick="alert(1)">{hostile}</p><a href="javascript:alert(1)">x</a>'
    sent = asked(
        title=f"T {hostile}"[:190],
        body=hostile_body,
        body_form="html",
        topics="Ink, New" + hostile[:20].replace(",", ""),
        topics_create="on",
    )

    answer = signed_in.post("/forum/ask/", sent)
    thread = Thread.objects.get()
    pages = [
        signed_in.get(url).content.decode() for url in (f"/forum/{thread.pk}/", "/forum/", "/forum/mine/")
    ]

    assert answer.status_code == 302
    for page in pages:
        assert "<script>alert" not in page
        assert "onerror=alert" not in page.replace("&lt;img src=x onerror=alert", "")
        assert "onclick=" not in page
        assert 'href="javascript' not in page


def test_three_megabytes_are_refused_kindly(signed_in):
    thread = factories.thread()
    opening = thread.posts.get()

    answer = signed_in.post(f"/forum/post/{opening.pk}/reply/", {"body": "x" * 3_000_000})

    assert answer.status_code in {400, 413, 422}
    assert thread.posts.count() == 1
