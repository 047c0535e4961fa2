"""Asking the search: a typed string becomes a question, a question an answer. No string makes it raise."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from community import text
from community.contributions.models import Contribution, ContributionTopic
from community.search import postgres, ranking, sqlite
from community.search.highlighting import marked, snippet
from community.search.languages import is_small
from community.search.models import SearchDocument
from community.topics import vocabulary
from community.topics.models import Topic
from profiles.models import User

MOST_CHARACTERS = 200
MOST_TERMS = 12
PAGE = 20
MOST_PAGES = 50
LONGEST_PAGE = 2
FEW = 6
MANY = 40
FORMS = ("question", "experience", "page")
_TERM = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Question:
    """What somebody looks for. `form` is one of `FORMS`, "people" or "" for everything."""

    typed: str = ""
    terms: tuple[str, ...] = ()
    form: str = ""
    topic: str = ""  # a slug
    solved: bool = False
    page: int = 1


@dataclass
class Hit:
    """One thing found: the best of what was given to it."""

    url: str
    title: SafeString
    snippet: SafeString
    form: str
    kind: str
    solved: bool
    when: datetime
    person: User | None
    more: int  # how many other hits in the same thing


@dataclass
class Answer:
    """What was found. `loosely`: nothing has all the words, so these have some of them."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    people: list[User] = field(default_factory=list)
    topics: list[tuple[str, Topic]] = field(default_factory=list)
    loosely: bool = False
    more: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.hits or self.people or self.topics)


def understand(
    typed: str, *, form: str = "", topic: str = "", solved: bool = False, page: str = "1"
) -> Question:
    """The question behind what was typed and chosen; whatever is not understood is left out."""
    line = text.line(typed)[:MOST_CHARACTERS]
    words = list(dict.fromkeys(_TERM.findall(line.casefold())))
    telling = [word for word in words if not is_small(word)] or words
    return Question(
        typed=line,
        terms=tuple(telling[:MOST_TERMS]),
        form=form if form in {*FORMS, "people"} else "",
        topic=text.line(topic)[:100],
        solved=solved,
        page=int(page)
        if page.isascii() and page.isdecimal() and len(page) <= LONGEST_PAGE and 0 < int(page) <= MOST_PAGES
        else 1,
    )


def ask(*, user: Any, question: Question, now: datetime) -> Answer:
    """What `user` may find; four queries, none of which grows with the house."""
    answer = Answer()
    if not question.terms:
        return answer
    if question.form == "people":
        answer.people = people(user=user, terms=question.terms, most=MANY)
        return answer
    _find(answer, user, question, now)
    if question.page == 1 and not question.form:
        answer.people = people(user=user, terms=question.terms, most=FEW)
        answer.topics = vocabulary.suggest(question.typed, limit=FEW)
    return answer


def _find(answer: Answer, user: Any, question: Question, now: datetime) -> None:
    rows = _rows(user, question, now, every=True)
    if not rows and question.page == 1 and len(question.terms) > 1:
        rows = _rows(user, question, now, every=False)
        answer.loosely = bool(rows)
    answer.more = len(rows) > PAGE
    answer.total = rows[0]["total"] if rows else 0
    answer.hits = [_hit(row, question.terms) for row in rows[:PAGE]]


def _rows(user: Any, question: Question, now: datetime, *, every: bool) -> list[dict[str, Any]]:
    words = _database().words(question.terms, every=every)
    return ranking.best(
        documents=_documents(user, question),
        words=words,
        readable=Contribution.objects.visible_to(user).current(),
        limit=PAGE + 1,
        offset=(question.page - 1) * PAGE,
        now=now,
    )


def _documents(user: Any, question: Question) -> Any:
    rows = SearchDocument.objects.visible_to(user)
    if question.form:
        rows = rows.filter(form=question.form)
    if question.solved:
        rows = rows.filter(solved=True)
    if question.topic:
        links = ContributionTopic.objects.filter(
            contribution=OuterRef("contribution"), topic__slug=question.topic
        )
        rows = rows.filter(Exists(links))
    return rows


def _hit(row: dict[str, Any], terms: Sequence[str]) -> Hit:
    actor = row["actor_id"]
    return Hit(
        url=row["url"] + row["anchor"],
        title=marked(row["title"], terms),
        snippet=snippet(row["body"], terms),
        form=row["form"],
        kind=row["kind"],
        solved=bool(row["solved"]),
        when=row["occurred_at"],
        person=User(pk=actor, name=row["name"], photo=row["photo"]) if actor else None,
        more=row["hits"] - 1,
    )


def people(*, user: Any, terms: Sequence[str], most: int) -> list[User]:
    """Whoever has all the words in name or title, by name."""
    rows = _database().named(User.objects.visible_to(user), terms)
    return list(rows.only("pk", "name", "title", "photo").order_by("name", "pk")[:most])


def _database() -> Any:
    return postgres if connection.vendor == "postgresql" else sqlite
