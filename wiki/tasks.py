from celery import shared_task
from django.core.management import call_command


@shared_task(name="wiki.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and unpublish what Wagtail's editor scheduled. A retry finds what is left."""
    call_command("publish_scheduled")
