from django.urls import include, path

from profiles.views import people as meeting
from profiles.views import settings as own

people = (
    [
        path("", meeting.people, name="directory"),
        path("<int:pk>/", meeting.profile, name="profile"),
        path("<int:pk>/photo/", meeting.photo, name="photo"),
    ],
    "people",
)
me = (
    [
        path("", own.settings_page, name="settings"),
        path("present/", own.present, name="present"),
        path("photo/", own.photo, name="photo"),
        path("rhythm/", own.rhythm, name="rhythm"),
    ],
    "me",
)
urlpatterns = [path("people/", include(people)), path("me/", include(me))]
