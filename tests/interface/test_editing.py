"""The shared editor's field and the topics field, without a browser."""

import pytest
from django import forms
from django.utils.html import escape

from community.interface.editing import ProseField, Sent, words_of
from community.topics import vocabulary
from community.topics.fields import TopicsField
from tests import factories


class Written(forms.Form):
    body = ProseField(most=100)


class Sorted(forms.Form):
    topics = TopicsField()


def written(body, form=""):
    return Written({"body": body, "body_form": form})


def test_plain_words_become_paragraphs():
    form = written("Hello <b>you</b>\n\nand a = b / c")

    assert form.is_valid()
    assert form.cleaned_data["body"] == "<p>Hello &lt;b&gt;you&lt;/b&gt;</p><p>and a = b / c</p>"


def test_html_of_the_editor_is_sanitised():
    form = written('<p onclick="x()">Hello <strong>you</strong><script>x()</script></p>', "html")

    assert form.is_valid()
    assert form.cleaned_data["body"] == "<p>Hello <strong>you</strong></p>"


@pytest.mark.parametrize(
    "body", ["", "   ", "<p></p>", "<p>&nbsp;\u200b</p>", "<script>x</script>", "<p><br></p>", "\x00\x08"]
)
def test_what_shows_nothing_is_nothing(body):
    assert written(body, "html").errors["body"].data[0].code == "required"


@pytest.mark.parametrize("body", ["a" * 101, "<p>" + "a " * 60 + "</p>", "x" * 3_000_000])
def test_too_long_is_said_and_the_text_is_kept(body):
    form = written(body, "html")

    assert form.errors["body"].data[0].code == "too_long"
    assert f">\n{escape(body)[:50]}" in str(form["body"])


def test_marks_do_not_count_as_words():
    assert written("<p>" + "<strong>a</strong>" * 15 + "</p>", "html").is_valid()


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>One</p><p>Two &amp; a<br>line</p>", Sent("One\n\nTwo & a\nline", "plain")),
        ("<p>One <em>two</em></p>", Sent("<p>One <em>two</em></p>", "html")),
        ("<h2>One</h2><p>two</p>", Sent("<h2>One</h2><p>two</p>", "html")),
        ("", Sent("", "plain")),
    ],
)
def test_bare_textarea_loses_nothing(html, shown):
    assert words_of(html) == shown


def test_an_unchanged_body_survives_editing_without_a_script():
    html = "<h2>One</h2><p>Two <em>three</em></p>"
    shown = words_of(html)

    form = written(shown.text, shown.form)

    assert form.is_valid()
    assert form.cleaned_data["body"] == html


def test_the_field_says_what_it_sends():
    form = Written(initial={"body": "<h2>One</h2>"})

    assert '<input type="hidden" name="body_form" value="html"' in str(form["body"])
    assert "js/editor/boot.js" in str(form.media)


@pytest.mark.django_db
def test_typed_topics_resolve_by_synonym_and_case():
    ink = factories.topic("Ink")
    vocabulary.add_synonym(topic=ink, name="Toner")

    form = Sorted({"topics": "tOnEr, ink"})

    assert form.is_valid()
    assert form.cleaned_data["topics"] == vocabulary.Resolved(topics=[ink])


@pytest.mark.django_db
def test_unknown_topics_are_made_only_when_asked():
    factories.topic("Ink")

    unsure = Sorted({"topics": "Ink, Paper"})
    sure = Sorted({"topics": "Ink, Paper", "topics_create": "on"})

    assert unsure.errors["topics"].data[0].code == "unknown"
    assert 'name="topics_create"' in str(unsure["topics"])
    assert sure.is_valid()
    assert sure.cleaned_data["topics"].unknown == ["Paper"]
    assert 'name="topics_create"' not in str(Sorted({"topics": "Ink"})["topics"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        (" , ;\n", "required"),
        ("\u200b,\x00", "required"),
        ("a,b,c,d,e,f", "too_many"),
        ("x" * 101, "too_long"),
        ("\ufdfa" * 20, "too_long"),  # folds to 360 characters
        ("x" * 3_000_000, "too_long"),
        ("a," * 500_000, "unknown"),
    ],
)
def test_bad_topics_are_said_at_the_field(typed, code):
    assert Sorted({"topics": typed}).errors["topics"].data[0].code == code


@pytest.mark.django_db
def test_a_retired_topic_is_refused(now):
    vocabulary.archive_topic(topic=factories.topic("Fax"), now=now)

    assert Sorted({"topics": "fax", "topics_create": "on"}).errors["topics"].data[0].code == "retired"


def test_suggestions_show_the_synonym_that_matched(signed_in):
    ink = factories.topic("Ink")
    vocabulary.add_synonym(topic=ink, name="Toner")

    answer = signed_in.get("/topics/suggest/", {"q": "ton"})

    assert [topic["name"] for topic in answer.json()["topics"]] == ["Ink"]
    assert "Toner" in answer.json()["topics"][0]["hint"]


def test_settling_twice_makes_a_topic_once(db):
    first = vocabulary.settle(topics=[], new=["Paper"])

    assert vocabulary.settle(topics=first, new=["paper"]) == first
