"""What the demo's people did besides writing: reading, choosing what to follow, and who may be tried out."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from community.bundles.keys import Keys
from community.bundles.models import DemoPerson
from community.communities.models import Community
from community.contributions import ledger, readings
from community.contributions.models import ContentItem
from community.topics.models import Topic
from profiles import following
from profiles.models import Subscription, User

LAST_LOOK = timedelta(days=4)
Row = dict[str, Any]


@transaction.atomic
def live(folder: Path, *, now: datetime) -> None:
    """Apply the demo's own files of `folder` to the organisation that was loaded from it."""
    keys = Keys()
    items = {(i.kind, i.source_id): i for i in ContentItem.objects.all()}
    _follow(folder, keys, items)
    seen = [
        (keys.get("person", row["person"]), item.pk, datetime.fromisoformat(row["at"]))
        for row in _rows(folder / "readings.jsonl")
        if (item := _item(keys, items, row["target"]))
    ]
    readings.import_readings(seen=[(user, item, at) for user, item, at in seen if user])
    ledger.count_as_lived()
    Subscription.objects.update(seen_at=now - LAST_LOOK)  # so that the first visit shows something unread
    _cast(json.loads((folder / "settings.json").read_text(encoding="utf-8")), keys)


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _item(keys: Keys, items: dict[tuple[str, int], ContentItem], target: str) -> ContentItem | None:
    kind, _, source = target.partition(":")
    return items.get((kind, keys.get(kind, source) or 0))


def _follow(folder: Path, keys: Keys, items: dict[tuple[str, int], ContentItem]) -> None:
    people, topics = User.objects.in_bulk(), Topic.objects.in_bulk()
    communities = Community.objects.in_bulk()
    for row in _rows(folder / "follows.jsonl"):
        target: Any = topics.get(keys.get("topic", row.get("topic")) or 0)
        target = target or communities.get(keys.get("community", row.get("community")) or 0)
        for kind in ("thread", "page"):
            target = target or (_item(keys, items, f"{kind}:{row[kind]}") if row.get(kind) else None)
        user = people.get(keys.get("person", row["person"]) or 0)
        if target and user:
            following.choose(
                user=user, target=target, level=row["level"], now=datetime.fromisoformat(row["at"])
            )


def _cast(settings: Row, keys: Keys) -> None:
    for position, row in enumerate(settings["featured"]):
        if pk := keys.get("person", row["person"]):
            DemoPerson.objects.update_or_create(
                user_id=pk, defaults={"why": row["why"], "position": position}
            )
    administrator = keys.get("person", settings["administrator"]) or 0
    User.objects.filter(pk=administrator).update(is_staff=True, is_superuser=True)
