"""The address under which Wagtail knows its images (`MEDIA_URL`)."""

from django.urls import path

from wiki.views import images

urlpatterns = [path("<path:path>", images.image, name="media")]
