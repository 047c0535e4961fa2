"""What one may do with a page in Wagtail's editor: to publish is not to delete or move."""

from typing import Any

from wagtail.models import PagePermissionTester

from community.communities.models import Membership


class WikiPagePermissions(PagePermissionTester):
    """Members edit and publish; moving, unpublishing and deleting is for the community's stewards and administrators."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.page.section_of_id is not None:
            return False
        return super().can_delete(ignore_bulk=ignore_bulk) and (self._cares() or self._own_draft())

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._cares()

    def can_move(self) -> bool:
        """A section stays where it is: its pages' readers follow from it."""
        return self.page.section_of_id is None and super().can_move() and self._cares()

    def can_view_revisions(self) -> bool:
        """Wagtail lets whoever is inside look; here the history is for those who may edit."""
        return super().can_view_revisions() and self.can_edit()

    def can_set_view_restrictions(self) -> bool:
        """Nobody by hand: who may read a page follows from its community."""
        return False

    def _own_draft(self) -> bool:
        page = self.page
        return page.owner_id == self.user.pk and page.first_published_at is None and page.is_leaf()

    def _cares(self) -> bool:
        return self.user.is_superuser or stewards(self.user, self.page.community_id)


def stewards(user: Any, community_id: int | None) -> bool:
    """Whether `user` is a steward of that community; never of open ground."""
    role = Membership.Role.STEWARD
    return (
        community_id is not None
        and Membership.objects.filter(user_id=user.pk, community_id=community_id, role=role).exists()
    )
