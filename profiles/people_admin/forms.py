"""A person in Wagtail's admin."""

from typing import Any

from wagtail.users.forms import UserCreationForm, UserEditForm

from profiles.models import User

FIELDS = ["email", "name", "title", "language", "time_zone", "is_superuser", "groups"]


class NewPersonForm(UserCreationForm):
    """Without a password the person chooses one through "forgot your password?"."""

    first_name = last_name = None
    password_required = False

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS

    def save(self, commit: bool = True) -> Any:
        if not self.cleaned_data.get("password1"):
            self.instance.set_unusable_password()
        return super().save(commit)


class PersonForm(UserEditForm):
    first_name = last_name = None

    class Meta(UserEditForm.Meta):
        model = User
        fields = [*FIELDS, "is_active"]
