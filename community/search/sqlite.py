"""How SQLite's FTS5 finds words: as beginnings of words, å, ä and ö being letters of their own."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from community.search.ranking import Words
from profiles.models import User

SHORT = 3


def words(terms: Sequence[str], *, every: bool) -> Words:
    """All of the terms, or any of them. Quoted, and letters and digits only, so nothing in them is an operator."""
    query = (" AND " if every else " OR ").join(
        f'"{term}"*' if len(term) >= SHORT else f'"{term}"' for term in terms
    )
    return Words(
        tables=["search_words"],
        where="search_words MATCH %s AND search_words.rowid = search_searchdocument.id",
        params=[query],
        rank="-bm25(search_words, 8.0, 1.0)",
        newest="search_words.rowid DESC",  # the order of arrival: what FTS5 walks backwards without sorting
        fit="rank",
        fit_params=[],
        age_in_days="max(0, julianday(%s) - julianday(occurred_at))",
    )


def named(people: QuerySet[User], terms: Sequence[str]) -> QuerySet[User]:
    """Whose name or title has each of the terms."""
    for term in terms:
        people = people.filter(_has("name", term) | _has("title", term))
    return people


def _has(column: str, term: str) -> Q:
    """SQLite folds the case of a to z only: å, ä and ö are asked for in both."""
    return Q(**{f"{column}__icontains": term}) | Q(**{f"{column}__icontains": term.capitalize()})
