from django.urls import path

from forum.views import acting, lists, thread, writing

app_name = "forum"
urlpatterns = [
    path("", lists.newest, name="list"),
    path("unanswered/", lists.unanswered, name="unanswered"),
    path("mine/", lists.mine, name="mine"),
    path("ask/", writing.ask, name="ask"),
    path("<int:pk>/", thread.thread, name="thread"),
    path("<int:pk>/edit/", writing.sort, name="sort"),
    path("post/<int:pk>/", thread.post, name="post"),
    path("post/<int:pk>/reply/", writing.reply, name="reply"),
    path("post/<int:pk>/edit/", writing.edit, name="edit"),
    path("post/<int:pk>/history/", thread.history, name="history"),
    path("post/<int:pk>/delete/", acting.delete, name="delete"),
    path("post/<int:pk>/restore/", acting.restore, name="restore"),
    path("post/<int:pk>/accept/", acting.accept, name="accept"),
    path("post/<int:pk>/thanks/", acting.thanks, name="thanks"),
]
