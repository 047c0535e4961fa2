"""Whole stories, as people live them in their browsers."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.browser.acts import ask, press, prose, reply, sign_in, write
from tests.browser.people import PASSWORD, colleague, new_topic, said
from tests.browser.tabs import settle

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_a_question_is_answered_becomes_a_page_and_reaches_its_followers(enter, house, width):
    asker, helper, follower, topic = (
        colleague("Ida Fråga"),
        colleague("Sven Svar"),
        colleague("Lova Läs"),
        new_topic("Nattpass"),
    )
    asking, helping, reading = enter(width=width), enter(helper, width=width), enter(follower, width=width)
    title = f"Vem har nyckeln till {topic.name}?"

    reading.goto(topic.get_absolute_url())
    press(reading, "Follow")
    reading.locator("#main details.menu summary", has_text=said("Following")).wait_for()
    sign_in(asking, asker)
    thread = ask(asking, title=title, words="Den hänger inte på kroken.", topic=topic)
    reply(helping, thread, "Den ligger i kassaskåpet.")
    asking.goto(thread)
    press(asking, "Thanks")
    asking.locator("#main .act[aria-pressed=true]").wait_for()
    press(asking, "This solved it")
    asking.locator("article.accepted").wait_for()
    press(asking, "Make a page")
    settle(asking)
    press(asking, "Save the page")
    asking.wait_for_url(re.compile(r"/wiki/[^~]+/$"))

    assert "Den ligger i kassaskåpet." in prose(asking)
    assert asking.locator(f"#main a[href*='{thread.rsplit('/forum', 1)[1]}']").count() >= 1
    reading.goto(thread)
    assert reading.locator("#main .lead a[href^='/wiki/']").count() == 1
    for path in ("/", topic.get_absolute_url(), reverse("digest:next"), f"{reverse('search')}?q=kassaskåpet"):
        reading.goto(path)
        assert title in reading.locator("#main").inner_text(), path


def test_an_address_for_a_reader_is_made_read_and_closed(enter, house):
    person, topic = colleague("Rut Läsare"), new_topic("Vinterdäck")
    factories.thread(colleague("Bo Däck"), title="Dubbat eller inte?", topics=(topic,))
    tab, reader = enter(person), enter()
    tab.goto(topic.get_absolute_url())
    press(tab, "Follow")
    tab.locator("#main details.menu summary").first.wait_for()

    tab.goto(reverse("feeds:mine"))
    tab.locator(".outlets li", has_text=topic.name).get_by_role("button").click()
    address = tab.locator("#fresh input").first.input_value()
    path = address[address.index("/feeds/") :]
    answer = reader.request.get(path)
    again = reader.request.get(path, headers={"If-None-Match": answer.headers["etag"]})
    tab.locator("[aria-labelledby=tokens-title] .button-danger").click()
    tab.wait_for_load_state()

    assert (answer.status, "Dubbat eller inte?" in answer.text(), again.status) == (200, True, 304)
    assert reader.request.get(path).status == 404


def test_two_who_edit_a_page_at_once_lose_nothing(enter, house):
    first, second = colleague("Ada Först"), colleague("Bea Sedan")
    page = factories.page(f"Rutin {new_topic('Rutin').name}", "<p>Lås dörren.</p>", by=first)
    early, late = enter(first), enter(second)
    edit = reverse("wiki:edit", args=[page.pk])
    for tab in (early, late):
        tab.goto(edit)

    for tab, words in ((early, "Släck lampan. "), (late, "Ställ larmet. ")):
        write(tab, words)
        press(tab, "Save")
        tab.wait_for_load_state()
    late.locator(".side-theirs").wait_for()
    both = (late.locator(".side-theirs").inner_text(), late.locator(".side-yours").inner_text())
    write(late, "Släck lampan. ")
    press(late, "Save this text")
    late.wait_for_url("**" + page.get_absolute_url())

    assert ("Släck lampan." in both[0], "Ställ larmet." in both[1]) == (True, True)
    assert all(words in prose(late) for words in ("Lås dörren.", "Släck lampan.", "Ställ larmet."))


def test_a_closed_community_lets_in_who_asks(enter, house):
    steward, outsider = colleague("Vera Värd"), colleague("Ulf Utanför")
    circle = factories.community(f"Krets {new_topic('Krets').name}", visibility="closed", steward=steward)
    factories.thread(steward, title="Bara för oss", topics=(new_topic("Handledning"),), community=circle)
    asking, hosting = enter(outsider), enter(steward)

    asking.goto(circle.get_absolute_url())
    unseen = asking.locator("#main").inner_text()
    asking.fill("[name=message]", "Jag handleder två i höst.")
    press(asking, "Ask to join")
    asking.locator("form [name=message]").wait_for(state="detached")
    hosting.goto(circle.get_absolute_url())
    request = hosting.locator("#main").inner_text()
    press(hosting, "Let in")
    hosting.locator(".toast").first.wait_for()
    asking.goto(circle.get_absolute_url())

    assert "Bara för oss" not in unseen
    assert "Jag handleder två i höst." in request
    assert "Bara för oss" in asking.locator("#main").inner_text()


def test_settings_are_kept_and_one_signs_out(enter, house):
    tab, person = enter(), colleague("Sam Ändrad")
    sign_in(tab, person)

    tab.goto(reverse("me:settings"))
    tab.fill("#present [name=title]", "Vaktmästare")
    tab.locator("#present .button-primary").click()
    tab.locator(".toast").first.wait_for()
    tab.select_option("#rhythm [name=language]", "en")
    tab.locator("#rhythm .button-primary").click()
    tab.locator("html[lang=en]").wait_for()
    title = tab.input_value("#present [name=title]")
    tab.click(".top [popovertarget=me-menu]")
    tab.click(f"#me-menu [formaction='{reverse('account_logout')}']")
    tab.wait_for_url("**" + reverse("account_login") + "**")

    assert title == "Vaktmästare"
    assert tab.is_visible("[name=login]")


def test_a_wrong_password_is_told_without_telling_who_works_here(enter, house):
    told = []
    for email in (colleague("Nils Nyckel").email, "ingen@example.org"):
        tab = enter()
        tab.goto(reverse("account_login"))
        tab.fill("[name=login]", email)
        tab.fill("[name=password]", PASSWORD + "!")
        tab.press("[name=password]", "Enter")
        told.append(tab.locator("[role=alert]").first.inner_text())

    assert told[0] == told[1] != ""
