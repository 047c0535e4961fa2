"""Words alone: understanding, guessing, marking."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.asking import understand
from community.search.highlighting import marked, snippet
from community.search.languages import guess


def test_a_question_is_cut_to_what_can_be_searched():
    question = understand("  Hur SÖKER jag ”ledigt” & (semester)?  " + "x" * 500, page="9x")

    assert question.terms[:3] == ("söker", "ledigt", "semester")
    assert len(question.typed) == 200
    assert question.page == 1
    assert len(understand(" ".join(f"ord{n}" for n in range(50))).terms) == 12


def test_small_words_count_when_there_is_nothing_else():
    assert understand("att vara").terms == ("vara",)
    assert understand("hur och när").terms == ("hur", "och", "när")


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Hur gör vi med det här och vem är det som ringer", "sv"),
        ("How do we do this and who is it that calls", "en"),
        ("1234", "sv"),
    ],
)
def test_language_is_guessed(words, language):
    assert guess(words) == language


def test_marks_are_put_around_words_and_everything_is_escaped():
    assert (
        marked("<b>Hiss</b> & hissen", ["hiss"])
        == "&lt;b&gt;<mark>Hiss</mark>&lt;/b&gt; &amp; <mark>hissen</mark>"
    )


def test_snippet_shows_where_the_words_stand_together():
    body = "Inledning. " * 100 + "Här stannade hissen i källaren." + " Slut." * 100

    shown = snippet(body, ["hissen", "källaren"])

    assert "<mark>hissen</mark> i <mark>källaren</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


@given(st.text(), st.lists(st.text(min_size=1, max_size=6), max_size=3))
def test_a_snippet_never_holds_more_markup_than_marks(body, terms):
    shown = snippet(body, terms)

    assert "<" not in re.sub("</?mark>", "", shown)
    assert shown.count("<mark>") == shown.count("</mark>")
    assert html.unescape(re.sub("</?mark>", "", marked(body, terms))) == html.unescape(html.escape(body))
