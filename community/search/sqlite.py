"""How SQLite's FTS5 finds words: as beginnings of words, å, ä and ö being letters of their own."""

from collections.abc import Sequence

from community.search.ranking import Words

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
        rank_params=[],
        newest="search_words.rowid DESC",  # the order of arrival: what FTS5 walks backwards without sorting
        age_in_days="max(0, julianday(%s) - julianday(occurred_at))",
    )
