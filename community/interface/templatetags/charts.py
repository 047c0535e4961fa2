"""Small charts drawn on the server: `{% load charts %}`. Each has a name; most bring their table."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from community.interface import drawing

register = template.Library()


@register.simple_tag
def bar(
    value: float | None,
    most: float = 100,
    label: str = "",
    target: float | None = None,
    tone: str = "accent",
    low: float | None = None,
    high: float | None = None,
) -> SafeString:
    """One horizontal bar of `most`; `target` is a tick, `low` to `high` a whisker; no label: decoration."""
    pieces = [drawing.track(), drawing.fill(drawing.share(value, most))]
    if _given(low) and _given(high):
        pieces.append(drawing.whisker(drawing.share(low, most), drawing.share(high, most)))
    if _given(target):
        pieces.append(drawing.tick(drawing.share(target, most)))
    return drawing.svg(pieces, css=f"bar tone-{tone}", label=label)


@register.inclusion_tag("house/chart_bars.html")
def bar_chart(
    rows: Sequence[dict[str, Any]],
    title: str = "",
    most: float | None = None,
    unit: str = "",
    note: str = "",
    table: bool = True,
) -> dict[str, object]:
    """Bars, one a row: {label, value, text?, target?, low?, high?, tone?, url?}; value None is "too few"."""
    top = most or max(
        [row.get("value") or 0 for row in rows] + [row.get("target") or 0 for row in rows] + [1]
    )
    return {"rows": rows, "title": title, "most": top, "unit": unit, "note": note, "table": table}


@register.inclusion_tag("house/chart_line.html")
def line_chart(
    points: Sequence[dict[str, Any]],
    title: str = "",
    most: float | None = None,
    unit: str = "",
    target: float | None = None,
    note: str = "",
    tone: str = "accent",
) -> dict[str, object]:
    """A line over blocks of time: points {label, value, low?, high?}; low and high draw the Wilson band."""
    top = most or drawing.round_up(
        max([p.get("high") or p.get("value") or 0 for p in points] + [target or 0, 1])
    )
    return {
        "points": points,
        "title": title,
        "unit": unit,
        "note": note,
        "first": points[0] if points else None,
        "last": points[-1] if points else None,
        "scale": [top, top / 2, 0],
        "drawing": drawing.line(points, most=top, target=target, tone=tone, label=title),
    }


@register.simple_tag
def spark(values: Sequence[float | None], label: str = "", tone: str = "accent") -> SafeString:
    """A line without axes, as small as a word."""
    return drawing.spark(values, label=label, tone=tone)


@register.inclusion_tag("house/chart_shares.html")
def share_bar(parts: Sequence[dict[str, Any]], title: str = "", table: bool = False) -> dict[str, object]:
    """One bar divided among parts {label, value, text?}: what the whole consists of, with its key below."""
    return {
        "parts": drawing.shares(parts),
        "title": title,
        "table": table,
        "said": ", ".join(f"{part['label']} {part.get('text', part['value'])}" for part in parts),
    }


@register.simple_tag
def level_meter(level: int | None, label: str = "") -> SafeString:
    """A level from 0 to 4 as five steps."""
    steps = format_html_join(
        "",
        '<rect x="{}%" width="17%" height="100%" rx="3" class="{}"/>',
        ((step * 20.75, "c-fill" if level is not None and step <= level else "c-track") for step in range(5)),
    )
    return drawing.svg([steps], css="tone-accent", label=label)


def _given(value: float | str | None) -> bool:
    """A row without the key reaches a tag as an empty string."""
    return value is not None and value != ""
