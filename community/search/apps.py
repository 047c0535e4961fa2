from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "community.search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from community.contributions import delivery  # models are ready only now
        from community.search import indexing

        delivery.register_reader("search", indexing.index)
