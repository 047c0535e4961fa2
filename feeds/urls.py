from django.urls import include, path

from community.topics.views import suggest
from feeds.urls_out import digest, feeds, others
from feeds.views import communities as circle
from feeds.views import flow, following, reading, roles, stewarding
from feeds.views import topics as topic

# "+" stands in no slug, so these addresses never hide a topic or a community.
topics = (
    [
        path("", topic.topic_list, name="list"),
        path("suggest/", suggest, name="suggest"),
        path("+start/", topic.start, name="start"),
        path("<str:slug>/", topic.hub, name="hub"),
        path("<str:slug>/edit/", topic.tend, name="tend"),
    ],
    "topics",
)
communities = (
    [
        path("", circle.community_list, name="list"),
        path("+found/", circle.found, name="found"),
        path("<str:slug>/", circle.hub, name="hub"),
        path("<str:slug>/members/", circle.members, name="members"),
        path("<str:slug>/join/", circle.join, name="join"),
        path("<str:slug>/leave/", circle.leave, name="leave"),
        path("<str:slug>/edit/", stewarding.edit, name="edit"),
        path("<str:slug>/answer/", stewarding.answer, name="answer"),
        path("<str:slug>/invite/", stewarding.invite, name="invite"),
        path("<str:slug>/role/", stewarding.set_role, name="set_role"),
    ],
    "communities",
)
job_roles = ([path("<str:slug>/", roles.role_page, name="page")], "roles")
urlpatterns = [
    path("", flow.flow, name="flow"),
    path("follow/", following.follow, name="follow"),
    path("seen/", following.seen, name="seen"),
    path("read/<int:item_id>/", reading.mark_read, name="mark_read"),
    path("topics/", include(topics)),
    path("communities/", include(communities)),
    path("roles/", include(job_roles)),
    path("digest/", include(digest)),
    path("feeds/", include(feeds)),
    *others,
]
