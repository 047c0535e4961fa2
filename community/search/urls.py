from django.urls import include, path

from community.interface.views import placeholder as view

urlpatterns = [
    path("", view, name="search"),
]
