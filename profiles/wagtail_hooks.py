"""Job roles, assignments and communities in Wagtail's admin: what changes there changes what people follow."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from community.communities.models import Community
from community.organisation.models import JobRole
from community.topics.models import Topic
from profiles import describing, following, joining
from profiles.models import Assignment


class RoleForm(WagtailAdminModelForm):
    required = forms.ModelMultipleChoiceField(
        Topic.objects.none(), required=False, label=_("topics it requires")
    )
    useful = forms.ModelMultipleChoiceField(
        Topic.objects.none(), required=False, label=_("topics useful in it")
    )

    class Meta:
        model = JobRole
        fields = ["title", "scheme", "code", "expects"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in ("required", "useful"):
            self.fields[level].queryset = Topic.objects.current().order_by("name")
            if self.instance.pk:
                self.fields[level].initial = self.instance.role_topics.filter(level=level).values_list(
                    "topic", flat=True
                )


class DescribedRole:
    form: Any

    def save_instance(self) -> JobRole:
        given = self.form.cleaned_data
        return describing.describe_role(
            role=self.form.instance, required=given["required"], useful=given["useful"], now=timezone.now()
        )


class AddRole(DescribedRole, generic.CreateView):
    pass


class EditRole(DescribedRole, generic.EditView):
    pass


class JobRoleViewSet(ModelViewSet):
    model = JobRole
    icon = "clipboard-list"
    menu_order = 205
    add_to_admin_menu = True
    ordering = "title"
    list_display = ["title", "scheme", "code"]
    list_filter = ["scheme"]
    search_fields = ["title", "code"]
    search_backend_name = None
    add_view_class = AddRole
    edit_view_class = EditRole
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[RoleForm]:
        return RoleForm


class SyncedAssignment:
    """After an assignment was made, changed or taken away, the person's flows follow."""

    object: Any

    def save_instance(self) -> Assignment:
        kept = super().save_instance()  # type: ignore[misc]  # of Wagtail's view
        following.sync_roles(user=kept.user, now=timezone.now())
        return kept

    def delete_action(self) -> None:
        user = self.object.user
        super().delete_action()  # type: ignore[misc]
        following.sync_roles(user=user, now=timezone.now())


class AddAssignment(SyncedAssignment, generic.CreateView):
    pass


class EditAssignment(SyncedAssignment, generic.EditView):
    pass


class DeleteAssignment(SyncedAssignment, generic.DeleteView):
    pass


class AssignmentViewSet(ModelViewSet):
    model = Assignment
    icon = "calendar-check"
    menu_order = 215
    add_to_settings_menu = True
    list_display = ["user", "role", "unit", "starts_on", "ends_on"]
    list_filter = ["role", "unit"]
    search_fields = ["user__name", "user__email", "role__title", "unit__name"]
    search_backend_name = None
    form_fields = ["user", "role", "unit", "share", "starts_on", "ends_on"]
    add_view_class = AddAssignment
    edit_view_class = EditAssignment
    delete_view_class = DeleteAssignment
    copy_view_enabled = False


class ReshapedCommunity:
    """Founds and reshapes through the verbs; what they refuse is said on the form."""

    form: Any
    request: Any

    def form_valid(self, form: Any) -> Any:
        self.form = form
        try:
            return super().form_valid(form)  # type: ignore[misc]  # of Wagtail's view
        except ValueError:
            form.add_error("name", _("There is a community of that name."))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def save_instance(self) -> Community:
        given = {name: self.form.cleaned_data[name] for name in ("name", "description", "visibility")}
        given |= {"by": self.request.user, "now": timezone.now()}
        if self.form.instance.pk is None:
            return joining.found(**given)
        return joining.reshape(community=Community.objects.get(pk=self.form.instance.pk), **given)


class AddCommunity(ReshapedCommunity, generic.CreateView):
    pass


class EditCommunity(ReshapedCommunity, generic.EditView):
    pass


class CommunityViewSet(ModelViewSet):
    model = Community
    icon = "group"
    menu_order = 207
    add_to_admin_menu = True
    ordering = "name"
    list_display = ["name", "visibility", "created_at"]
    list_filter = ["visibility"]
    search_fields = ["name", "description"]
    search_backend_name = None
    form_fields = ["name", "description", "visibility"]
    add_view_class = AddCommunity
    edit_view_class = EditCommunity
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def people_and_roles() -> list[ModelViewSet]:
    return [
        JobRoleViewSet("job_roles"),
        AssignmentViewSet("assignments"),
        CommunityViewSet("all_communities"),
    ]
