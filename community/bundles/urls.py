from django.urls import path

from community.bundles import views

app_name = "demo"
urlpatterns = [path("sign-in/", views.sign_in, name="sign_in")]
