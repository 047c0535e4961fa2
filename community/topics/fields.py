"""Typing topics in a form: known words become topics, and unknown ones are made only when the person says so."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template import loader
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.topics import vocabulary

LONGEST = 1000


class Typed(NamedTuple):
    """What the browser sent: the names, and whether the person wants those nobody knows as new topics."""

    names: str
    create: bool = False


class TopicsInput(forms.TextInput):
    """A text field with commas; with JavaScript chips and completion. `unknown` brings the box that makes new topics."""

    template_name = "house/widgets/topics.html"
    most = 5
    unknown: tuple[str, ...] = ()

    class Media:
        js = [Script("js/topic-picker.js", defer=True)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return Typed(data.get(name) or "", data.get(f"{name}_create") == "on")

    def format_value(self, value: Any) -> str:
        if isinstance(value, Typed):
            return value.names[:LONGEST]
        return value if isinstance(value, str) else ", ".join(topic.name for topic in value or ())

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        box = {
            "name": f"{name}_create",
            "ticked": isinstance(value, Typed) and value.create,
            "names": self.unknown,
        }
        return context | {"box": box, "most": self.most, "complete_url": reverse("topics:suggest")}

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> str:
        control = super()._render("django/forms/widgets/text.html", context, renderer)  # type: ignore[misc]  # Django's Widget has it, its stubs do not
        return loader.get_template(template_name).render(context | {"control": control})


class TopicsField(forms.Field):
    """One to `most` topics. Cleans to a `vocabulary.Resolved`; its `unknown` are names the person asked to create."""

    widget = TopicsInput
    default_error_messages = {
        "required": _("Name at least one topic, so that this reaches those who follow it."),
        "too_many": _("At most %(most)s topics."),
        "too_long": _("A topic's name has at most 100 characters."),
        "retired": _("%(names)s is no longer in use. Choose another topic."),
    }

    def __init__(self, *, most: int = 5, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("label", _("Topics"))
        kwargs.setdefault(
            "help_text", format_lazy(_("One to {most} topics, with a comma between them."), most=most)
        )
        super().__init__(**kwargs)
        self.widget.most = most

    def clean(self, value: Any) -> vocabulary.Resolved:
        typed = value if isinstance(value, Typed) else Typed(str(value or ""))
        found = vocabulary.resolve(vocabulary.split(typed.names[: LONGEST * 2]))
        self._check_number(len(found.topics) + len(found.unknown))
        if found.unknown:
            self._check_unknown(found.unknown, typed.create)
        return found

    def _check_number(self, number: int) -> None:
        if not number and self.required:
            raise self._error("required")
        if number > self.most:
            raise self._error("too_many", most=self.most)

    def _check_unknown(self, names: list[str], create: bool) -> None:
        if any(not vocabulary.fits(name) for name in names):
            raise self._error("too_long")
        if retired := vocabulary.retired(names):
            raise self._error("retired", names=", ".join(retired))
        self.widget.unknown = tuple(names)
        if not create:
            raise ValidationError(_not_there(names), code="unknown")

    def _error(self, code: str, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


def _not_there(names: list[str]) -> str:
    said = ngettext(
        "There is no topic called %(names)s yet. Choose another word, or tick the box to create it.",
        "There are no topics called %(names)s yet. Choose other words, or tick the box to create them.",
        len(names),
    )
    return said % {"names": ", ".join(names)}
