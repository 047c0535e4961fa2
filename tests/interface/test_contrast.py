"""Every pair of colours that meets on a page can be read: computed from tokens.css itself, light and dark."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
COLOUR = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+|var\(--hue\))\)"
PAIRS = re.findall(rf"--([\w-]+): light-dark\({COLOUR}, {COLOUR}\)", TOKENS)
HUES = [float(hue) for hue in re.findall(r"\.hue-\d+ \{ --hue: ([\d.]+); \}", TOKENS)]

SURFACES = ["ground", "sheet", "sunk", "hover"]
TEXTS = [
    *[("ink", surface) for surface in SURFACES],
    *[("ink-2", surface) for surface in SURFACES],
    *[("accent", surface) for surface in SURFACES],
    *[("accent-deep", surface) for surface in SURFACES],
    *[(tone, surface) for tone in ("yes", "care", "danger") for surface in SURFACES],
    *[(tone, f"{tone}-soft") for tone in ("accent", "yes", "care", "danger")],
    *[("ink", f"{tone}-soft") for tone in ("accent", "yes", "care", "danger")],
    *[("ink", "mark"), ("ink", "ins"), ("ink", "del")],
    *[
        ("accent-deep", "accent-soft"),
        ("on-accent", "accent"),
        ("on-accent", "accent-deep"),
        ("on-danger", "danger"),
    ],
]


def _srgb(lightness: float, chroma: float, hue: float) -> list[float]:
    """OKLCH to linear sRGB, cut at the edge of what a screen can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return [min(max(part, 0), 1) for part in linear]


def _luminance(colour: tuple[str, str, str], hue: float) -> float:
    lightness, chroma, own_hue = colour
    red, green, blue = _srgb(
        float(lightness) / 100, float(chroma), hue if "var" in own_hue else float(own_hue)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colours(theme: str) -> dict[str, tuple[str, str, str]]:
    start = 1 if theme == "light" else 4
    return {found[0]: found[start : start + 3] for found in PAIRS}


def _ratio(front: str, back: str, theme: str, hue: float = 0) -> float:
    colours = _colours(theme)
    lighter, darker = sorted((_luminance(colours[name], hue) for name in (front, back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXTS)
def test_text_can_be_read_on_its_ground(front, back, theme):
    assert _ratio(front, back, theme) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("back", ["ground", "sheet"])
def test_the_border_of_a_field_can_be_seen(back, theme):
    assert _ratio("edge", back, theme) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_hue_of_people_and_topics_can_be_read(theme):
    worst_initials = min(_ratio("tint-ink", "tint", theme, hue) for hue in HUES)
    worst_dot = min(_ratio("tint-dot", "sheet", theme, hue) for hue in HUES)

    assert len(HUES) == 12
    assert worst_initials >= 4.5
    assert worst_dot >= 3


def test_the_measure_knows_black_on_white():
    white, black = (_luminance(colour, 0) for colour in (("100", "0", "0"), ("0", "0", "0")))

    assert (white + 0.05) / (black + 0.05) == pytest.approx(21, abs=0.01)
