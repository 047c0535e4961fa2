"""Threads and their posts. The verb modules beside this file write them; `reading.py` and the querysets read them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from community.communities.audience import may_read
from community.communities.models import Community
from community.contributions.models import ContentItem
from community.organisation.models import JobRole, Unit
from community.text import LineField
from community.topics.models import TopicLink

PAGE = 20  # posts on a page
MOST_TOPICS = 5
SHOWN_DEPTH = 6


class ThreadQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Threads that exist for `user`. The audience stands on the thread's item, once for the whole house."""
        return self.filter(may_read(user, field="item__audience"), item__isnull=False, deleted_at=None)

    def unanswered(self) -> Self:
        """Questions that nobody but the asker has written in, and that the asker has not solved alone."""
        return self.filter(kind=Thread.Kind.QUESTION, answers_count=0, accepted=None)


class Thread(models.Model):  # type: ignore[django-manager-missing]  # the plugin does not see taggit's managers
    """A question, a discussion or an experience, with everything written about it."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        DISCUSSION = "discussion", _("Discussion")
        EXPERIENCE = "experience", _("Experience")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = LineField(_("title"), max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="threads")
    item = models.OneToOneField(ContentItem, models.PROTECT, null=True, related_name="thread")
    about = models.ForeignKey(ContentItem, models.SET_NULL, null=True, related_name="threads_about")
    excerpt = models.CharField(max_length=280, blank=True)  # of the first post
    parts = models.JSONField(default=dict, blank=True)  # an experience as it was typed, for editing
    created_at = models.DateTimeField()
    last_post_at = models.DateTimeField()
    last_author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    last_position = models.PositiveIntegerField(default=0)  # taken, never given back
    posts_count = models.PositiveIntegerField(default=0)  # those that can be read, the first included
    answers_count = models.PositiveIntegerField(default=0)
    thanks_count = models.PositiveIntegerField(default=0)
    accepted = models.ForeignKey("Post", models.SET_NULL, null=True, related_name="+")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    client_token = models.CharField(max_length=36, null=True)
    deleted_at = models.DateTimeField(null=True)

    # What `reading.py` puts on a thread.
    unread: bool
    opening_id: int
    wanted_position: int | None

    topics = TaggableManager(
        through="ThreadTopic", related_name="threads", blank=True, verbose_name=_("topics")
    )
    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [models.UniqueConstraint(fields=["author", "client_token"], name="thread_sent_once")]
        indexes = [
            models.Index(fields=["-last_post_at", "-id"], name="thread_newest", condition=Q(deleted_at=None)),
            models.Index(
                fields=["-last_post_at", "-id"],
                name="thread_unanswered",
                condition=Q(kind="question", answers_count=0, deleted_at=None),
            ),
            models.Index(fields=["author", "-last_post_at", "-id"], name="thread_of_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:thread", args=[self.pk])

    @property
    def is_question(self) -> bool:
        return self.kind == self.Kind.QUESTION

    @property
    def own_item(self) -> ContentItem:
        """Its item in the ledger, which it has from its opening on."""
        if self.item is None:
            raise ValueError("the thread is not opened yet")
        return self.item

    @property
    def community(self) -> Community | None:
        """Where it stands; None: before everybody."""
        return self.item.community if self.item else None


class ThreadTopic(TopicLink):
    """A thread under a topic."""

    content_object = models.ForeignKey(Thread, models.CASCADE, related_name="topic_links")

    class Meta:
        verbose_name = _("thread under a topic")
        verbose_name_plural = _("threads under topics")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="thread_topic_once")]


class PostQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Posts of threads that exist for `user`, tombstones included: their place is part of the thread."""
        return self.filter(thread__in=Thread.objects.visible_to(user))

    def current(self) -> Self:
        """Those that have not been taken back."""
        return self.filter(deleted_at=None)


class Post(models.Model):
    """What one person wrote in a thread. The first one (position 1) is what the thread is about.

    Order is that of `position`. `depth` is how deep the reply chain goes; a reply of any depth costs the same.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts", db_index=False)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replies")
    position = models.PositiveIntegerField()
    depth = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10)  # the ledger's kind
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    author_role = models.ForeignKey(JobRole, models.SET_NULL, null=True, related_name="+")
    author_unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    html = models.TextField()  # sanitised when written
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    thanks_count = models.PositiveIntegerField(default=0)
    client_token = models.CharField(max_length=36, null=True)

    # What `reading.posts_for` puts on a post.
    parent_position: int | None
    parent_name: str | None

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["thread", "position"], name="post_position_once"),
            models.UniqueConstraint(fields=["author", "client_token"], name="post_sent_once"),
        ]
        indexes = [models.Index(fields=["author", "thread"], name="post_of_author")]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.position}"

    def get_absolute_url(self) -> str:
        """The permanent address: it leads to the right page of the thread, wherever that is then."""
        return reverse("forum:post", args=[self.pk])

    @property
    def history_url(self) -> str:
        return reverse("forum:history", args=[self.pk])

    @property
    def opens(self) -> bool:
        """Whether it is the post that opens its thread."""
        return self.position == 1

    @property
    def page(self) -> int:
        return (self.position - 1) // PAGE + 1


class PostRevision(models.Model):
    """What a post said before an edit."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    html = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier version of a post")
        verbose_name_plural = _("earlier versions of posts")

    def __str__(self) -> str:
        return f"{self.post_id} {self.written_at:%Y-%m-%d}"


class Thanks(models.Model):
    """One person's thanks for one post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="thanks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="thanks_given")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="thanked_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.post_id}"
