from django.urls import path

from community.interface.views import placeholder as view

app_name = "wiki"
urlpatterns = [
    path("", view, name="index"),
    path("new/", view, name="create"),
]
