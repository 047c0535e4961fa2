from django.urls import path

from community.maturity import views

app_name = "maturity"
urlpatterns = [
    path("", views.home, name="home"),
]
