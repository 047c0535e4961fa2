from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    name = "wiki"
    verbose_name = _("Wiki")

    def ready(self) -> None:
        from community.contributions import kinds
        from wiki import bodies, receivers  # noqa: F401  connects Wagtail's signals

        kinds.register(kinds.Kind("page", _("page"), teaches=True, bodies=bodies.of_pages, tone="tell"))
        kinds.register(kinds.Kind("edit", _("edit"), teaches=True, bodies=bodies.of_edits, tone="tell"))
