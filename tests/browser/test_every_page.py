"""Every page of the house, in the eyes of everybody who may come: readable, reachable, quiet."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.pages import ACTS, AWAY, FILES, NOT_OURS, OPEN, PAGES
from tests.browser.tabs import BACKEND, Doorman, faults
from tests.house.addresses import names

pytestmark = pytest.mark.browser
LOOKS = {  # together every width in every theme
    "employee": ((1280, "light"), (390, "dark")),
    "steward": ((1280, "dark"),),
    "administrator": ((390, "light"),),
    "newcomer": ((390, "dark"),),
}
EMPTY = {  # what looks different to somebody who follows nothing and has written nothing
    "communities:list", "digest:next", "feeds:mine", "flow", "forum:mine", "me:settings", "notices", "people:profile",
    "roles:page", "topics:list",
}  # fmt: skip
WALKS = [(who, name) for who in LOOKS for name in sorted(EMPTY if who == "newcomer" else PAGES.keys() - AWAY)]
NOBODY = ((1280, "light"), (390, "dark"))


@pytest.fixture(scope="module")
def doorman(chromium, server):
    """One tab per person for all of the walk: as in life, the looks of the house are in its cache."""
    doorman = Doorman(chromium, server)
    yield doorman
    doorman.leave()


@pytest.fixture(scope="module")
def tab_of(doorman, house):
    tabs = {}

    def find(who):
        if who not in tabs:
            tabs[who] = doorman.open(getattr(house, who, None))
        tabs[who].complaints.clear()
        return tabs[who]

    return find


def test_no_address_of_the_house_is_forgotten():
    assert set(names(skip=NOT_OURS)) == PAGES.keys() | FILES | ACTS


@pytest.mark.parametrize(("who", "name"), WALKS)
def test_page_is_sound(tab_of, house, who, name):
    tab, found = tab_of(who), {}

    for path in PAGES[name](getattr(house, who)):
        tab.set_viewport_size({"width": 1280, "height": 900})
        answer = tab.goto(path)
        found[path] = faults(tab, *LOOKS[who])
        if answer.status >= 500:
            found[path]["status"] = answer.status

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("name", sorted(OPEN))
def test_open_page_is_sound_for_nobody(tab_of, house, name):
    tab, found = tab_of("nobody"), {}

    for path in PAGES[name](None):
        tab.set_viewport_size({"width": 1280, "height": 900})
        tab.goto(path)
        found[path] = faults(tab, *NOBODY)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_every_other_page_asks_nobody_to_sign_in(house):
    paths = [path for name in PAGES.keys() - OPEN for path in PAGES[name](house.employee)]

    answers = {path: Client().get(path) for path in paths}

    kept = {
        p: a.status_code
        for p, a in answers.items()
        if not a.get("Location", "").startswith(reverse("account_login"))
    }
    assert kept == {}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_is_no_page(house, name):
    client = Client()
    client.force_login(house.employee, backend=BACKEND)
    args = {"communities:answer": ["x"], "communities:join": ["x"], "communities:set_role": ["x"]}.get(name)
    needs_number = name in {"feeds:revoke", "forum:accept", "forum:restore", "forum:thanks", "mark_read"}

    answer = client.get(reverse(name, args=args or ([1] if needs_number else [])))

    assert answer.status_code == 405
