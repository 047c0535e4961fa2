"""The hubs are tested without any room."""

import pytest

from community.contributions import kinds
from tests.hubs.telling import KINDS


@pytest.fixture(autouse=True)
def _own_kinds():
    for kind in KINDS:
        kinds.register(kind)
    yield
    for kind in KINDS:
        kinds._kinds.pop(kind.name)
