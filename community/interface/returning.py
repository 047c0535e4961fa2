"""Back to where one came from, and nowhere else."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The posted `next` when it is an address of this house, else `otherwise`."""
    there = request.POST.get("next", "")
    fair = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if fair else otherwise


def whole_number(typed: str) -> int:
    """What was sent as an id, or 0 (which no row has) for anything that is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else 0
