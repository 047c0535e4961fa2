"""Units in Wagtail's admin."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from community.organisation.models import Unit


class UnitViewSet(ModelViewSet):
    model = Unit
    icon = "site"
    menu_order = 210
    add_to_settings_menu = True
    ordering = "name"
    list_display = ["name", "parent"]
    list_filter = ["parent"]
    search_fields = ["name"]
    search_backend_name = None
    form_fields = ["name", "parent"]
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def units() -> UnitViewSet:
    return UnitViewSet("all_units")
