"""The template tags of the house."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from community.interface import faces
from community.interface.words import COUNTED, counted


@dataclass
class Somebody:
    pk: int = 4
    name: str = "Åsa <b> Öberg"
    photo: str = ""


@dataclass
class Something:
    name: str = "C++ & C#"
    slug: str = "c"


class AskForm(forms.Form):
    title = forms.CharField(label="Title", help_text="Short")
    body = forms.CharField(label="Body", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("q", "Question"), ("d", "Discussion")], widget=forms.RadioSelect
    )
    watch = forms.BooleanField(label="Watch", required=False)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return Template("{% load house charts %}" + source).render(Context(context)).strip()


def test_icon_is_decoration_unless_named():
    assert 'aria-hidden="true"' in render('{% icon "bell" %}')
    assert 'role="img" aria-label="Notices &quot;new&quot;"' in render(
        '{% icon "bell" name %}', name='Notices "new"'
    )


def test_since_tells_the_exact_time_too():
    now = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)

    shown = render("{% since when now %}", when=datetime(2026, 6, 3, 9, 30, tzinfo=UTC), now=now)

    assert shown == (
        '<time datetime="2026-06-03T09:30:00+00:00" title="Wednesday 3 June 2026, 11:30">30 min ago</time>'
    )
    assert render("{% since None %}") == ""


def test_avatar_shows_initials_on_an_own_hue():
    assert render('{% avatar person "s" %}', person=Somebody(name="Åsa Maria Öberg")) == (
        '<span class="avatar avatar-s hue-8" aria-hidden="true">ÅÖ</span>'
    )


def test_avatar_shows_the_photo_where_there_is_one():
    assert 'src="/people/4/photo/"' in render("{% avatar person %}", person=Somebody(photo="x.jpg"))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Lo", "L"),
        ("lo ström", "LS"),
        ("Åsa (vikarie) Öberg", "ÅÖ"),
        ("", ""),
        ("張 偉", "張偉"),
        ("– –", ""),
    ],
)
def test_initials(name, letters):
    assert faces.initials(name) == letters


def test_hue_is_stable_and_parts_neighbours():
    assert len({faces.hue(pk) for pk in range(1, 13)}) == 12
    assert faces.hue("hygien") == 10


def test_person_link_escapes_and_knows_who_is_gone():
    assert render("{% person_link person %}", person=Somebody()) == (
        '<a class="person-link" href="/people/4/">Åsa &lt;b&gt; Öberg</a>'
    )
    assert render("{% person_link None %}") == '<span class="person-link">Former employee</span>'


def test_topic_chip_links_to_the_hub():
    assert render("{% topic_chip topic %}", topic=Something()) == (
        f'<a class="chip hue-{faces.hue("c")}" href="/topics/c/">C++ &amp; C#</a>'
    )
    assert "href" not in render("{% topic_chip topic link=False %}", topic=Something())


def test_counted_gives_the_noun_its_form():
    assert render('{% counted 1 "answers" %} {% counted 0 "answers" %}') == "1 answer 0 answers"
    assert counted(number=1200, noun="pages") == "1,200 pages"


def test_every_counted_noun_can_be_said():
    assert [noun for noun in COUNTED if not counted(number=2, noun=noun).replace("2", "").strip()] == []


def test_way_is_marked_in_its_own_room():
    here = render('{% way "forum:list" "hash" "Forum" %}', here="forum")
    elsewhere = render('{% way "wiki:index" "hash" "Wiki" %}', here="forum")

    assert ('aria-current="page"' in here, 'aria-current="page"' in elsewhere) == (True, False)


def test_way_to_a_room_that_is_not_there_is_not_shown():
    assert render('{% way "cellar:list" "hash" "Cellar" %}') == ""


def test_form_field_ties_hint_and_error_to_the_control():
    form = AskForm({"title": "", "kind": "q"})

    shown = render("{% form_field form.title %}", form=form)

    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'id="id_title_helptext">Short<' in shown
    assert "This field is required." in shown


def test_form_field_says_what_is_optional():
    form = AskForm()

    assert [
        ("(optional)" in render("{% form_field field %}", field=form[name]))
        for name in ("title", "body", "kind")
    ] == [
        False,
        True,
        False,
    ]


def test_form_field_groups_choices_under_a_legend():
    shown = render("{% form_field form.kind cards=True %}", form=AskForm())

    assert (shown.count("<legend>"), shown.count('class="radio-card"')) == (1, 2)


def test_form_field_puts_a_checkbox_inside_its_label():
    assert '<label class="choice" for="id_watch"><input type="checkbox"' in render(
        "{% form_field form.watch %}", form=AskForm()
    )
