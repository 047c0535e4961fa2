from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's user pages, with the house's person: one name, sign-in by e-mail."""

    user_viewset = "profiles.people_admin.views.PeopleViewSet"
