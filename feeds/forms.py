"""What people type on the hubs. Forms translate; the verb modules decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.communities.models import Community
from community.interface.fields import Line, Words
from community.topics.models import Topic


class TopicForm(forms.Form):
    name = Line(
        label=_("What is it called?"), max_length=100, help_text=_("The word people use for it at work.")
    )
    description = Words(
        label=_("What belongs here?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    broader = forms.ModelChoiceField(
        label=_("Part of a broader topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("No, it stands alone"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["broader"].queryset = Topic.objects.current().order_by("name")  # type: ignore[attr-defined]


class TendForm(forms.Form):
    description = Words(
        label=_("What belongs here?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    synonyms = Line(
        label=_("Other words for it"),
        max_length=2000,
        required=False,
        help_text=_("With a comma between them. Whoever types one of them gets this topic."),
    )


class CommunityForm(forms.Form):
    name = Line(label=_("What is it called?"), max_length=100)
    description = Words(
        label=_("What is it for?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it?"),
        widget=forms.RadioSelect,
        initial=Community.Visibility.OPEN,
        choices=[
            (Community.Visibility.OPEN, _("Open: everybody reads, everybody joins")),
            (
                Community.Visibility.CLOSED,
                _("Closed: everybody sees that it is there, members read, one asks to join"),
            ),
            (Community.Visibility.SECRET, _("Secret: only members know of it")),
        ],
    )


class AskForm(forms.Form):
    message = Line(label=_("Why you want to join"), max_length=300, required=False)


class InviteForm(forms.Form):
    person = Line(
        label=_("Who?"),
        max_length=254,
        help_text=_("Name or e-mail address."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
