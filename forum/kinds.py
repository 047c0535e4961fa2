"""What the forum tells the ledger: its kinds, and their bodies for whoever reads the ledger."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.contributions.kinds import Kind, register
from forum.models import Post


def bodies(ids: Iterable[int]) -> dict[int, str]:
    """`{post id: html}` of those that stand; one query."""
    return dict(Post.objects.current().filter(pk__in=list(ids)).values_list("pk", "html"))


def register_kinds() -> None:
    register(Kind("question", _("Question"), teaches=False, bodies=bodies, tone="ask"))
    register(Kind("discussion", _("Discussion"), teaches=False, bodies=bodies))
    register(Kind("experience", _("Experience"), teaches=True, bodies=bodies, tone="care"))
    register(
        Kind(
            "answer", pgettext_lazy("what somebody wrote", "Answer"), teaches=True, bodies=bodies, tone="yes"
        )
    )
    register(Kind("reply", pgettext_lazy("what somebody wrote", "Reply"), teaches=True, bodies=bodies))
