"""Addresses of what leaves the house: feeds, digests, notices, mail, health. `urls.py` takes them in."""

from django.urls import URLPattern, path, re_path

from feeds.views import digest as digests
from feeds.views import feeds as taking
from feeds.views import health, mail
from feeds.views import notices as told

# One path for all feeds: flow.atom, topic/<slug>.rss, t/<token>/community/<slug>.json …
ALONE = r"(?P<form>flow|everything)"
NAMED = r"(?P<form>topic|community|role)/(?P<slug>[^/]+?)"
FORMAT = r"\.(?P<suffix>atom|rss|json)$"
KNOCK = r"^t/(?P<token>[^/]+)/"

digest = (
    [
        path("", digests.upcoming, name="next"),
        path("off/<str:token>/", digests.unsubscribe, name="unsubscribe"),
    ],
    "digest",
)
feeds = (
    [
        path("", taking.mine, name="mine"),
        path("make/", taking.make, name="make"),
        path("opml/", taking.opml, name="opml"),
        path("<int:pk>/revoke/", taking.revoke, name="revoke"),
        re_path(KNOCK + ALONE + FORMAT, taking.by_token, name="by_token"),
        re_path(KNOCK + NAMED + FORMAT, taking.by_token, name="by_token"),
        re_path("^" + ALONE + FORMAT, taking.feed, name="feed"),
        re_path("^" + NAMED + FORMAT, taking.feed, name="feed"),
    ],
    "feeds",
)
others: list[URLPattern] = [
    path("notices/", told.notices, name="notices"),
    path("notices/<int:pk>/", told.open_notice, name="notice"),
    path("notices/read/", told.all_read, name="notices_read"),
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("demo/mail/", mail.folder, name="mail_folder"),
    path("demo/mail/<str:name>/", mail.message, name="mail_message"),
    path("demo/mail/<str:name>/html/", mail.message_html, name="mail_html"),
]
