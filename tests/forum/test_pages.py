"""The forum's pages, as a person meets them."""

from datetime import timedelta

import pytest

from community.contributions import readings
from community.contributions.models import Reading
from forum import answering, editing, withdrawing
from forum.models import Post, Thread
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_a_permanent_link_leads_to_the_right_page(signed_in):
    thread, bo = factories.thread(), factories.person()
    posts = [factories.reply(thread, bo) for _ in range(45)]

    link = signed_in.get(f"/forum/post/{posts[40].pk}/")
    page = signed_in.get(f"/forum/{thread.pk}/?post={posts[40].pk}")

    assert link.url == f"/forum/{thread.pk}/?page=3#post-{posts[40].pk}"
    assert [sheet["post"] for sheet in page.context["sheets"]] == posts[39:]


def test_a_reply_inside_says_whom_it_answers(signed_in):
    thread = factories.thread()
    first = factories.reply(thread, factories.person("Bo Ek"))
    factories.reply(thread)
    factories.reply(thread, parent=first)

    sheets = signed_in.get(f"/forum/{thread.pk}/").context["sheets"]

    assert [(sheet["depth"], sheet["replies_to"]) for sheet in sheets] == [
        (0, None),
        (0, None),
        (0, None),
        (1, {"name": "Bo Ek", "url": f"#post-{first.pk}"}),
    ]


def test_replying_without_a_script_answers_the_post(signed_in):
    thread = factories.thread()
    first = factories.reply(thread)

    there = signed_in.get(f"/forum/post/{first.pk}/reply/")
    page = signed_in.get(there.url.partition("#")[0])
    signed_in.post(f"/forum/post/{first.pk}/reply/", {"body": "So"})

    assert there.url == f"/forum/{thread.pk}/?reply={first.pk}#reply"
    assert f'action="/forum/post/{first.pk}/reply/"' in page.content.decode()
    assert thread.posts.get(position=3).parent == first


def test_an_empty_reply_is_said_and_what_it_answers_is_kept(signed_in):
    first = factories.reply(factories.thread())

    answer = signed_in.post(f"/forum/post/{first.pk}/reply/", {"body": " "})

    assert answer.status_code == 422
    assert answer.context["target"] == first


def test_new_since_you_were_here(signed_in, person):
    thread, bo = factories.thread(), factories.person()
    posts = [factories.reply(thread, bo) for _ in range(3)]
    readings.mark_read(user=person, item=thread.item, now=NOW, position=2)

    sheets = signed_in.get(f"/forum/{thread.pk}/").context["sheets"]
    unread = signed_in.get("/forum/").context["entries"][0]["thread"].unread
    signed_in.post(f"/read/{thread.item.pk}/?position=4")

    assert [sheet["post"] for sheet in sheets if sheet["is_new"]] == [posts[1]]
    assert unread is True
    assert Reading.objects.get().position == 4
    assert signed_in.get("/forum/").context["entries"][0]["thread"].unread is False


def test_a_tombstone_says_nothing_of_what_was_there(signed_in):
    thread = factories.thread()
    answer = factories.reply(thread, html="<p>Regretted</p>")
    editing.edit_post(post=answer, by=answer.author, html="<p>Regretted more</p>", now=LATER)
    withdrawing.withdraw_post(post=answer, by=answer.author, now=LATER)

    pages = [
        signed_in.get(url).content.decode()
        for url in (f"/forum/{thread.pk}/", f"/forum/post/{answer.pk}/history/")
    ]

    assert "tombstone" in pages[0]
    assert not any("Regretted" in page for page in pages)


def test_the_history_shows_what_changed(signed_in):
    answer = factories.reply(factories.thread(), html="<p>Shake it well</p>")
    editing.edit_post(post=answer, by=answer.author, html="<p>Shake it gently</p>", now=LATER)

    page = signed_in.get(f"/forum/post/{answer.pk}/history/").content.decode()

    assert "<del>well</del>" in page
    assert "<ins>gently</ins>" in page


def test_taking_away_and_bringing_back(signed_in, person):
    own = factories.reply(factories.thread(), person)

    asked_once = signed_in.get(f"/forum/post/{own.pk}/delete/")
    signed_in.post(f"/forum/post/{own.pk}/delete/")
    gone = Post.objects.current().filter(pk=own.pk).exists()
    signed_in.post(f"/forum/post/{own.pk}/restore/")

    assert (asked_once.status_code, gone) == (200, False)
    assert Post.objects.current().filter(pk=own.pk).exists()


def test_ones_own_thread_goes_as_a_whole(signed_in, person):
    thread = factories.thread(person)

    answer = signed_in.post(f"/forum/post/{thread.posts.get().pk}/delete/")

    assert answer.url == "/forum/"
    assert signed_in.get(f"/forum/{thread.pk}/").status_code == 404


def test_thanks_by_htmx_give_the_button_back(signed_in):
    post = factories.reply(factories.thread())

    on = signed_in.post(f"/forum/post/{post.pk}/thanks/", headers={"HX-Request": "true"}).content.decode()
    off = signed_in.post(
        f"/forum/post/{post.pk}/thanks/", {"off": "1"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert 'aria-pressed="true"' in on
    assert 'aria-pressed="false"' in off


def test_the_lists_hold_what_their_names_say(signed_in, person):
    ink = factories.topic("Ink")
    own = factories.thread(person, topics=(ink,), now=NOW)
    solved = factories.thread(now=NOW + timedelta(minutes=1))
    answering.accept(post=factories.reply(solved, solved.author), by=solved.author, now=LATER)
    talk = factories.thread(kind="discussion", now=NOW + timedelta(minutes=3))
    factories.reply(talk, person, now=NOW + timedelta(minutes=4))

    def titles(url):
        return [entry["thread"] for entry in signed_in.get(url).context["entries"]]

    assert titles("/forum/") == [talk, solved, own]
    assert titles("/forum/unanswered/") == [own]
    assert titles("/forum/mine/") == [talk, own]
    assert titles("/forum/?kind=discussion") == [talk]
    assert titles("/forum/?topic=ink") == titles("/forum/?topic=INK") == [own]


def test_a_list_goes_on_where_it_ended(signed_in):
    bo, ink = factories.person(), factories.topic()
    threads = [factories.thread(bo, topics=(ink,), now=NOW + timedelta(minutes=n // 3)) for n in range(25)]

    first = signed_in.get("/forum/")
    second = signed_in.get("/forum/", {"before": str(first.context["older"])})

    shown = [entry["thread"] for page in (first, second) for entry in page.context["entries"]]
    assert shown == threads[::-1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_with_one_and_three(signed_in, person, number, django_assert_num_queries):
    ink = factories.topic("Ink")
    for _ in range(number):
        thread = factories.thread(topics=(ink,), community=factories.community(members=(person,)))
        first = factories.reply(thread)
        for _ in range(number):
            factories.reply(thread, parent=first)
    answering.accept(post=first, by=thread.author, now=LATER)
    signed_in.post(f"/read/{thread.item.pk}/?position=1")

    with django_assert_num_queries(8):
        signed_in.get(f"/forum/{thread.pk}/?post={first.pk}")
    with django_assert_num_queries(6):
        signed_in.get("/forum/")
    with django_assert_num_queries(7):
        signed_in.get("/forum/?topic=ink")


def test_a_reply_costs_the_same_in_any_thread(signed_in, person, django_assert_max_num_queries):
    thread, bo = factories.thread(), factories.person()
    factories.assigned(person, factories.role(), factories.unit())
    rows = [
        Post(thread=thread, position=n, kind="answer", author=bo, html="<p>x</p>", created_at=NOW)
        for n in range(2, 5001)
    ]
    Post.objects.bulk_create(rows, batch_size=1000)
    Thread.objects.update(last_position=5000, posts_count=5000)

    with django_assert_max_num_queries(25):
        answer = signed_in.post(f"/forum/post/{rows[-1].pk}/reply/", {"body": "So", "token": "r"})

    assert answer.url.startswith(f"/forum/{thread.pk}/?page=251#post-")


def test_ten_thousand_deep_is_shown_at_any_depth(signed_in, django_assert_num_queries):
    thread, bo = factories.thread(), factories.person()
    rows = [
        Post(
            thread=thread, position=n, depth=n - 2, kind="answer", author=bo, html="<p>x</p>", created_at=NOW
        )
        for n in range(2, 10_002)
    ]
    Post.objects.bulk_create(rows, batch_size=1000)
    Post.objects.filter(thread=thread, position=10_001).update(parent=rows[0])
    Thread.objects.update(last_position=10_001, posts_count=10_001)

    with django_assert_num_queries(8):
        page = signed_in.get(f"/forum/{thread.pk}/?post={rows[-1].pk}")

    assert [sheet["depth"] for sheet in page.context["sheets"]] == [6]
    assert page.context["sheets"][0]["replies_to"]["url"] == f"/forum/post/{rows[0].pk}/"
