from django.urls import include, path

from community.interface.views import placeholder as view

app_name = "demo"
urlpatterns = [
    path("sign-in/", view, name="sign_in"),
]
