from django.urls import path

from community.interface.views import placeholder as view

app_name = "maturity"
urlpatterns = [
    path("", view, name="home"),
]
