from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedsConfig(AppConfig):
    name = "feeds"
    verbose_name = _("Flows")

    def ready(self) -> None:
        from community.contributions import delivery  # the registry is ready when the apps are
        from feeds import notices

        delivery.register_reader("notices", notices.tell)
