from django.urls import include, path

from community.interface.views import placeholder as view
from community.topics.views import suggest

topics = ([path("", view, name="list"), path("suggest/", suggest, name="suggest"), path("<str:slug>/", view, name="hub")], "topics")
communities = ([path("", view, name="list"), path("<str:slug>/", view, name="hub")], "communities")
roles = ([path("<str:slug>/", view, name="page")], "roles")
digest = ([path("", view, name="next"), path("off/<str:token>/", view, name="unsubscribe")], "digest")
feeds = ([path("", view, name="mine")], "feeds")
urlpatterns = [
    path("", view, name="flow"),
    path("notices/", view, name="notices"),
    path("read/<int:item_id>/", view, name="mark_read"),
    path("topics/", include(topics)),
    path("communities/", include(communities)),
    path("roles/", include(roles)),
    path("digest/", include(digest)),
    path("feeds/", include(feeds)),
]
