"""People in Wagtail's admin."""

from typing import Any

from wagtail.users.views.users import IndexView, UserViewSet

from profiles.people_admin.forms import NewPersonForm, PersonForm


class PeopleIndex(IndexView):
    """Found by name, title and e-mail."""

    search_fields = ("name", "title", "email")

    def order_queryset(self, queryset: Any) -> Any:
        by_name = self.ordering in {"name", "-name"}
        return queryset.order_by(self.ordering) if by_name else super().order_queryset(queryset)


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndex
    ordering = "name"
    create_template_name = "profiles/admin/create.html"
    edit_template_name = "profiles/admin/edit.html"
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonForm if for_update else NewPersonForm
