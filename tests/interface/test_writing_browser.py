"""Writing in a real browser: the editor, topics by keyboard, a reply box swapped in; the console stays silent."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from forum.models import Post, Thread
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def broken_rules(tab):
    tab.evaluate("scrollTo(0, 0)")  # what the sticky header half covers counts as too small
    return [
        (rule["id"], rule["nodes"][0]["html"][:90])
        for rule in Axe().run(tab, options=RULES).response["violations"]
    ]


def test_a_question_is_written_with_marks_and_topics_by_keyboard(tab):
    factories.topic("Hygien")
    tab.goto("/forum/ask/")
    tab.wait_for_selector(".ProseMirror")

    tab.fill("#id_title", "Hur?")
    tab.click("label[for=id_body]")
    tab.keyboard.type("Det är **viktigt** <b>")
    tab.focus("#id_topics")
    tab.keyboard.type("hyg")
    tab.wait_for_selector("[role=option]")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    rules = broken_rules(tab)
    tab.click("main form.form .button-primary")
    tab.wait_for_selector(".post")

    assert Post.objects.get().html == "<p>Det är <strong>viktigt</strong> &lt;b&gt;</p>"
    assert [topic.name for topic in Thread.objects.get().topics.all()] == ["Hygien"]
    assert (rules, tab.complaints) == ([], [])


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reply_is_written_where_one_reads(tab, width):
    answer = factories.reply(factories.thread(title="How?"))
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"/forum/{answer.thread_id}/")

    tab.click(f"#post-{answer.pk} .act[hx-get]")
    tab.click(f"#answer-{answer.pk} .ProseMirror")
    tab.keyboard.type("Tack")
    rules, wide = broken_rules(tab), tab.evaluate("document.documentElement.scrollWidth")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector(f"article:not(#post-{answer.pk}) .replies-to, .depth-1")

    reply = Post.objects.get(position=3)
    assert (reply.parent, reply.html) == (answer, "<p>Tack</p>")
    assert (rules, wide, tab.complaints) == ([], width, [])


def test_a_text_with_marks_survives_being_edited_unchanged(tab, person):
    html = "<h2>Ett</h2><ul><li><p>två <em>tre</em></p></li></ul><table><tbody><tr><td><p>x</p></td></tr></tbody></table>"
    post = factories.thread(person, html=html).posts.get()
    tab.goto(f"/forum/post/{post.pk}/edit/")
    tab.click(".ProseMirror h2")
    tab.keyboard.type("!")
    tab.keyboard.press("Backspace")

    tab.click("main form.form .button-primary")
    tab.wait_for_selector(".post")

    assert (Post.objects.get().html, tab.complaints) == (html, [])
