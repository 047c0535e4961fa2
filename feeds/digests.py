"""Composing: what one person's digest says, from material read for many. Plain Python, no queries."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.contributions.models import ContentItem, Contribution
from feeds.material import Material, gather
from profiles.flows import Flows
from profiles.models import Subscription, User

MOST = 12
MOST_OF = {"needs": 3, "must": 3, "answer": 1, "sharing": 2, "topics": 5}
MOST_PER_TOPIC = 2
TITLES = {
    "needs": gettext_lazy("Needs you"),
    "must": gettext_lazy("Must know in your job role"),
    "answer": gettext_lazy("One you can answer"),
    "sharing": gettext_lazy("What your sharing did"),
    "topics": gettext_lazy("From your topics"),
}
WORTH = {"question": 1.2, "page": 1.4, "experience": 1.4, "answer": 1.2, "edit": 0.8}


@dataclass(frozen=True)
class Line:
    """One thing in a digest, and why it is there."""

    item: ContentItem
    reason: str
    entry: Contribution | None = None  # None for thanks, which are counted and not told one by one
    others: int = 0  # how much more of the same item is new
    group: str = ""  # the topic it stands under
    giver: User | None = None  # whose it is that was thanked for

    @property
    def url(self) -> str:
        return self.entry.get_absolute_url() if self.entry else self.item.url


@dataclass
class Section:
    """Lines of one kind. `groups` is the lines by topic, in order, where the section has topics."""

    key: str
    lines: list[Line]

    @property
    def title(self) -> str:
        return str(TITLES[self.key])

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        named = dict.fromkeys(line.group for line in self.lines)
        return [(name, [line for line in self.lines if line.group == name]) for name in named]


@dataclass
class Digest:
    """One person's digest, in the language that was active when it was composed."""

    user: User
    since: datetime
    until: datetime
    sections: list[Section] = field(default_factory=list)
    left: int = 0  # how much more there is in the flow
    thanks: dict[str, int] = field(default_factory=dict)  # counted now, to know next week what is new

    @property
    def lines(self) -> list[Line]:
        return [line for section in self.sections for line in section.lines]

    @property
    def says_something(self) -> bool:
        """An open question alone is no reason to write to somebody."""
        return any(section.key != "answer" for section in self.sections)

    def record(self) -> dict[str, object]:
        """What the delivery remembers of it."""
        shown = {s.key: [line.entry.pk for line in s.lines if line.entry] for s in self.sections}
        return {"shown": shown, "thanks": self.thanks}


def upcoming(*, user: User, now: datetime) -> Digest:
    """The person's digest as it would be sent now."""
    return compose(user=user, material=gather([user], now=now), now=now)


def compose(*, user: User, material: Material, now: datetime) -> Digest:
    """The person's digest: at most `MOST` lines, each item once, nothing of one's own, read or muted."""
    return _Composer(user, material, now).composed()


class _Composer:
    """Takes items into sections one after the other; an item that is taken stands nowhere else."""

    def __init__(self, user: User, material: Material, now: datetime) -> None:
        self.user, self.material, self.now = user, material, now
        self.flows: Flows = material.flows.get(user.pk) or Flows()
        self.since = material.since.get(user.pk, now)
        self.taken: set[int] = set()
        self.others: Counter[int] = Counter()  # {item id: how much of it is new}
        self.muted = set(self.flows.targets().muted_items)

    def composed(self) -> Digest:
        digest = Digest(self.user, self.since, self.now)
        candidates = self._newest_of_each_item(self._candidates())
        found = {
            "needs": self._needs(candidates),
            "must": self._must(candidates),
            "answer": self._answerable(),
            "sharing": self._sharing(digest),
            "topics": self._from_topics(candidates, MOST - len(self.taken)),
        }
        digest.sections = [Section(key, lines) for key, lines in found.items() if lines]
        digest.left = sum(entry.item_id not in self.taken for entry in candidates)
        return digest

    def _candidates(self) -> list[Contribution]:
        targets, material = self.flows.targets(), self.material
        places: list[tuple[dict[int, list[int]], Iterable[int]]]
        places = [(material.of_topic, targets.topics), (material.of_community, targets.communities)]
        mine = [item for item, opener in material.openers.items() if opener == self.user.pk]
        places.append((material.of_item, {*targets.items, *mine}))
        ids = {pk for found, wanted in places for place in wanted for pk in found.get(place, ())}
        found = [entry for entry in self._entries(ids) if entry.occurred_at >= self.since]
        return sorted(found, key=lambda entry: (entry.occurred_at, entry.pk), reverse=True)

    def _newest_of_each_item(self, entries: Iterable[Contribution]) -> list[Contribution]:
        """One entry per item. The count of the others stays here: the entries are shared by many people's digests."""
        newest: dict[int, Contribution] = {}
        for entry in entries:
            newest.setdefault(entry.item_id, entry)
            self.others[entry.item_id] += 1
        return list(newest.values())

    def _entries(self, ids: Iterable[int]) -> list[Contribution]:
        """Those of the entries that the person may read, has not read, did not give and did not mute."""
        material, user = self.material, self.user
        found = (material.entries[pk] for pk in ids if pk in material.entries)
        return [
            entry
            for entry in found
            if entry.actor_id != user.pk
            and entry.item_id not in self.muted
            and material.may_read(user, entry.audience_id)
            and not material.has_read(user, entry)
        ]

    def _take(self, entries: Iterable[Contribution], key: str, reason: str = "") -> list[Line]:
        lines: list[Line] = []
        for entry in entries:
            if entry.item_id not in self.taken and len(lines) < MOST_OF[key]:
                self.taken.add(entry.item_id)
                others = max(self.others[entry.item_id] - 1, 0)
                lines.append(
                    Line(entry.item, reason or self.flows.why(entry), entry, others, self._group(entry))
                )
        return lines

    def _group(self, entry: Contribution) -> str:
        followed = {flow.pk for flow in self.flows.topics if not flow.muted}
        names = [topic.name for topic in entry.topics if topic.pk in followed]
        circles = [flow.name for flow in self.flows.communities if flow.pk == entry.community_id]
        return (names or circles or [topic.name for topic in entry.topics] or [""])[0]

    def _needs(self, candidates: Sequence[Contribution]) -> list[Line]:
        mine = [
            e
            for e in candidates
            if self.material.openers.get(e.item_id) == self.user.pk and e.kind != e.item.form
        ]
        asked = [entry for entry in mine if entry.item.form == "question"]
        return self._take(asked, "needs", _("somebody answered your question"))

    def _must(self, candidates: Sequence[Contribution]) -> list[Line]:
        required = {
            f.pk
            for f in self.flows.topics
            if not f.muted and f.role_level == "required" and f.origin == "role"
        }
        return self._take([e for e in candidates if required & {topic.pk for topic in e.topics}], "must")

    def _answerable(self) -> list[Line]:
        """An open question, first of what people may ask this person about, then the newest of their topics."""
        expertise, material = self.material.expertise[self.user.pk], self.material
        topics = {*self.flows.targets().topics, *expertise}
        found = self._entries({pk for topic in topics for pk in material.asked.get(topic, ())})
        found.sort(
            key=lambda e: (bool(expertise & {t.pk for t in e.topics}), e.occurred_at, e.pk), reverse=True
        )
        lines = self._take(found[:1], "answer")
        known = lines and expertise & {topic.pk for topic in found[0].topics}
        return [Line(lines[0].item, _("people may ask you about this"), lines[0].entry)] if known else lines

    def _sharing(self, digest: Digest) -> list[Line]:
        """New thanks for what the person started, and what grew from something of theirs."""
        grown = self._entries(self.material.grown.get(self.user.pk, ()))
        lines = self._take(grown, "sharing", _("it grew from something you shared"))
        before = self.material.thanks_before.get(self.user.pk)
        for item in self.material.thanked.get(self.user.pk, ()):
            digest.thanks[str(item.pk)] = item.thanks_count
            fresh = item.thanks_count - before.get(str(item.pk), 0) if before is not None else 0
            room = len(lines) < MOST_OF["sharing"] and item.pk not in self.taken
            if fresh > 0 and room and self.material.may_read(self.user, item.audience_id):
                self.taken.add(item.pk)
                said = ngettext("somebody said thanks", "%(n)s said thanks", fresh) % {"n": fresh}
                lines.append(Line(item, said, giver=self.user))
        return lines

    def _from_topics(self, candidates: Sequence[Contribution], room: int) -> list[Line]:
        """The best, at most `MOST_PER_TOPIC` of a topic as long as others have something too."""
        groups: Counter[str] = Counter()
        chosen: list[Contribution] = []
        crowded: list[Contribution] = []
        for entry in sorted(candidates, key=self._score, reverse=True):
            if entry.item_id in self.taken or not self.flows.why(entry):
                continue
            groups[self._group(entry)] += 1
            (chosen if groups[self._group(entry)] <= MOST_PER_TOPIC else crowded).append(entry)
        return self._take([*chosen, *crowded][:room], "topics")

    def _score(self, entry: Contribution) -> float:
        """The person's own closeness × what kind of thing × how much goes on there × freshness."""
        topics = {topic.pk for topic in entry.topics}
        followed = [flow for flow in self.flows.topics if flow.pk in topics and not flow.muted]
        levels = [0.3, *(2 if flow.level == Subscription.Level.WATCH else 1.5 for flow in followed)]
        if entry.item_id in self.flows.items:
            levels.append(2)
        if any(flow.pk == entry.community_id for flow in self.flows.communities):
            levels.append(1)
        age = max((self.now - entry.occurred_at).total_seconds() / 86400, 0)
        worth = 1.5 if entry.item.state == "solved" else WORTH.get(entry.kind, 1)
        return max(levels) * worth * math.log(1 + self.others[entry.item_id]) / (1 + age / 7)
