"""The pieces of an SVG chart: only classes and geometry, so that a strict CSP has nothing to refuse."""

from collections.abc import Iterable, Sequence
from math import floor, log10
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 600, 180


def svg(pieces: Iterable[SafeString], *, css: str, label: str = "", box: str = "") -> SafeString:
    """The drawing as one picture with a name, or as decoration when it has none."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    frame = format_html(' viewBox="{}" preserveAspectRatio="none"', box) if box else ""
    return format_html('<svg class="{}" {}{}>{}</svg>', css, said, frame, mark_safe("".join(pieces)))  # noqa: S308


def share(value: float | None, most: float) -> float:
    """Per cent of `most`, held between 0 and 100."""
    if not value or most <= 0:
        return 0.0
    return round(min(max(100 * value / most, 0), 100), 2)


def track() -> SafeString:
    return mark_safe('<rect class="c-track" width="100%" height="100%" rx="4"/>')


def fill(percent: float) -> SafeString:
    return format_html('<rect class="c-fill" width="{}%" height="100%" rx="4"/>', percent)


def tick(percent: float) -> SafeString:
    return format_html('<line class="c-target" x1="{0}%" x2="{0}%" y1="-15%" y2="115%"/>', percent)


def whisker(low: float, high: float) -> SafeString:
    return format_html('<line class="c-whisker" x1="{}%" x2="{}%" y1="50%" y2="50%"/>', low, high)


def round_up(top: float) -> float:
    """The next number a scale may end with: 1, 2, 2.5, 5 or 10 times a power of ten."""
    if top <= 0:
        return 1
    power = 10 ** floor(log10(top))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= top)


def line(
    points: Sequence[dict[str, Any]], *, most: float, target: float | None, tone: str, label: str
) -> SafeString:
    """The line with its band, over a grid of three; a block without a figure breaks the line."""
    places = [(_across(index, len(points)), point) for index, point in enumerate(points)]
    pieces = [_level(0), _level(HEIGHT / 2), _level(HEIGHT)]
    pieces += [_band(run, most) for run in _runs(places, "high") if len(run) > 1]
    pieces += [_path([(x, _down(p["value"], most)) for x, p in run]) for run in _runs(places, "value")]
    pieces += [_dot(x, _down(p["value"], most)) for x, p in places if p.get("value") is not None]
    if target is not None:
        pieces.append(_level(_down(target, most), "c-target"))
    return svg(pieces, css=f"tone-{tone}", label=label, box=f"0 0 {WIDTH} {HEIGHT}")


def spark(values: Sequence[float | None], *, label: str, tone: str) -> SafeString:
    """A small line that fills its own height."""
    known = [value for value in values if value is not None]
    most = max(known, default=0) or 1
    places = [(_across(index, len(values), 96), {"value": value}) for index, value in enumerate(values)]
    pieces = [_path([(x, 24 - 22 * p["value"] / most) for x, p in run]) for run in _runs(places, "value")]
    return svg(pieces, css=f"spark tone-{tone}", label=label, box="0 0 96 26")


def shares(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts with where they start and how much they are of the whole, in per cent."""
    whole = sum(part["value"] for part in parts) or 1
    placed, start = [], 0.0
    for number, part in enumerate(parts):
        size = 100 * part["value"] / whole
        placed.append({**part, "start": round(start, 2), "percent": round(size, 2), "number": min(number, 4)})
        start += size
    return placed


def _across(index: int, of: int, width: int = WIDTH) -> float:
    return round(width * (index / (of - 1) if of > 1 else 0.5), 2)


def _down(value: float, most: float) -> float:
    return round(HEIGHT * (1 - min(max(value / most, 0), 1)), 2)


def _runs(
    places: Sequence[tuple[float, dict[str, Any]]], key: str
) -> list[list[tuple[float, dict[str, Any]]]]:
    """The stretches of neighbouring points that have `key`."""
    runs: list[list[tuple[float, dict[str, Any]]]] = [[]]
    for place in places:
        if place[1].get(key) is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _path(corners: Sequence[tuple[float, float]]) -> SafeString:
    way = format_html_join(" ", "{},{}", ((x, round(y, 2)) for x, y in corners))
    return format_html('<polyline class="c-line" points="{}"/>', way)


def _band(run: Sequence[tuple[float, dict[str, Any]]], most: float) -> SafeString:
    there = [(x, _down(point["high"], most)) for x, point in run]
    back = [(x, _down(point["low"], most)) for x, point in reversed(run)]
    return format_html('<polygon class="c-band" points="{}"/>', format_html_join(" ", "{},{}", there + back))


def _dot(x: float, y: float) -> SafeString:
    """A line of no length with round ends: it stays a circle however the drawing is stretched."""
    return format_html('<line class="c-dot" x1="{0}" x2="{0}" y1="{1}" y2="{1}"/>', x, y)


def _level(y: float, css: str = "c-grid") -> SafeString:
    return format_html('<line class="{}" x1="0" x2="{}" y1="{}" y2="{}"/>', css, WIDTH, y, y)
