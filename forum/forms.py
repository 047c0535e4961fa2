"""What people fill in. The forms tidy; the rules are in the verb modules."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community import text
from community.communities.models import Community
from community.interface.editing import POST, ProseField
from community.topics.fields import TopicsField
from forum import experience
from forum.models import Thread
from forum.posting import LONGEST_TITLE

PART = 6000
NEEDED_PARTS = {"situation", "did", "happened"}


class LineInput(forms.CharField):
    """One visible line."""

    def to_python(self, value: Any) -> str:
        return text.line(super().to_python(value) or "")


class PlainField(forms.CharField):
    """Plain text in a small textarea."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        clean = text.normalise(super().to_python(value) or "")
        return clean if text.line(clean) else ""


class SentOnce(forms.Form):
    """A form that is stored once however often it is sent."""

    token = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=36, initial=lambda: str(uuid4())
    )

    def clean_token(self) -> str:
        return text.line(self.cleaned_data["token"])


class PartsForm(forms.Form):
    """The five parts of an experience."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in experience.PARTS.items():
            self.fields[name] = PlainField(
                label=label, help_text=hint, required=name in NEEDED_PARTS, max_length=PART
            )

    def parts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in experience.PARTS}


class BodyForm(forms.Form):
    """The words of a post."""

    body = ProseField(label=_("Text"), most=POST)


class ReplyForm(BodyForm, SentOnce):
    """A reply."""

    body = ProseField(label=_("Your reply"), most=POST)


class SortForm(forms.Form):
    """Title and topics."""

    title = LineInput(label=_("Title"), max_length=LONGEST_TITLE)
    topics = TopicsField()


class AskForm(SentOnce):
    """A new thread. Which fields it has follows from the kind."""

    title = LineInput(label=_("Title"), max_length=LONGEST_TITLE)
    topics = TopicsField()
    community = forms.ModelChoiceField(
        Community.objects.none(),
        required=False,
        to_field_name="slug",
        label=_("Where"),
        empty_label=_("The whole organisation"),
        help_text=_("In a closed or secret community only its members read it."),
    )

    def __init__(self, *args: Any, user: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        places: Any = self.fields["community"]  # the field above, for its `queryset`
        places.queryset = Community.objects.readable_by(user).order_by("name")
        self.fields["title"].help_text = HINTS[Thread.Kind(kind)]
        written = PartsForm().fields if self.in_parts else {"body": ProseField(label=_("Text"), most=POST)}
        self.fields.update(written)
        self.order_fields(["title", *written, "topics", "community"])

    @property
    def in_parts(self) -> bool:
        return self.kind == Thread.Kind.EXPERIENCE

    def words(self) -> dict[str, Any]:
        """What `posting.open_thread` takes as the body."""
        if self.in_parts:
            return {"parts": {name: self.cleaned_data[name] for name in experience.PARTS}}
        return {"html": self.cleaned_data["body"]}


HINTS = {
    Thread.Kind.QUESTION: _("Ask as you would ask a colleague: one question, in one sentence."),
    Thread.Kind.DISCUSSION: _("What do you want to think through together?"),
    Thread.Kind.EXPERIENCE: _("What you tried, in one sentence."),
}
