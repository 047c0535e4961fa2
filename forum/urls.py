from django.urls import path

from community.interface.views import placeholder as view

app_name = "forum"
urlpatterns = [
    path("", view, name="list"),
    path("unanswered/", view, name="unanswered"),
    path("mine/", view, name="mine"),
    path("ask/", view, name="ask"),
    path("<int:pk>/", view, name="thread"),
    path("post/<int:pk>/", view, name="post"),
]
