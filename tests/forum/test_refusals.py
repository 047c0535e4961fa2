"""What the forum's addresses do not give to a person who may not, and to odd addresses."""

import pytest

from forum.models import Thanks
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_is_secret_does_not_exist_for_others(signed_in, person):
    member = factories.person()
    club = factories.community(visibility="secret", members=(member,))
    thread = factories.thread(member, community=club, title="Hush", topics=(factories.topic("Ink"),))
    post = factories.reply(thread, member)
    reading = [f"/forum/{thread.pk}/", f"/forum/{thread.pk}/edit/"]
    reading += [f"/forum/post/{post.pk}/{act}" for act in ("", "history/", "edit/", "delete/", "reply/")]
    acting = [
        f"/forum/post/{post.pk}/{act}/" for act in ("reply", "edit", "delete", "restore", "accept", "thanks")
    ]

    assert [signed_in.get(url).status_code for url in reading] == [404] * len(reading)
    assert [signed_in.post(url, {"body": "x"}).status_code for url in acting] == [404] * len(acting)
    for url in ("/forum/", "/forum/mine/", "/forum/unanswered/", "/forum/?topic=ink"):
        assert "Hush" not in signed_in.get(url).content.decode()
    assert signed_in.get(f"/forum/?community={club.slug}").status_code == 404


def test_what_one_may_not_do_is_refused(signed_in):
    thread = factories.thread()
    answer = factories.reply(thread)
    refused = [("edit", {"body": "x"}), ("delete", {}), ("accept", {})]

    assert [signed_in.post(f"/forum/post/{answer.pk}/{act}/", data).status_code for act, data in refused] == [
        403
    ] * 3
    assert signed_in.get(f"/forum/{thread.pk}/edit/").status_code == 403
    own = factories.reply(thread, signed_in.get("/forum/").context["user"])
    assert signed_in.post(f"/forum/post/{own.pk}/thanks/").status_code == 403
    assert Thanks.objects.count() == 0


def test_every_writing_asks_for_the_token_of_the_site(person):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    post = factories.reply(factories.thread())
    ways = ["/forum/ask/"] + [
        f"/forum/post/{post.pk}/{act}/" for act in ("reply", "edit", "delete", "restore", "accept", "thanks")
    ]

    assert [client.post(way).status_code for way in ways] == [403] * len(ways)


def test_signed_out_nothing_is_shown(client):
    thread = factories.thread()

    assert client.get(f"/forum/{thread.pk}/").status_code == 302
    assert client.get("/forum/").status_code == 302


@pytest.mark.parametrize("page", ["0", "-1", "abc", "999999", "9" * 5000, "%00"])
def test_any_page_number_is_a_page(signed_in, page):
    thread = factories.thread()

    assert signed_in.get(f"/forum/{thread.pk}/?page={page}&post={page}&reply={page}").status_code == 200


@pytest.mark.parametrize(
    "query", ["before=x", "kind=x", "topic=%00", "topic=nothing", "community=%00&topic=%ff"]
)
def test_odd_filters_do_no_harm(signed_in, query):
    assert signed_in.get(f"/forum/?{query}").status_code in {200, 404}


def test_numbers_too_big_for_a_row_find_nothing(signed_in):
    big = "9" * 30

    assert [signed_in.get(f"/forum/{way}{big}/").status_code for way in ("", "post/")] == [404, 404]
