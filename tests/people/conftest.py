"""People are met in the streams too, so the hubs' own kinds are here."""

from tests.hubs.conftest import _own_kinds  # noqa: F401
