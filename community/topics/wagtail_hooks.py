"""Topics in Wagtail's admin, with their synonyms and stewards."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from community.topics import curating, vocabulary
from community.topics.models import Topic


class TopicForm(WagtailAdminModelForm):
    synonyms = forms.CharField(
        label=_("synonyms"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )

    class Meta:
        model = Topic
        fields = ["name", "description", "broader", "stewards"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stewards"].queryset = get_user_model().objects.filter(is_active=True).order_by("name")
        if self.instance.pk:
            words = self.instance.aliases.filter(slug="").exclude(name=self.instance.name)
            self.fields["synonyms"].initial = "\n".join(words.order_by("name").values_list("name", flat=True))


class Curated:
    """Saves through the verb; what it refuses is said on the form."""

    form: Any
    object: Any

    def form_valid(self, form: Any) -> Any:
        self.form = form
        try:
            return super().form_valid(form)  # type: ignore[misc]  # of Wagtail's view
        except ValueError:
            form.add_error("name", _("There is a topic or synonym of that name."))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def save_instance(self) -> Topic:
        given = self.form.cleaned_data
        return curating.curate(
            topic=self.form.instance if self.form.instance.pk else None,
            name=given["name"],
            description=given["description"],
            broader=given["broader"],
            stewards=given["stewards"],
            synonyms=vocabulary.split(given["synonyms"]),
        )


class AddTopic(Curated, generic.CreateView):
    pass


class EditTopic(Curated, generic.EditView):
    pass


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "tag"
    menu_order = 200
    add_to_admin_menu = True
    ordering = "name"
    list_display = ["name", "broader", "archived_at"]
    list_filter = ["broader"]
    search_fields = ["name", "description"]
    search_backend_name = None
    add_view_class = AddTopic
    edit_view_class = EditTopic
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[TopicForm]:
        return TopicForm


@hooks.register("register_admin_viewset")
def topics() -> TopicViewSet:
    return TopicViewSet("all_topics")
