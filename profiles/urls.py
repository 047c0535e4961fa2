from django.urls import include, path

from community.interface.views import placeholder as view

people = (
    [
        path("", view, name="directory"),
        path("<int:pk>/", view, name="profile"),
        path("<int:pk>/photo/", view, name="photo"),
    ],
    "people",
)
me = ([path("", view, name="settings")], "me")
urlpatterns = [path("people/", include(people)), path("me/", include(me))]
