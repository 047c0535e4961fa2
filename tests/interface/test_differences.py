"""The rendered difference of two bodies."""

import time

import pytest

from community.interface.differences import difference


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>a</p>", "<p>a</p>", "<p>a</p>"),
        ("", "<p>a</p>", "<ins><p>a</p></ins>"),
        ("<p>a</p>", "", "<del><p>a</p></del>"),
        (
            "<p>We print with ink.</p>",
            "<p>We write with ink.</p>",
            "<p>We <del>print</del><ins>write</ins> with ink.</p>",
        ),
        (
            "<p>one</p>",
            "<p>something else entirely</p>",
            "<p><del>one</del><ins>something else entirely</ins></p>",
        ),
        ("<p>one</p>", "<h2>one</h2>", "<del><p>one</p></del><ins><h2>one</h2></ins>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li><ins>b</ins></li></ul>"),
        (
            "<p>a b c <b>x</b></p>",
            "<p>a b c <strong>d</strong></p>",
            "<p>a b c <del>x</del><strong><ins>d</ins></strong></p>",
        ),
        ("<h2 id='s-x'>x</h2>", "<h2>x</h2>", "<h2>x</h2>"),
        ("<p>1 &lt; 2</p>", "<p>1 &lt; 3</p>", "<p>1 &lt; <del>2</del><ins>3</ins></p>"),
    ],
)
def test_what_came_and_went_is_marked(old, new, shown):
    assert difference(old, new) == shown


def test_nothing_dangerous_comes_through():
    assert (
        difference("<p>a<script>x()</script></p>", "<p>a <img src=x onerror=x()></p>").count("onerror") == 0
    )


@pytest.mark.parametrize("long", ["<p>" + "word other {} " * 10_000 + "</p>", "<p>word {}</p>" * 15_000])
def test_long_texts_are_compared_in_time(long):
    began = time.monotonic()

    difference(long.replace("{}", "x"), long.replace("{}", "y"))

    assert time.monotonic() - began < 5


def test_hundred_kilobytes_that_changed_here_and_there():
    blocks = [f"<p>Paragraph {n} " + "with some words in it " * 5 + "</p>" for n in range(800)]
    changed = [block.replace("some", "many") if n % 7 == 0 else block for n, block in enumerate(blocks)]
    began = time.monotonic()

    shown = difference("".join(blocks), "".join(changed))

    assert shown.count("<ins>many</ins>") == 115 * 5
    assert time.monotonic() - began < 5
