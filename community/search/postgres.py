"""How PostgreSQL finds words: stemmed in Swedish and English; the word typed last may be only begun."""

from collections.abc import Sequence

from django.db.models import QuerySet

from community.search.ranking import Words
from profiles.models import User

# Where both languages agree on the stems, they are looked up once: PostgreSQL folds this when it plans.
_QUERY = """(CASE WHEN to_tsquery('swedish', %s) = to_tsquery('english', %s) THEN to_tsquery('swedish', %s)
 ELSE to_tsquery('swedish', %s) || to_tsquery('english', %s) END)"""
_TIMES = 5
_NAMED = "to_tsvector('simple', profiles_user.name || ' ' || profiles_user.title) @@ to_tsquery('simple', %s)"
SHORT = 3


def words(terms: Sequence[str], *, every: bool) -> Words:
    """All of the terms, or any of them. The terms are letters and digits only, so nothing in them is an operator.

    A beginning costs a walk through all that begins so: for all the words at once 68 ms instead of 5, so only the last
    may be one, and any of them when nothing has all.
    """
    begun = terms[-1:] if every else terms
    query = (" & " if every else " | ").join(_operand(term, begun=term in begun) for term in terms)
    return Words(
        where=f"search_searchdocument.words @@ {_QUERY}",
        params=[query] * _TIMES,
        rank="0",
        newest="search_searchdocument.occurred_at DESC",
        fit=f"ts_rank((SELECT w.words FROM search_searchdocument w WHERE w.id = newest.id), {_QUERY}, 1)",  # noqa: S608 - a constant of ours
        fit_params=[query] * _TIMES,
        age_in_days="greatest(0, extract(epoch FROM %s - occurred_at) / 86400)",
    )


def _operand(term: str, *, begun: bool) -> str:
    return f"'{term}':*" if begun and len(term) >= SHORT else f"'{term}'"


def named(people: QuerySet[User], terms: Sequence[str]) -> QuerySet[User]:
    """Whose name or title has a word that begins with each of the terms; from an index."""
    query = " & ".join(f"'{term}':*" for term in terms)
    return people.extra(where=[_NAMED], params=[query])  # noqa: S610 - a parameter
