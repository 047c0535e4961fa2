"""How PostgreSQL finds words: stemmed in Swedish and English, as beginnings of words."""

from collections.abc import Sequence

from community.search.ranking import Words

_QUERY = "(to_tsquery('swedish', %s) || to_tsquery('english', %s))"
SHORT = 3


def words(terms: Sequence[str], *, every: bool) -> Words:
    """All of the terms, or any of them. The terms are letters and digits only, so nothing in them is an operator."""
    query = (" & " if every else " | ").join(
        f"'{term}':*" if len(term) >= SHORT else f"'{term}'" for term in terms
    )
    return Words(
        where=f"search_searchdocument.words @@ {_QUERY}",
        params=[query, query],
        rank=f"ts_rank(search_searchdocument.words, {_QUERY}, 1)",
        rank_params=[query, query],
        newest="search_searchdocument.occurred_at DESC",
        age_in_days="greatest(0, extract(epoch FROM %s - occurred_at) / 86400)",
    )
