from django.urls import path

from community.interface.views import placeholder as view

urlpatterns = [
    path("", view, name="search"),
]
