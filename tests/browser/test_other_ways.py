"""Without JavaScript, and with nothing but the keyboard."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests import factories
from tests.browser.acts import press, prose, sign_in, write
from tests.browser.people import PASSWORD, colleague, new_topic
from tests.browser.tabs import settle

pytestmark = pytest.mark.browser


@pytest.fixture
def bare(enter):
    """A tab in which no script runs."""
    return enter(java_script_enabled=False, width=390)


def test_all_that_matters_works_without_a_script(bare, house):
    person, topic = colleague("Nora Skriptlös"), new_topic("Skiftbyte")
    sign_in(bare, person)

    bare.goto(topic.get_absolute_url())
    press(bare, "Follow")
    followed = bare.locator("#main details.menu summary").first.is_visible()
    bare.goto(reverse("forum:ask"))
    bare.fill("[name=title]", f"Hur gör ni {topic.name}?")
    bare.fill("textarea[name=body]", "Vi glömmer pärmen.")
    bare.fill("[name=topics]", topic.name)
    press(bare, "Ask the question")
    bare.wait_for_url(re.compile(r"/forum/\d+/"))
    bare.fill("#reply textarea[name=body]", "Nu hänger den vid dörren.")
    press(bare, "Reply", within="#reply")
    bare.wait_for_load_state()
    thread = prose(bare)
    bare.goto(reverse("wiki:create"))
    bare.fill("[name=title]", f"Pärmen vid {topic.name}")
    bare.fill("textarea[name=body]", "Häng den vid dörren.")
    bare.fill("[name=topics]", topic.name)
    press(bare, "Save the page")
    bare.wait_for_url(re.compile(r"/wiki/[^~]+/$"))
    page = prose(bare)
    bare.goto(reverse("search"))
    bare.locator("#main input[name=q]").fill(topic.name)
    bare.locator("#main input[name=q]").press("Enter")
    bare.wait_for_load_state()

    assert followed
    assert ("Vi glömmer pärmen." in thread, "Nu hänger den vid dörren." in thread) == (True, True)
    assert page == "Häng den vid dörren."
    assert f"Pärmen vid {topic.name}" in bare.locator("#main").inner_text()


def tab_to(tab, selector, *, most=90):
    """Press Tab until what has the focus matches, as somebody without a mouse does."""
    for _step in range(most):
        tab.keyboard.press("Tab")
        if tab.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


@pytest.mark.parametrize("width", [1280, 390])
def test_one_signs_in_and_replies_by_keyboard_alone(enter, house, width):
    person, topic = colleague("Tage Tangent"), new_topic("Tangenter")
    thread = factories.thread(colleague("Frida Fråga"), title="Vilket tangentbord?", topics=(topic,))
    tab = enter(width=width)

    tab.goto(reverse("account_login") + f"?next={topic.get_absolute_url()}")
    tab_to(tab, "[name=login]")
    tab.keyboard.type(person.email)
    tab_to(tab, "[name=password]", most=1)
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: urlsplit(url).path == topic.get_absolute_url())
    there = thread.get_absolute_url()
    tab_to(tab, f"#main a[href='{there}'], #main a[href^='{there}?'], #main a[href^='{there}#']")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{there}*")
    settle(tab)
    tab_to(tab, "#reply .ProseMirror")
    tab.keyboard.type("Ett med stora tangenter.")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**#post-*")

    assert "Ett med stora tangenter." in prose(tab)


def test_the_skip_link_leads_past_the_menus(tab):
    tab.goto(reverse("forum:list"))
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    assert tab.evaluate("document.activeElement.id") == "main"


def test_words_are_not_lost_by_leaving(tab, house):
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.goto(reverse("forum:ask"))
    write(tab, "Halvskrivet")

    tab.locator("#main .button-quiet").last.click(no_wait_after=True)
    tab.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert "Halvskrivet" in tab.locator(".ProseMirror").inner_text()
