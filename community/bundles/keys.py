"""From a bundle's ids to the things they became, and back."""

from collections import defaultdict
from collections.abc import Mapping

from community.bundles.models import SourceKey

POST = "post"


class Keys:
    """`{kind: {source id: primary key}}`. All but the posts' stand in memory; posts are read a thread at a time."""

    def __init__(self) -> None:
        self.read_again()

    def read_again(self) -> None:
        """Trust the database only."""
        self._known: dict[str, dict[str, int]] = defaultdict(dict)
        for kind, source, pk in SourceKey.objects.exclude(kind=POST).values_list(
            "kind", "source", "object_id"
        ):
            self._known[kind][source] = pk

    def get(self, kind: str, source: str | None) -> int | None:
        """The primary key, None when the id is unknown."""
        return self._known[kind].get(source) if source else None

    def many(self, kind: str, sources: list[str]) -> list[int]:
        """The primary keys of those ids that are known, in order."""
        return [pk for source in sources if (pk := self.get(kind, source)) is not None]

    def put(self, kind: str, source: str, pk: int) -> None:
        """Remember what an id became."""
        if self._known[kind].get(source) != pk:
            SourceKey.objects.update_or_create(kind=kind, source=source, defaults={"object_id": pk})
            self._known[kind][source] = pk

    def posts_of(self, thread: str) -> dict[str, int]:
        """`{post id: primary key}` of one thread of the source."""
        lead = f"{thread}\t"
        rows = SourceKey.objects.filter(kind=POST, source__startswith=lead).values_list("source", "object_id")
        return {source[len(lead) :]: pk for source, pk in rows}

    def put_posts(self, thread: str, posts: Mapping[str, int]) -> None:
        """Remember the posts of one thread; those known already stay."""
        rows = [
            SourceKey(kind=POST, source=f"{thread}\t{source}", object_id=pk) for source, pk in posts.items()
        ]
        SourceKey.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


class Names:
    """The other way: which id a thing has in a dump. Its source's id when it came from one, else its own."""

    def __init__(self, kind: str) -> None:
        self._known = dict(SourceKey.objects.filter(kind=kind).values_list("object_id", "source"))

    def of(self, pk: int | None) -> str | None:
        """None only for None."""
        if pk is None:
            return None
        return self._known.get(pk, f"dela-{pk}").rpartition("\t")[2]
