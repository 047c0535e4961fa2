from django.urls import path

from community.interface import views

urlpatterns = [
    path("theme/", views.choose_theme, name="theme"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
