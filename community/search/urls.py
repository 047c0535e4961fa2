from django.urls import path

from community.search import views

urlpatterns = [
    path("", views.search, name="search"),
]
