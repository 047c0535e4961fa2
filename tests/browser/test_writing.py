"""Writing in a real browser: the editor, topics by keyboard, a reply box swapped in; the console stays silent."""

import pytest
from django.urls import reverse

from forum.models import Post, Thread
from tests import factories
from tests.browser.acts import choose_topic
from tests.browser.people import colleague, new_topic
from tests.browser.tabs import violations

pytestmark = pytest.mark.browser


def broken_rules(tab):
    tab.evaluate("scrollTo(0, 0)")  # what the sticky header half covers counts as too small
    return violations(tab)


def test_a_question_is_written_with_marks_and_topics_by_keyboard(tab):
    topic = new_topic("Hygien")
    tab.goto(reverse("forum:ask"))
    tab.wait_for_selector(".ProseMirror")

    tab.fill("#id_title", "Hur?")
    tab.click("label[for=id_body]")
    tab.keyboard.type("Det är **viktigt** <b>")
    choose_topic(tab, topic)
    rules = broken_rules(tab)
    tab.click("main form.form .button-primary")
    tab.wait_for_selector(".post")

    thread = Thread.objects.get(topics=topic)
    assert thread.posts.get().html == "<p>Det är <strong>viktigt</strong> &lt;b&gt;</p>"
    assert [topic.name for topic in thread.topics.all()] == [topic.name]
    assert rules == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reply_is_written_where_one_reads(tab, width):
    thread = factories.thread(colleague("Frida Fråga"), title="How?", topics=(new_topic("Svar"),))
    answer = factories.reply(thread, colleague("Sven Svar"))
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(thread.get_absolute_url())

    tab.click(f"#post-{answer.pk} .act[hx-get]")
    tab.click(f"#answer-{answer.pk} .ProseMirror")
    tab.keyboard.type("Tack")
    rules, wide = broken_rules(tab), tab.evaluate("document.documentElement.scrollWidth")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector(f"article:not(#post-{answer.pk}) .replies-to, .depth-1")

    reply = Post.objects.get(thread=thread, position=3)
    assert (reply.parent, reply.html) == (answer, "<p>Tack</p>")
    assert (rules, wide) == ([], width)


def test_a_text_with_marks_survives_being_edited_unchanged(tab, house):
    html = "<h2>Ett</h2><ul><li><p>två <em>tre</em></p></li></ul><table><tbody><tr><td><p>x</p></td></tr></tbody></table>"
    post = factories.thread(house.employee, html=html, topics=(new_topic("Text"),)).posts.get()
    tab.goto(reverse("forum:edit", args=[post.pk]))
    tab.click(".ProseMirror h2")
    tab.keyboard.type("!")
    tab.keyboard.press("Backspace")

    tab.click("main form.form .button-primary")
    tab.wait_for_selector(".post")

    assert Post.objects.get(pk=post.pk).html == html
