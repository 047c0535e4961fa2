from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        # `checks` registers the system checks; `celery` makes the web know the broker that its doorbell rings at
        from community import celery, checks  # noqa: F401
