"""`~12` cannot be the address part of a page, so nobody's title stands in the way of an act."""

from django.urls import path

from wiki.views import history, pages, writing

app_name = "wiki"
urlpatterns = [
    path("", pages.index, name="index"),
    path("new/", writing.create, name="create"),
    path("~<int:pk>/", pages.by_id, name="by_id"),
    path("~<int:pk>/edit/", writing.edit, name="edit"),
    path("~<int:pk>/history/", history.history, name="history"),
    path("~<int:pk>/compare/", history.compare, name="compare"),
    path("~<int:pk>/versions/<int:note>/", history.version, name="version"),
    path("~<int:pk>/versions/<int:note>/restore/", history.restore, name="restore"),
    path("~<int:pk>/right/", history.confirm, name="confirm"),
    path("<path:path>/", pages.page, name="page"),
]
