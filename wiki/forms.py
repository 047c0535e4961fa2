"""What people fill in. The forms tidy; the rules are in the verb modules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community import text
from community.communities.models import Community
from community.interface.editing import ProseField
from community.topics.fields import TopicsField
from wiki.models import LONGEST_PAGE


class OneLine(forms.CharField):
    """Text of one line, normalised before anything judges it."""

    def to_python(self, value: Any) -> str:
        return text.line(super().to_python(value) or "")


class PageForm(forms.Form):
    """A page's words."""

    title = OneLine(label=_("Title"), max_length=200)
    body = ProseField(label=_("Text"), required=False, most=LONGEST_PAGE)
    topics = TopicsField(
        required=False, help_text=_("So that it reaches those who follow them. A comma between.")
    )


class NewPageForm(PageForm):
    """A new page, and where it goes when it is not put under another."""

    community = forms.ModelChoiceField(
        Community.objects.none(),
        required=False,
        label=_("Where"),
        empty_label=_("The whole organisation"),
        help_text=_("In a closed or secret community only its members read it."),
    )

    def __init__(self, *args: Any, user: Any, placed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if placed:
            del self.fields["community"]
        else:
            place: Any = self.fields["community"]
            place.queryset = Community.objects.readable_by(user).order_by("name")


class EditPageForm(PageForm):
    """A new version: what was changed, whether to tell, and which version it is based on."""

    summary = OneLine(
        label=_("What did you change?"), required=False, max_length=200, help_text=_("Shown in the history.")
    )
    worth_telling = forms.BooleanField(
        label=_("Worth telling those who follow this"),
        required=False,
        help_text=_("Leave it out for a small correction."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)


class ReviewForm(forms.Form):
    """When the page is to be looked through next."""

    next_on = forms.DateField(
        label=_("Look at it again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
