"""The fill: caught up, run again, final, rebuilt; and the page that reads it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from community.maturity import filling
from community.maturity.models import Filling, IndicatorValue
from profiles.models import Assignment, User
from tests import factories
from tests.maturity.conftest import END, NOW, at, give

pytestmark = pytest.mark.django_db
LONG_AGO = date(2025, 1, 1)


@pytest.fixture
def house():
    """Sixty people in three units, one of them tiny; half of the first unit has taught."""
    units = [factories.unit(name) for name in ("Norr", "Söder", "Smyg")]
    people = User.objects.bulk_create([User(email=f"p{n}@example.org", name=f"P {n}") for n in range(60)])
    places = [units[0]] * 40 + [units[1]] * 16 + [units[2]] * 4
    Assignment.objects.bulk_create(
        [Assignment(user=p, unit=u, starts_on=LONG_AGO) for p, u in zip(people, places, strict=True)]
    )
    give(1, "answer", people[59], at(END - timedelta(days=100)))
    for n in range(20):
        give(n + 2, "answer", people[n], at(END - timedelta(days=n)))
    return people


def told():
    rows = IndicatorValue.objects.current().order_by(
        "indicator", "scope_type", "scope_id", "period_end", "window"
    )
    names = (
        "indicator",
        "scope_type",
        "scope_id",
        "period_end",
        "window",
        "num",
        "den",
        "suppressed_reason",
        "is_final",
        "revision",
    )
    return list(rows.values_list(*names))


def of_units(**facts):
    rows = IndicatorValue.objects.filter(indicator="I1", scope_type="unit", period_end=END, **facts)
    return {row.scope_name: (row.num, row.den, row.suppressed_reason) for row in rows}


def test_a_tiny_unit_hides_itself_and_its_smallest_neighbour(house):
    filling.catch_up(now=NOW)

    assert of_units() == {
        "Norr": (20, 40, ""),
        "Söder": (None, None, "remainder"),
        "Smyg": (None, None, "small"),
    }


def test_filling_again_changes_nothing_and_groups_stand_for_blocks_only(house):
    filling.catch_up(now=NOW)
    before = told()

    filling.catch_up(now=NOW + timedelta(hours=1))

    assert told() == before
    days = {(row[1], row[3]) for row in before if row[3] > END}
    assert days == {("organisation", END + timedelta(days=2))}


def test_missed_weeks_are_caught_up_and_final_blocks_stay(house):
    filling.catch_up(now=NOW)
    late = at(END - timedelta(days=1))
    give(99, "answer", house[30], late)

    filling.catch_up(now=NOW + timedelta(days=1))
    open_block = of_units()["Norr"]
    filling.catch_up(now=NOW + timedelta(days=60))
    give(100, "answer", house[31], late)
    filling.catch_up(now=NOW + timedelta(days=61))

    assert open_block == (21, 40, "")
    assert of_units()["Norr"] == (21, 40, "")
    ends = IndicatorValue.objects.filter(indicator="I1", scope_type="unit").values_list(
        "period_end", flat=True
    )
    assert END + timedelta(days=56) in set(ends)


def test_a_rebuild_that_differs_is_a_revision_beside_the_old(house):
    filling.catch_up(now=NOW + timedelta(days=20))
    give(100, "answer", house[31], at(END - timedelta(days=1)))

    filling.catch_up(now=NOW + timedelta(days=20, hours=1), again=True)

    norr = IndicatorValue.objects.filter(indicator="I1", scope_name="Norr", period_end=END).order_by(
        "revision"
    )
    assert [(row.num, row.revision, row.superseded_at is None) for row in norr] == [
        (20, 1, False),
        (21, 2, True),
    ]


def test_only_one_fills_and_a_dead_one_is_passed(house):
    Filling.objects.create(pk=1, busy_until=NOW + timedelta(minutes=5))

    assert filling.catch_up(now=NOW) == 0
    assert filling.catch_up(now=NOW + timedelta(minutes=6)) > 0


def test_page_is_honest_when_there_is_nothing(signed_in):
    answer = signed_in.get(reverse("maturity:home"))

    assert answer.status_code == 200
    assert answer.context["standing"].cards == []


@pytest.mark.parametrize("roles", [1, 3])
def test_page_costs_five_queries_and_shows_no_hidden_figure(
    signed_in, house, roles, django_assert_num_queries
):
    for _ in range(roles):
        Assignment.objects.create(user=factories.person(), role=factories.role(), starts_on=LONG_AGO)
    filling.catch_up(now=NOW)

    with django_assert_num_queries(5):
        answer = signed_in.get(reverse("maturity:home"))

    card = answer.context["standing"].cards[0]
    assert [bar["label"] for bar in card.units] == ["Norr"]
    assert "Smyg" not in answer.content.decode()
    assert card.units[0]["text"].startswith("50 %")
