"""Which addresses are opened under each name of the house's URL patterns, by whom, and what is no page at all.

A name that stands in none of the three lists fails test_every_page.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

NOT_OURS = ("admin/", "wagtail/", "documents/")  # Wagtail's own rooms
FILES = {  # what a program reads, a picture, the letter in its frame
    "feeds:by_token", "feeds:feed", "live", "ready", "topics:suggest", "people:photo", "set_language", "mail_html", "media",
}  # fmt: skip
ACTS = {  # nothing to see: they answer POST only
    "communities:answer", "communities:join", "communities:set_role", "feeds:make", "feeds:opml", "feeds:revoke", "follow",
    "forum:accept", "forum:restore", "forum:thanks", "mark_read", "me:photo", "me:present", "me:rhythm", "notices_read",
    "seen", "theme",
}  # fmt: skip
AWAY = {  # signed in one is sent on, so they are seen signed out
    "account_login", "account_signup", "account_confirm_login_code", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_inactive",
}  # fmt: skip
OPEN = AWAY | {
    "account_confirm_email",
    "account_email_verification_sent",
    "demo:sign_in",
    "digest:unsubscribe",
    "mail_folder",
    "mail_message",
}
Opens = Callable[[Any], list[str]]


def _at(name: str, *args: Any, **query: Any) -> str:
    return reverse(name, args=args) + (f"?{urlencode(query)}" if query else "")


def _simple(*names: str) -> dict[str, Opens]:
    return {name: lambda _who, name=name: [_at(name)] for name in names}


def _topics(who: Any) -> list[str]:
    topic = _busy_topic()
    return [
        _at("topics:hub", topic.slug),
        *(_at("topics:hub", topic.slug, show=s) for s in ("questions", "experience")),
    ]


def _busy_topic() -> Any:
    from django.db.models import Count

    from community.topics.models import Topic

    return Topic.objects.annotate(n=Count("contribution_topics")).order_by("-n", "pk").first()


def _own_topic(who: Any) -> str:
    from community.topics.models import Topic

    topic = Topic.objects.filter(stewards=who).first() or _busy_topic()
    return topic.slug


def _communities(visibility: str) -> list[str]:
    from community.communities.models import Community

    return list(Community.objects.filter(visibility=visibility).order_by("pk").values_list("slug", flat=True))


def _circles(name: str) -> Opens:
    return lambda _who: [_at(name, slug) for slug in (*_communities("closed"), _communities("open")[0])]


def _role(who: Any) -> str:
    from community.organisation.models import JobRole

    role = JobRole.objects.filter(assignments__user=who).first() or JobRole.objects.order_by("pk").first()
    return _at("roles:page", role.slug)


def _threads(who: Any) -> list[Any]:
    """A solved question, an open one, an experience, the longest, and one of this person's own."""
    from forum.models import Thread

    seen = Thread.objects.visible_to(who).order_by("-posts_count", "pk")
    own, solved = seen.filter(author=who), seen.exclude(accepted=None)
    kinds = [seen.filter(kind=kind) for kind in ("question", "experience", "discussion")]
    firsts = [rows.first() for rows in (solved, *kinds, own, seen.filter(accepted=None, posts_count=1))]
    return list({thread.pk: thread for thread in firsts if thread}.values())


def _post(who: Any, **facts: Any) -> Any:
    from forum.models import Post

    seen = Post.objects.visible_to(who).filter(deleted_at=None, position__gt=1).order_by("pk")
    return seen.filter(author=who, **facts).first() or seen.filter(**facts).first()


def _page(who: Any) -> Any:
    """The page with the most versions."""
    from django.db.models import Count

    from wiki.models import WikiPage

    pages = WikiPage.objects.visible_to(who).filter(live=True)
    return pages.annotate(n=Count("edit_notes")).order_by("-n", "pk").first()


def _notes(who: Any) -> list[int]:
    from wiki.models import EditNote

    return list(EditNote.objects.filter(page=_page(who).pk).order_by("at", "pk").values_list("pk", flat=True))


def _comparing(who: Any) -> list[str]:
    notes = _notes(who)
    return [_at("wiki:compare", _page(who).pk, old=notes[0], new=notes[-1])]


def _growing(who: Any) -> list[str]:
    """A new page, and one that grows from an accepted answer."""
    from community.contributions.models import Contribution
    from forum.models import Thread

    answer = (
        Thread.objects.visible_to(who)
        .exclude(accepted=None)
        .order_by("pk")
        .values_list("accepted", flat=True)
        .first()
    )
    told = Contribution.objects.filter(kind="answer", source_id=answer).first()
    return [_at("wiki:create"), *([_at("wiki:create", **{"from": told.pk})] if told else [])]


def _letters(name: str) -> Opens:
    from feeds import mailfolder

    return lambda _who: [_at(name, mailfolder.names()[0])]


def _unsubscribing(who: Any) -> list[str]:
    from feeds import unsubscribing
    from profiles.models import User

    return [_at("digest:unsubscribe", unsubscribing.token_of(who or User.objects.order_by("pk").first()))]


def _reset_key(who: Any) -> list[str]:
    return [_at("account_reset_password_from_key", "1", "no-such-key")]


def _notices(who: Any) -> list[str]:
    from feeds.models import Notice

    return [_at("notice", pk) for pk in Notice.objects.filter(user=who).values_list("pk", flat=True)[:1]]


def _of_page(name: str) -> Opens:
    return lambda who: [_at(name, _page(who).pk)]


def _of_post(name: str) -> Opens:
    return lambda who: [_at(name, _post(who).pk)]


def _of_version(name: str) -> Opens:
    return lambda who: [_at(name, _page(who).pk, _notes(who)[0])]


PAGES: dict[str, Opens] = {
    **_simple(
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_confirm_login_code",
        "account_logout",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_change_password",
        "account_set_password",
        "styleguide",
        "topics:start",
        "communities:list",
        "communities:found",
        "digest:next",
        "feeds:mine",
        "notices",
        "mail_folder",
        "me:settings",
        "forum:unanswered",
        "forum:mine",
        "wiki:index",
        "demo:sign_in",
        "maturity:home",
    ),
    "account_confirm_email": lambda _who: [_at("account_confirm_email", "no-such-key")],
    "account_reset_password_from_key": _reset_key,
    "flow": lambda _who: [_at("flow"), _at("flow", show="unanswered")],
    "topics:list": lambda _who: [_at("topics:list"), _at("topics:list", q="no such thing")],
    "topics:hub": _topics,
    "topics:tend": lambda who: [_at("topics:tend", _own_topic(who))],
    "communities:hub": _circles("communities:hub"),
    "communities:members": _circles("communities:members"),
    "communities:leave": _circles("communities:leave"),
    "communities:edit": _circles("communities:edit"),
    "communities:invite": _circles("communities:invite"),
    "roles:page": lambda who: [_role(who)],
    "digest:unsubscribe": _unsubscribing,
    "mail_message": _letters("mail_message"),
    "notice": _notices,
    "people:directory": lambda _who: [_at("people:directory"), _at("people:directory", q="ann")],
    "people:profile": lambda who: [_at("people:profile", who.pk), _at("people:profile", 5)],
    "search": lambda _who: [_at("search", **query) for query in ({}, {"q": "delegering"}, {"q": "zzzzqq"})],
    "forum:list": lambda _who: [
        _at("forum:list"),
        _at("forum:list", kind="experience", topic=_busy_topic().slug),
    ],
    "forum:ask": lambda _who: [
        _at("forum:ask", kind=kind) for kind in ("question", "discussion", "experience")
    ],
    "forum:thread": lambda who: [_at("forum:thread", thread.pk) for thread in _threads(who)],
    "forum:sort": lambda who: [_at("forum:sort", _threads(who)[-1].pk)],
    "forum:post": _of_post("forum:post"),
    "forum:reply": _of_post("forum:reply"),
    "forum:edit": _of_post("forum:edit"),
    "forum:history": _of_post("forum:history"),
    "forum:delete": _of_post("forum:delete"),
    "wiki:create": _growing,
    "wiki:by_id": _of_page("wiki:by_id"),
    "wiki:page": lambda who: [_page(who).get_absolute_url()],
    "wiki:edit": _of_page("wiki:edit"),
    "wiki:history": _of_page("wiki:history"),
    "wiki:confirm": _of_page("wiki:confirm"),
    "wiki:compare": _comparing,
    "wiki:version": _of_version("wiki:version"),
    "wiki:restore": _of_version("wiki:restore"),
}
