"""Every address of the house; rooms are named by string only."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("profiles.closed_doors")),
    path("accounts/", include("allauth.urls")),
    path("admin/choose-page/chosen-multiple/", include("wiki.closed_doors")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("language/", include("django.conf.urls.i18n")),
    path("house/", include("community.interface.urls")),
    path("", include("feeds.urls")),
    path("", include("profiles.urls")),
    path("search/", include("community.search.urls")),
    path("maturity/", include("community.maturity.urls")),
    path("forum/", include("forum.urls")),
    path("wiki/", include("wiki.urls")),
    path("media/", include("wiki.media_urls")),
    path("demo/", include("community.bundles.urls")),
    path("wagtail/", include(wagtail_urls)),
]
