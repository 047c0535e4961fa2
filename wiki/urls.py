"""`~12` cannot be the address part of a page, so nobody's title stands in the way of an act."""

from django.urls import path

from community.interface.views import placeholder as view

app_name = "wiki"
urlpatterns = [
    path("", view, name="index"),
    path("new/", view, name="create"),
    path("~<int:pk>/", view, name="by_id"),
    path("~<int:pk>/edit/", view, name="edit"),
    path("~<int:pk>/history/", view, name="history"),
    path("~<int:pk>/compare/", view, name="compare"),
    path("~<int:pk>/versions/<int:note>/", view, name="version"),
    path("~<int:pk>/versions/<int:note>/restore/", view, name="restore"),
    path("~<int:pk>/right/", view, name="confirm"),
    path("<path:path>/", view, name="page"),
]
