"""The indicators: sharp cases, and a random organisation against the brute-force twin."""

import random
from datetime import date, datetime, timedelta

import pytest

from community.contributions import ledger
from community.contributions.models import ReadingDay
from community.maturity import blocks, indicators
from community.maturity.blocks import Period
from community.maturity.groups import ORGANISATION, Organisation, add_up
from community.maturity.windows import Window
from profiles import following
from profiles.models import Assignment
from tests import factories
from tests.maturity import naive
from tests.maturity.conftest import END, NOW, at, give

pytestmark = pytest.mark.django_db


def measured(indicator, window=90, end=END):
    cells = indicators.BY_ID[indicator].measure(Window(Period(end, window)))
    return {scope: tuple(share) for scope, share in add_up(cells, Organisation.of_today()).items()}


def whole(indicator, window=90):
    return measured(indicator, window)[ORGANISATION]


def employee(**facts):
    person = factories.person()
    Assignment.objects.create(user=person, **{"starts_on": date(2025, 1, 1), **facts})
    return person


def test_blocks_end_on_sundays_and_follow_each_other():
    ends = list(blocks.whole_blocks(date(2026, 3, 3), date(2026, 7, 1)))

    assert ends == [date(2026, 4, 26), date(2026, 5, 24), date(2026, 6, 21)]
    assert blocks.last_end(date(2026, 5, 24)) == date(2026, 5, 24)
    assert blocks.last_end(date(2026, 5, 23)) == date(2026, 4, 26)
    assert Period(END, 28).first == date(2026, 4, 27)


def test_a_block_across_the_change_of_clocks_is_28_days_but_not_28_times_24_hours():
    period = Period(date(2026, 3, 29), 28)

    assert period.until.timestamp() - period.since.timestamp() == (28 * 24 - 1) * 3600


def test_only_teaching_where_all_may_read_counts_and_only_what_stayed_a_day():
    shared, quick_regret, late_regret, asker, insider, importer = [employee() for _ in range(6)]
    club = factories.community(visibility="closed", members=(insider,))
    give(1, "answer", shared, at(END))
    give(2, "answer", quick_regret, at(END - timedelta(days=9)))
    give(3, "answer", late_regret, at(END - timedelta(days=9)))
    give(4, "question", asker, at(END))
    give(5, "answer", insider, at(END), community=club)
    give(6, "answer", importer, at(END), imported=True)
    ledger.withdraw(kind="answer", source_id=2, now=at(END - timedelta(days=9), 20))
    ledger.withdraw(kind="answer", source_id=3, now=at(END - timedelta(days=5)))

    assert whole("I1") == (2, 6)


def test_a_day_belongs_to_the_organisations_clock():
    early, late = employee(), employee()
    give(1, "answer", early, at(END - timedelta(days=27), 0))
    give(2, "answer", late, at(END + timedelta(days=1), 0))

    assert whole("I1", 28) == (1, 2)


def test_newcomers_leavers_and_two_jobs_are_each_counted_right():
    employee(starts_on=END - timedelta(days=44))  # 45 days: exactly half
    employee(starts_on=END - timedelta(days=43))
    employee(ends_on=END)  # gone on the closing day
    both = employee()
    Assignment.objects.create(user=both, role=factories.role(), starts_on=date(2025, 1, 1), share=40)

    assert whole("I1") == (0, 2)
    assert measured("B1")[ORGANISATION] == (0, 3)


def test_fetching_means_asking_choosing_or_two_days_of_reading():
    ink = factories.topic()
    asked, chose, brought, muted, read_twice, read_once = people = [employee() for _ in range(6)]
    for n, person in enumerate(people):
        give(n + 1, "answer", person, at(END - timedelta(days=2)))
    give(20, "question", asked, at(END - timedelta(days=1)))
    following.choose(user=chose, target=ink, level="follow", now=at(END))
    following.choose(user=muted, target=ink, level="mute", now=at(END))
    factories.community(members=(brought,))
    for person, days in ((read_twice, 2), (read_once, 1)):
        for back in range(days):
            ReadingDay.objects.create(user=person, day=END - timedelta(days=back), items=9)

    assert whole("I3") == (3, 6)


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        (at(date(2026, 5, 20), 10), at(date(2026, 5, 21), 9), {"R1": 1, "R1W": 1}),
        (at(date(2026, 5, 20), 8), at(date(2026, 5, 21), 23), {"R1": 0, "R1W": 1}),
        (at(date(2026, 5, 15), 16), at(date(2026, 5, 18), 15), {"R1": 0, "R1W": 1}),  # Friday to Monday
        (at(date(2026, 5, 15), 16), at(date(2026, 5, 19), 8), {"R1": 0, "R1W": 0}),
        (at(date(2026, 5, 15), 16), None, {"R1": 0, "R1W": 0}),
    ],
)
def test_two_clocks_for_an_answer(asked: datetime, answered: datetime | None, expected):
    asker, helper = employee(), employee()
    give(1, "question", asker, asked)
    give(2, "answer", asker, asked + timedelta(minutes=5), item_id=1)
    if answered:
        give(3, "answer", helper, answered, item_id=1)

    assert {name: whole(name) for name in ("R1", "R1W")} == {name: (num, 1) for name, num in expected.items()}


def test_questions_of_the_last_three_days_wait_for_the_next_block():
    asker = employee()
    give(1, "question", asker, at(END - timedelta(days=2)))

    assert whole("R1") == (0, 0)


def test_a_role_is_built_in_when_all_four_things_stand():
    ink, steward = factories.topic(), factories.person()
    ready = factories.role(required=(ink,), expects="Share what you see.")
    silent = factories.role(required=(ink,))
    employee(role=ready)
    employee(role=silent)
    employee()
    page = give(1, "page", steward, at(END), item_kind="page", topics=[ink])

    before = whole("B1")
    ink.stewards.add(steward)
    complete = whole("B1")
    ledger.withdraw_item(kind="page", source_id=page.source_id, now=NOW)

    assert [before, complete, whole("B1")] == [(0, 3), (1, 3), (0, 3)]


@pytest.mark.parametrize("seed", range(2))
def test_a_random_organisation_gives_the_brute_force_figures(seed):
    random_organisation(random.Random(seed))

    for name in ("I1", "I3", "R1", "R1W", "B1"):
        for window in (28, 90):
            assert measured(name, window) == naive.figures(name, END, window), (name, window)


def random_organisation(dice):
    units = [factories.unit()]
    for _ in range(5):
        units.append(factories.unit(parent=dice.choice([None, *units])))
    topics = [factories.topic() for _ in range(4)]
    roles = [
        factories.role(
            required=tuple(dice.sample(topics, dice.randint(0, 2))), expects=dice.choice(["", "x"])
        )
        for _ in range(4)
    ]
    people = [factories.person() for _ in range(14)]
    for person in people:
        for _ in range(dice.choice([0, 1, 1, 1, 2])):
            starts = END - timedelta(days=dice.choice([400, 90, 45, 44, 20, 13]))
            facts = {
                "unit": dice.choice([None, *units]),
                "role": dice.choice([None, *roles]),
                "share": dice.choice([50, 100]),
            }
            ends = dice.choice([None, None, END, END + timedelta(days=1), END + timedelta(days=200)])
            Assignment.objects.get_or_create(user=person, starts_on=starts, ends_on=ends, **facts)
        for back in range(dice.randint(0, 3)):
            ReadingDay.objects.create(user=person, day=END - timedelta(days=back * dice.choice([1, 14, 60])))
        if dice.random() < 0.3:
            level = dice.choice(["follow", "mute"])
            following.choose(
                user=person,
                target=dice.choice(topics),
                level=level,
                now=at(END - timedelta(days=dice.randint(0, 120))),
            )
    for topic in topics[:3]:
        topic.stewards.add(dice.choice(people))
    club = factories.community(visibility="closed")
    for n in range(1, 25):
        happen(dice, n, people, units, roles, topics, club)


def happen(dice, n, people, units, roles, topics, club):
    when = at(END - timedelta(days=dice.choice([-1, 0, 3, 10, 27, 28, 60, 89, 95])), dice.randint(0, 23))
    facts = {
        "unit": dice.choice([None, *units]),
        "role": dice.choice([None, *roles]),
        "imported": dice.random() < 0.1,
    }
    place = dice.choice([None, None, None, club])
    give(n, "question", dice.choice(people), when, community=place, **facts)
    give(
        n,
        "page",
        dice.choice(people),
        when,
        item_id=n + 900,
        item_kind="page",
        topics=dice.sample(topics, 1),
        community=place,
    )
    for reply in range(dice.randint(0, 2)):
        later = when + timedelta(hours=dice.choice([1, 20, 26, 70]))
        give(
            n * 10 + reply,
            dice.choice(["answer", "reply"]),
            dice.choice(people),
            later,
            item_id=n,
            community=place,
        )
        if dice.random() < 0.2:
            ledger.withdraw(
                kind="answer", source_id=n * 10 + reply, now=later + timedelta(hours=dice.choice([2, 30]))
            )
