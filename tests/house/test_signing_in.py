"""Signing in: one door, few tries, the same answer whoever is known."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from profiles.models import User
from tests.house.furnished import client_of, furnish

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def house():
    return furnish()


def try_to_sign_in(client, email, password="wrong"):  # noqa: S107
    return client.post(LOGIN, {"login": email, "password": password})


def test_the_sixth_wrong_password_is_refused_and_so_is_the_right_one_then(house):
    client = Client()

    wrong = [try_to_sign_in(client, house.anna.email).status_code for _ in range(5)]
    sixth, right = (
        try_to_sign_in(client, house.anna.email),
        try_to_sign_in(client, house.anna.email, "a long password"),
    )
    from_elsewhere = try_to_sign_in(Client(REMOTE_ADDR="192.0.2.7"), house.anna.email)
    others = try_to_sign_in(Client(REMOTE_ADDR="192.0.2.7"), house.boss.email, "a long password")

    assert wrong == [200] * 5
    assert [answer.status_code for answer in (sixth, right, from_elsewhere, others)] == [429, 429, 429, 302]
    assert sixth.templates[0].name == "429.html"
    assert "_auth_user_id" not in client.session


def test_there_is_one_sign_in_and_no_page_to_change_ones_address(house):
    for path in ("/admin/login/", "/wagtail/_util/login/"):
        client = Client()
        answer = client.post(path, {"username": house.anna.email, "password": "a long password"})
        assert (answer.status_code, answer.url, dict(client.session)) == (302, LOGIN, {})
    answer = client_of(house.anna).post("/accounts/email/", {"action_add": "", "email": "evil@example.org"})
    assert answer.status_code == 404


def test_letters_for_a_new_password_are_counted(house):
    answers = [
        Client().post("/accounts/password/reset/", {"email": house.anna.email}).status_code for _ in range(4)
    ]

    assert (answers, len(mail.outbox)) == ([302, 302, 429, 429], 2)


def test_a_known_and_an_unknown_address_are_answered_alike(house):
    def words(answer):
        return answer.status_code, answer.get("Location"), len(answer.content) // 200

    known, unknown = house.anna.email, "nobody7@example.org"

    assert words(try_to_sign_in(Client(), known)) == words(try_to_sign_in(Client(), unknown))
    sent = [Client().post("/accounts/password/reset/", {"email": email}) for email in (known, unknown)]
    assert words(sent[0]) == words(sent[1])


def test_signing_in_gives_a_new_session_and_a_new_password_ends_the_others(house):
    client, elsewhere = Client(), client_of(house.anna)
    client.get("/language/setlang/")
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies["sessionid"] = planted.session_key

    try_to_sign_in(client, house.anna.email, "a long password")
    facts = {
        "oldpassword": "a long password",
        "password1": "another long one 77",
        "password2": "another long one 77",
    }
    client.post("/accounts/password/change/", facts)

    assert client.session.session_key != planted.session_key
    assert (client.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)
    assert client.cookies["sessionid"]["httponly"] is True


def test_an_account_that_is_closed_is_out_at_once(house):
    client = client_of(house.anna)
    User.objects.filter(pk=house.anna.pk).update(is_active=False)

    assert client.get("/").status_code == 302
    assert try_to_sign_in(Client(), house.anna.email, "a long password").status_code in {200, 302}
