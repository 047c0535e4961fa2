"""Every address of the house, made concrete: walks the resolver and fills each pattern with what a curious person would try."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

Values = Mapping[str, Sequence[object]]
ROUTE_PART = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<name>[^>]+)>")


def patterns(resolver: URLResolver | None = None, prefix: tuple = ()) -> Iterator[tuple]:
    """The chain of patterns to each view."""
    for entry in (resolver or get_resolver()).url_patterns:
        chain = (*prefix, entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, chain)
        elif isinstance(entry, URLPattern):
            yield chain


def addresses(values: Values, *, skip: str = "") -> Iterator[str]:
    """Each pattern with every combination of the values its arguments have by name (else "1"). Skips a leading path."""
    seen: set[str] = set()
    for chain in patterns():
        for form, names in _forms(chain):
            if skip and form.startswith(skip):
                continue
            choices = [values.get(name, ["1"]) for name in names]
            for combination in itertools.product(*choices):
                path = "/" + form % dict(zip(names, combination, strict=True))
                if path not in seen:
                    seen.add(path)
                    yield path


def _forms(chain: tuple) -> Iterator[tuple[str, list[str]]]:
    """`("forum/%(pk)s/", ["pk"])` for each way to write the chain."""
    parts = [list(_written(pattern)) for pattern in chain]
    for written in itertools.product(*parts):
        names = [name for _, found in written for name in found]
        if len(names) == len(set(names)):
            yield "".join(form for form, _ in written), names


def _written(pattern: object) -> Iterator[tuple[str, list[str]]]:
    if isinstance(pattern, RoutePattern):
        route = str(pattern).replace("%", "%%")
        names = [match["name"] for match in ROUTE_PART.finditer(route)]
        yield ROUTE_PART.sub(lambda match: f"%({match['name']})s", route), names
    elif hasattr(pattern, "regex"):
        for form, names in normalize(pattern.regex.pattern):
            yield form.lstrip("/"), list(names)
    else:
        yield str(pattern), []


def names(resolver: URLResolver | None = None, space: str = "", *, skip: Sequence[str] = ()) -> Iterator[str]:
    """The name of every pattern, `forum:thread`; not those under the top addresses in `skip`."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if str(entry.pattern) not in skip:
                yield from names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield f"{space}{entry.name}"
