"""What people do in a tab, step by step, by the words they see."""

import re
from typing import Any

from django.urls import reverse

from tests.browser.people import PASSWORD, said
from tests.browser.tabs import settle


def press(tab: Any, msgid: str, *, within: str = "#main") -> None:
    """Click the first button or link of that name."""
    name = re.compile(rf"^\s*{re.escape(said(msgid))}(\s+\d+)?\s*$")
    place = tab.locator(within)
    place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first.click()


def sign_in(tab: Any, person: Any) -> None:
    tab.goto(reverse("account_login"))
    tab.fill("[name=login]", person.email)
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url("**/")


def write(tab: Any, words: str) -> None:
    """Into the rich editor, or its textarea where no script runs."""
    settle(tab)
    tab.locator(".ProseMirror, textarea[name=body]").locator("visible=true").first.click()
    tab.keyboard.type(words)


def choose_topic(tab: Any, topic: Any) -> None:
    """By the first letters and the list that opens, with the keyboard."""
    box = tab.locator("form [data-picker]").get_by_role("combobox")
    box.press_sequentially(topic.name[:-2])
    tab.get_by_role("option", name=topic.name).wait_for()
    box.press("ArrowDown")
    box.press("Enter")


def ask(tab: Any, *, title: str, words: str, topic: Any) -> str:
    """Ask a question; the thread's address."""
    tab.goto(reverse("forum:ask") + "?kind=question")
    tab.fill("[name=title]", title)
    write(tab, words)
    choose_topic(tab, topic)
    press(tab, "Ask the question")
    tab.wait_for_url(re.compile(r"/forum/\d+/"))
    return tab.url.split("#")[0]


def reply(tab: Any, thread: str, words: str) -> None:
    tab.goto(thread)
    write(tab, words)
    press(tab, "Reply", within="#reply")
    tab.wait_for_url("**#post-*")


def prose(tab: Any) -> str:
    return "\n".join(tab.locator("#main .prose:not(.ProseMirror)").all_inner_texts())
