from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    name = "community.contributions"
    verbose_name = _("Contributions")

    def ready(self) -> None:
        from community.contributions import receivers  # noqa: F401  connects the doorbell
