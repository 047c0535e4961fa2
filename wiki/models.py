"""The wiki's pages: Wagtail pages with one body of sanitised HTML."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.models import Page, Revision

from community import text
from community.communities.models import Community
from community.interface.editing import ProseField
from community.topics.models import TopicLink
from wiki import headings
from wiki.querysets import ROOT_PATH, WikiPageManager

LONGEST_ADDRESS = 500
LONGEST_PAGE = 1_200_000
OF_THE_PAGE = ("community_id", "section_of_id", "review_by", "reviewed_at", "reviewed_by_id")


class BodyField(models.TextField):
    """Body HTML: whatever form fills it, what `clean` lets through is sanitised and has its anchors."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        return super().clean(headings.written(value or "")[0], model_instance)

    def formfield(self, **kwargs: Any) -> ProseField:
        """The house's editor, in Wagtail's editor too."""
        return ProseField(label=self.verbose_name, required=False, most=LONGEST_PAGE)


class OwnAddress:
    """A page of the wiki is shown by the wiki's own views, never by Wagtail's page serving."""

    preview_modes: list = []
    private_page_options = ["groups"]
    url_path: str

    @property
    def address(self) -> str:
        """Where people read it: the wiki's front page, unless it has a place of its own, which changes when it moves."""
        return reverse("wiki:index")

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """What Wagtail's admin links to as the live page."""
        parts = super().get_url_parts(request)  # type: ignore[misc]  # of Page
        return parts and (parts[0], settings.BASE_URL, self.address)

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str:
        return self.address

    url = property(get_url)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.address)

    def serve_password_required_response(
        self, request: HttpRequest, form: Any, action_url: str
    ) -> HttpResponse:
        """No page of the wiki is kept by a password; Wagtail's view for it would show the title."""
        raise Http404


class WikiIndex(OwnAddress, Page):
    """The root of the wiki. There is one, made by the migration."""

    max_count = 1
    parent_page_types: list = []
    subpage_types = ["wiki.WikiPage"]
    promote_panels: list = []  # its slug is the room's address

    class Meta:
        verbose_name = _("wiki")
        verbose_name_plural = _("wikis")


class PageTopic(TopicLink):
    """A page under a topic."""

    content_object = ParentalKey("wiki.WikiPage", on_delete=models.CASCADE, related_name="topic_links")

    class Meta:
        verbose_name = _("topic of a page")
        verbose_name_plural = _("topics of pages")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="topic_once_per_page")]


class WikiPage(OwnAddress, Page):
    """A page. Its community follows from its place in the tree (`sections.py`), not from its revisions."""

    body = BodyField(_("text"), blank=True)
    contents = models.JSONField(
        default=list, editable=False
    )  # [[level, anchor, title]], written with the body
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="wiki_pages",
        verbose_name=_("community"),
    )
    section_of = models.OneToOneField(
        Community, models.PROTECT, null=True, editable=False, related_name="wiki_section"
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    topics = ClusterTaggableManager(through=PageTopic, blank=True, verbose_name=_("topics"))

    objects = WikiPageManager()
    parent_page_types = ["wiki.WikiIndex", "wiki.WikiPage"]
    subpage_types = ["wiki.WikiPage"]
    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("body"),
        FieldPanel("topics"),
        FieldPanel("review_by"),
    ]
    promote_panels = [FieldPanel("slug")]
    community.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # asked for by Wagtail
    section_of.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    reviewed_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self) -> str:
        return str(self.title)  # type: ignore[has-type]  # of Wagtail's page

    def clean(self) -> None:
        """Tidies what every way of writing a page must: one visible line of title, the contents of the body."""
        self.title = text.line(self.title)  # type: ignore[has-type]  # of Wagtail's page
        if not self.title:
            raise ValidationError({"title": _("A page needs a title.")})
        self.contents = [list(heading) for heading in headings.anchored(self.body)[1]]
        super().clean()

    @property
    def address(self) -> str:
        return reverse("wiki:page", args=[self.url_path.removeprefix(ROOT_PATH).rstrip("/")])

    def set_url_path(self, parent: Page | None) -> str:
        """Where Wagtail derives a page's address from its place, its community follows too, whoever puts it there."""
        if self.section_of_id is None:
            place = WikiPage.objects.filter(pk=parent.pk if parent else None)
            self.community_id = place.values_list("community_id", flat=True).first()
        return super().set_url_path(parent)

    def get_absolute_url(self) -> str:
        """The address, or the short one that always leads to it where the address is too long for the ledger."""
        return self.address if len(self.address) <= LONGEST_ADDRESS else reverse("wiki:by_id", args=[self.pk])

    def with_content_json(self, content: dict[str, Any]) -> "WikiPage":
        """A revision brings back words and topics, never who may read the page or when it was reviewed."""
        restored = super().with_content_json(content)
        for name in OF_THE_PAGE:
            setattr(restored, name, getattr(self, name))
        return restored

    def permissions_for_user(self, user: Any) -> Any:
        # models stand below the permissions, which read memberships
        from wiki.permissions import WikiPagePermissions

        return WikiPagePermissions(user, self)


class EditNote(models.Model):
    """What somebody said about one version of a page."""

    page = models.ForeignKey(WikiPage, models.CASCADE, related_name="edit_notes")
    revision = models.OneToOneField(Revision, models.CASCADE, related_name="wiki_note")
    summary = models.CharField(_("what did you change?"), max_length=200, blank=True)
    worth_telling = models.BooleanField(_("worth telling"), default=True)
    kept_aside = models.BooleanField(default=False)  # lost a race: kept here, not shown as the page
    opens_entry = models.BooleanField(default=False)  # the ledger has an entry of this note
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("edit note")
        verbose_name_plural = _("edit notes")
        indexes = [models.Index(fields=["page", "-at", "-id"], name="edit_note_of_page")]

    def __str__(self) -> str:
        return self.summary or str(self.pk)


class Credit(models.Model):
    """Somebody whose words a page grew from, beside those who edit it."""

    page = models.ForeignKey(WikiPage, models.CASCADE, related_name="credits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="credited_once")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.person_id}"
