"""Nobody works out a small group's figure from what is shown: by linear algebra over random organisations."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.maturity import protecting
from community.maturity.protecting import Shown, hidden_roles, hidden_units, shown, wilson

K = 10


@st.composite
def trees(draw):
    """`(parents, people directly in each unit, people in none)`."""
    count = draw(st.integers(1, 14))
    parents = {n: draw(st.sampled_from([None, *range(n)])) for n in range(count)}
    direct = {n: draw(st.integers(0, 25)) for n in range(count)}
    return parents, direct, draw(st.integers(0, 12))


def subtree_sizes(parents, direct):
    sizes = dict.fromkeys(parents, 0)
    for node, size in direct.items():
        at = node
        while at is not None:
            sizes[at] += size
            at = parents[at]
    return sizes


def members(parents, top):
    return {node for node in parents if top in chain(parents, node)}


def chain(parents, node):
    found = []
    while node is not None:
        found.append(node)
        node = parents[node]
    return found


def reduced(rows):
    """Row echelon form, exactly."""
    rows, basis = [list(map(Fraction, row)) for row in rows], []
    for first in rows:
        row = first
        for pivot, other in basis:
            if row[pivot]:
                row = [a - row[pivot] * b for a, b in zip(row, other, strict=True)]
        pivot = next((n for n, value in enumerate(row) if value), None)
        if pivot is not None:
            basis.append((pivot, [value / row[pivot] for value in row]))
    return basis


def in_span(basis, row):
    row = list(map(Fraction, row))
    for pivot, other in basis:
        if row[pivot]:
            row = [a - row[pivot] * b for a, b in zip(row, other, strict=True)]
    return not any(row)


@settings(max_examples=300, deadline=None)
@given(trees())
def test_no_small_group_of_a_unit_tree_can_be_worked_out(tree):
    parents, direct, nowhere = tree
    places = [*parents, "nowhere"]
    people = {**direct, "nowhere": nowhere}
    sizes, whole = subtree_sizes(parents, direct), sum(people.values())

    hidden = hidden_units(sizes=sizes, parents=parents, whole=whole, k=K)

    open_units = [node for node in parents if node not in hidden]
    assert all(sizes[node] >= K for node in open_units)
    assert all(
        chain(parents, node)[1:] == [up for up in chain(parents, node)[1:] if up in open_units]
        for node in open_units
    )
    rows = [[1] * len(places)] + [[int(p in members(parents, node)) for p in places] for node in open_units]
    basis = reduced(rows if whole >= K else [])
    for (
        node
    ) in places:  # one place alone, one subtree, and what is left of any unit beside its shown children
        assert not in_span(basis, [int(p == node) for p in places]) or people[node] == 0 or people[node] >= K
    for node in parents:
        assert (
            not in_span(basis, [int(p in members(parents, node)) for p in places])
            or sizes[node] == 0
            or sizes[node] >= K
        )
    for node in [None, *open_units]:
        inside = set(places) if node is None else members(parents, node)
        for child in open_units:
            inside = (
                inside - members(parents, child) if child != node and (parents[child] == node) else inside
            )
        left = sum(people[p] for p in inside)
        assert whole < K or left == 0 or left >= K


@st.composite
def crossed(draw):
    units, roles = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    keys = [(u, r) for u in [None, *range(units)] for r in [None, *range(roles)]]
    sizes = st.sampled_from([0, 0, 0, 1, 2, 4, 9, 14, 30])
    return {key: draw(sizes) for key in keys}


@settings(max_examples=300, deadline=None)
@given(crossed())
def test_roles_give_away_no_small_group_together_with_a_unit(cells):
    """A role against all the units it is spread over, and a unit against all the roles in it."""
    units = {u for u, _ in cells if u is not None}
    roles = {r for _, r in cells if r is not None}
    whole = sum(cells.values())
    sizes = {u: sum(n for (unit, _), n in cells.items() if unit == u) for u in units}
    flat = dict.fromkeys(units)
    closed = hidden_units(sizes=sizes, parents=flat, whole=whole, k=K)
    parts = [[u] for u in sorted(units) if u not in closed]

    hidden = hidden_roles(cells=cells, units=parts, whole=whole, k=K)

    part_of = {u: ("part", u) for u in units if u not in closed}
    people = {}
    for (u, r), n in cells.items():
        people[part_of.get(u, "rest"), r] = people.get((part_of.get(u, "rest"), r), 0) + n
    open_roles = roles - hidden.keys()
    for role in open_roles:
        over = {part for (part, r), n in people.items() if r == role and n}
        beside = sum(n for (part, r), n in people.items() if part in over and r != role)
        assert beside == 0 or beside >= K
    for place in {part for part, _ in people}:
        held = {r for (part, r), n in people.items() if part == place and n}
        beside = sum(n for (part, r), n in people.items() if part != place and r in held)
        assert not held <= open_roles or beside == 0 or beside >= K
    total = {r: sum(n for (_, role), n in cells.items() if role == r) for r in roles}
    left = whole - sum(total[r] for r in open_roles)
    assert all(total[r] >= K for r in open_roles)
    assert not open_roles or left == 0 or left >= K


def test_the_next_smallest_sibling_is_hidden_too():
    sizes = {"a": 30, "b": 12, "c": 3}

    assert hidden_units(sizes=sizes, parents=dict.fromkeys(sizes), whole=45, k=10) == {
        "c": "small",
        "b": "remainder",
    }


def test_what_lies_under_a_hidden_unit_is_hidden():
    sizes = {"a": 9, "b": 9, "c": 40}

    hidden = hidden_units(sizes=sizes, parents={"a": None, "b": "a", "c": None}, whole=60, k=10)

    assert hidden == {"a": "small", "b": "above"}


@pytest.mark.parametrize(
    ("num", "den", "said"),
    [
        (2, 112, Shown(None, "few", exact=False)),
        (110, 112, Shown(None, "nearly all", exact=False)),
        (38, 112, Shown(34)),
        (9, 22, Shown(40, exact=False)),
    ],
)
def test_what_is_said_of_people(num, den, said):
    assert shown(num=num, den=den, personal=True) == said


def test_questions_are_no_people():
    assert shown(num=1, den=12, personal=False) == Shown(8)


def test_the_floor_holds_whatever_the_organisation_sets():
    assert protecting.smallest(2) == 5


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share(num, more):
    den = num + more
    low, high = wilson(num, den)

    assert 0 <= low <= num / den + 1e-9
    assert num / den - 1e-9 <= high <= 1


def test_wilson_as_in_the_tables():
    assert [round(end, 4) for end in wilson(10, 20)] == [0.2993, 0.7007]
