"""A house with one of everything in it, made by others than the person who goes round trying doors."""

from datetime import timedelta
from types import SimpleNamespace

from django.apps import apps
from django.test import Client
from django.urls import reverse

from community.communities import membership
from community.contributions import delivery
from feeds import sources, tokens
from feeds.models import FeedToken, Notice
from forum import answering, withdrawing
from profiles import following
from tests import factories
from tests.factories import NOW

BACKEND = "django.contrib.auth.backends.ModelBackend"
KEPT_APART = {"session", "databasecache"}


def furnish() -> SimpleNamespace:
    """`anna` tries the doors; `boss` owns and stewards everything."""
    made = SimpleNamespace(
        anna=factories.person("Anna Ek"), boss=factories.person("Bo Boss"), asker=factories.person("Cia Frag")
    )
    made.ink = factories.topic("Ink")
    made.ink.stewards.add(made.boss)
    made.role = factories.role("Printer", required=(made.ink,))
    factories.assigned(made.anna, made.role, factories.unit("Print room"))
    made.club = factories.community("Club", members=(made.anna,), steward=made.boss)
    made.closed = factories.community("Closed club", visibility="closed", steward=made.boss)
    membership.ask_to_join(community=made.closed, user=made.asker, now=NOW, message="Please")
    _talk(made)
    made.page = factories.page("Guide", "<p>Ink</p>", by=made.boss, topics=[made.ink])
    factories.edited(made.page, "<p>More ink</p>", by=made.boss, at=NOW + timedelta(hours=1))
    made.note = made.page.edit_notes.order_by("pk").first()
    made.secret = tokens.make(source=sources.Source(made.boss, sources.Form.FLOW), now=NOW).secret
    made.token = FeedToken.objects.get()
    delivery.deliver(now=NOW)
    made.notice = Notice.objects.filter(user=made.boss).first()
    return made


def _talk(made: SimpleNamespace) -> None:
    made.thread = factories.thread(made.boss, title="Which ink?", topics=(made.ink,))
    following.choose(user=made.boss, target=made.thread.item, level="watch", now=NOW)
    made.opening = made.thread.posts.get()
    made.answer = factories.reply(made.thread, made.asker)
    made.gone = factories.reply(made.thread, made.boss)
    withdrawing.withdraw_post(post=made.gone, by=made.boss, now=NOW)
    answering.accept(post=made.answer, by=made.boss, now=NOW)


def values(made: SimpleNamespace) -> dict[str, list]:
    """What stands in the addresses of this house, by the names of their arguments."""
    mine = [
        made.thread,
        made.opening,
        made.gone,
        made.page,
        made.boss,
        made.token,
        made.notice,
        made.thread.item,
    ]
    return {
        "pk": sorted({row.pk for row in mine}), "item_id": [made.thread.item.pk], "note": [made.note.pk],
        "slug": [made.ink.slug, made.club.slug, made.closed.slug, made.role.slug],
        "path": [made.page.get_absolute_url().removeprefix("/wiki/").strip("/")],
        "form": ["flow", "everything", "topic", "community", "role"], "suffix": ["atom", "rss", "json"], "token": ["x" * 43],
    }  # fmt: skip


def snapshot() -> dict[str, list]:
    """Every row of every model but sessions."""
    held = (model for model in apps.get_models() if model._meta.model_name not in KEPT_APART)
    return {model._meta.label: sorted(model._base_manager.values_list(), key=repr) for model in held}


def changed(before: dict[str, list]) -> list[str]:
    """The models whose rows are no longer those of `before`."""
    after = snapshot()
    return [label for label, rows in before.items() if after[label] != rows]


def client_of(person, **facts) -> Client:
    client = Client(**facts)
    client.force_login(person, backend=BACKEND)
    return client


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)
