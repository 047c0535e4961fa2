"""Reading pages: what somebody may see, and how pages lie in the tree."""

from typing import Any, Self

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from community import text
from community.communities.audience import is_employee
from community.communities.models import Community


class WikiPageQuerySet(PageQuerySet):
    def readable_by(self, user: Any) -> Self:
        """Pages of open ground and of the communities `user` may read, published or not.

        The community itself is asked, so there is no second column that could say something else.
        """
        if not is_employee(user):
            return self.none()
        return self.filter(Q(community=None) | Q(community__in=Community.objects.readable_by(user)))

    def visible_to(self, user: Any) -> Self:
        """Published pages that `user` may read."""
        return self.readable_by(user).filter(live=True)

    def at_address(self, path: str) -> Self:
        """The page whose address is `/wiki/<path>/`; one indexed look."""
        return self.filter(url_path=f"{ROOT_PATH}{text.normalise(path).strip('/')}/")

    def family_of(self, page: Any) -> Self:
        """The pages above `page` and those directly under it, in tree order; one query."""
        above = [page.path[:end] for end in range(page.steplen * 3, len(page.path), page.steplen)]
        under = Q(path__startswith=page.path, depth=page.depth + 1)
        return self.filter(Q(path__in=above) | under).order_by("path")

    def within(self, page: Any) -> Self:
        """`page` and all below it."""
        return self.filter(path__startswith=page.path)


ROOT_PATH = "/wiki/"  # the index's place in Wagtail's tree, and the room's address
WikiPageManager = PageManager.from_queryset(WikiPageQuerySet)
