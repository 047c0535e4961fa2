"""The demo's people have names that people have."""

import pytest

from community.bundles.demo import casting


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_names_are_names(seed):
    names = [person.row()["name"] for person in casting.people(seed)]

    assert [name for name in names if not name.istitle() or len(name.split()) != 2] == []
