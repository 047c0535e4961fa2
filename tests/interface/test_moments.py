"""Time is said as one would say it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from community.interface import moments

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)  # a Wednesday, noon in Stockholm


@pytest.mark.parametrize(
    ("when", "spoken"),
    [
        (NOW - timedelta(seconds=20), "just now"),
        (NOW - timedelta(minutes=5), "5 min ago"),
        (NOW - timedelta(hours=2, minutes=50), "2 h ago"),
        (NOW - timedelta(hours=14), "yesterday 22:00"),
        (NOW - timedelta(days=3), "Sunday 12:00"),
        (NOW - timedelta(days=7), "27 May"),
        (NOW - timedelta(days=300), "7 August 2025"),
        (NOW + timedelta(hours=30), "tomorrow"),
        (date(2026, 6, 3), "today"),
        (date(2026, 6, 2), "yesterday"),
        (date(2026, 12, 24), "24 December"),
    ],
)
def test_relative_says_how_long_ago(when, spoken):
    with translation.override("en"):
        assert moments.relative(when=when, now=NOW) == spoken


def test_relative_counts_days_where_the_reader_is():
    just_after_midnight = datetime(2026, 6, 2, 22, 30, tzinfo=UTC)  # 00:30 in Stockholm, the same day as NOW

    with translation.override("en"):
        assert moments.relative(when=just_after_midnight, now=NOW) == "11 h ago"


def test_exact_gives_day_and_clock():
    with translation.override("en"):
        assert moments.exact(NOW) == "Wednesday 3 June 2026, 12:00"
        assert moments.exact(date(2026, 6, 3)) == "Wednesday 3 June 2026"
