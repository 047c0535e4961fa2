"""R1, answered soon: of all open questions, how many had an answer by somebody else in time.

The cohort ends three days before the period does, so that every question had its chance. What was never answered stays
in the denominator. The group is the asker's unit and role at the time. Working days are Monday to Friday; public
holidays count as working days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from community.contributions.models import Contribution
from community.maturity.blocks import day_of, midnight
from community.maturity.groups import Cell, Cells, Share
from community.maturity.indicators.definition import Indicator
from community.maturity.windows import QUESTION, Window, counted

ANSWER = "answer"
A_DAY = timedelta(hours=24)
TIME_TO_ANSWER = 3  # days between the last question and the end of the period
FRIDAY = 4


class Asked(NamedTuple):
    """One question and who gave which answers when."""

    item: int
    actor: int | None
    unit: int | None
    role: int | None
    at: datetime


class Answered(NamedTuple):
    actor: int | None
    at: datetime
    teaches: bool


def within_a_day(asked: datetime) -> datetime:
    return asked + A_DAY


def next_working_day(asked: datetime) -> datetime:
    """The end of the next day, Monday to Friday, after the day of the question."""
    day = day_of(asked) + timedelta(days=1)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return midnight(day + timedelta(days=1))


def measure(window: Window, deadline: Callable[[datetime], datetime]) -> Cells:
    """Questions answered before their deadline, of all questions, by the asker's cell."""
    asked = counted(window.period.earlier(TIME_TO_ANSWER)).filter(kind=QUESTION)
    answers = _answers(asked)
    cells: dict[Cell, Share] = defaultdict(Share)
    for question in map(
        Asked._make, asked.values_list("item", "actor", "actor_unit", "actor_role", "occurred_at")
    ):
        first = _first_by_another(question, answers[question.item])
        in_time = first is not None and first < deadline(question.at)
        cells[Cell(question.unit, question.role)] += Share(int(in_time), 1)
    return cells


def _answers(asked: Iterable[Contribution]) -> dict[int, list[Answered]]:
    """`{item: its answers}` for the items of the questions; what was taken back is no answer."""
    found: dict[int, list[Answered]] = defaultdict(list)
    rows = Contribution.objects.current().filter(kind=ANSWER, item__in=asked.values("item"))  # type: ignore[attr-defined]
    for item, actor, at, teaches in rows.values_list("item", "actor", "occurred_at", "teaches"):
        found[item].append(Answered(actor, at, teaches))
    return found


def _first_by_another(question: Asked, answers: Iterable[Answered]) -> datetime | None:
    """Of two people who have left nobody can say whether they were one: then the ledger's word that it taught decides."""
    others = (
        answer.at
        for answer in answers
        if answer.at >= question.at
        and (answer.teaches if answer.actor is None else answer.actor != question.actor)
    )
    return min(others, default=None)


_CANNOT = _(
    "It does not say whether the answer was right. Questions asked by phone or in closed communities are not in it."
)
WITHIN_A_DAY = Indicator(
    id="R1",
    version=1,
    side="processes",
    name=_("Questions answered within 24 hours"),
    means=_(
        "The share of all open questions that had an answer from somebody else within 24 hours, weekends included."
    ),
    cannot_say=_CANNOT,
    counts=_("questions"),
    measure=lambda window: measure(window, within_a_day),
    personal=False,
    of_people=False,
)
NEXT_WORKING_DAY = Indicator(
    id="R1W",
    version=1,
    side="processes",
    name=_("Questions answered by the next working day"),
    means=_(
        "The same questions, by the end of the next day from Monday to Friday. Public holidays count as working days."
    ),
    cannot_say=_CANNOT,
    counts=_("questions"),
    measure=lambda window: measure(window, next_working_day),
    personal=False,
    of_people=False,
)
