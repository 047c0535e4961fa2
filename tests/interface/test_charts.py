"""Charts carry their figures, a name and a table, and nothing that a strict CSP refuses."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from community.interface import drawing


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return Template("{% load charts %}" + source).render(Context(context))


ROWS = [
    {"label": "Nurse", "value": 50, "low": 40, "high": 60, "target": 75},
    {"label": "<Clerk>", "value": None},
]
POINTS = [
    {"label": "Jan", "value": 10, "low": 5, "high": 20},
    {"label": "Feb", "value": None},
    {"label": "Mar", "value": 30, "low": 20, "high": 40},
    {"label": "Apr", "value": 40, "low": 30, "high": 50},
]


@pytest.mark.parametrize(
    ("value", "most", "percent"), [(25, 100, 25), (150, 100, 100), (-5, 100, 0), (None, 100, 0), (3, 0, 0)]
)
def test_share_stays_within_its_whole(value, most, percent):
    assert drawing.share(value, most) == percent


@pytest.mark.parametrize(("top", "rounded"), [(0, 1), (7, 10), (10, 10), (21, 25), (0.3, 0.5), (130, 200)])
def test_round_up_ends_a_scale_at_a_plain_number(top, rounded):
    assert drawing.round_up(top) == pytest.approx(rounded)


def test_bar_has_a_name_or_is_decoration():
    assert 'role="img" aria-label="Half"' in render('{% bar 50 100 label="Half" %}')
    assert 'aria-hidden="true"' in render("{% bar 50 100 %}")


def test_bar_chart_draws_bar_whisker_and_target_and_repeats_them_in_a_table():
    chart = render('{% bar_chart rows title="Shared" most=100 unit=" %" %}', rows=ROWS)

    assert '<rect class="c-fill" width="50.0%"' in chart
    assert chart.count("c-whisker") == chart.count("c-target") == 1
    assert "&lt;Clerk&gt;" in chart
    assert chart.count("too few to show") == 2
    assert re.sub(r"\s+", "", chart).count('<thscope="row">') == 2


def test_line_chart_breaks_where_there_is_no_figure():
    chart = render('{% line_chart points title="Answered" most=100 %}', points=POINTS)

    assert chart.count("c-line") == 2
    assert chart.count("c-band") == 1  # one block alone has no band
    assert chart.count("c-dot") == 3
    assert 'role="img" aria-label="Answered"' in chart


def test_line_chart_of_nothing_is_an_empty_frame():
    assert "c-line" not in render('{% line_chart points title="Answered" %}', points=[])


def test_share_bar_fills_the_whole():
    parts = [{"label": "Questions", "value": 3}, {"label": "Answers", "value": 1}]

    chart = render("{% share_bar parts %}", parts=parts)

    assert re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', chart) == [("0.00", "75.00"), ("75.00", "25.00")]
    assert 'aria-label="Questions 3, Answers 1"' in chart


def test_share_bar_of_nothing_draws_no_width():
    assert (
        render("{% share_bar parts %}", parts=[{"label": "Questions", "value": 0}]).count('width="0.00%"')
        == 1
    )


@pytest.mark.parametrize(("level", "filled"), [(None, 0), (0, 1), (4, 5)])
def test_level_meter_fills_up_to_its_level(level, filled):
    assert render("{% level_meter level %}", level=level).count("c-fill") == filled


def test_charts_have_nothing_inline():
    everything = render(
        "{% bar_chart rows %}{% line_chart points %}{% share_bar rows_known %}"
        "{% spark values %}{% level_meter 2 %}",
        rows=ROWS,
        points=POINTS,
        rows_known=ROWS[:1],
        values=[1, None, 3],
    )

    assert re.findall(r"style=|<style|<script|\son\w+=", everything) == []


def test_numbers_keep_their_point_in_swedish():
    parts = [{"label": "a", "value": 1}, {"label": "b", "value": 2}]

    with translation.override("sv"):
        chart = render("{% share_bar parts %}{% bar 12.5 100 %}", parts=parts)

    assert re.findall(r'(?:x|width)="\d+,\d+%"', chart) == []
