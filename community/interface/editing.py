"""The shared editor: a form field for what people write, rich with JavaScript and a plain textarea without it."""

import re
from html import unescape
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.template import loader
from django.utils.translation import gettext_lazy as _

from community import text

KILOBYTE = 1000
POST, PAGE = 32 * KILOBYTE, 100 * KILOBYTE
MARKUP = 3  # the marks of rich text may take this many times the room of its words

_LINES = re.compile(r"<p>(.*?)</p>", re.DOTALL)


class Sent(NamedTuple):
    """What the browser sent: the text, and whether it is HTML (from the editor) or plain (from the bare textarea)."""

    text: str
    form: str = "plain"


def words_of(html: str) -> Sent:
    """How a stored body is put into the bare textarea: as plain words where that loses nothing, else as its HTML."""
    plain = "\n\n".join(unescape(block.replace("<br>", "\n")) for block in _LINES.findall(html))
    return Sent(plain) if text.prose(text.from_plain(plain)) == html else Sent(html, "html")


class ProseInput(forms.Textarea):
    """The textarea, its tools (shown by the script) and a hidden companion that says what was sent."""

    template_name = "house/widgets/prose.html"

    class Media:
        css = {"all": ["css/editor.css"]}
        js = [Script("js/editor/boot.js", type="module")]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent | None:
        if name not in data:
            return None
        return Sent(data[name], "html" if data.get(f"{name}_form") == "html" else "plain")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def format_value(self, value: Any) -> Sent:
        return value if isinstance(value, Sent) else words_of(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        sent = context["widget"]["value"]
        context["widget"] |= {"value": sent.text, "form": sent.form, "form_name": f"{name}_form"}
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return (
            False  # the script hides the textarea, and a hidden required field stops the form without a word
        )

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> str:
        control = super()._render("django/forms/widgets/textarea.html", context, renderer)  # type: ignore[misc]  # Django's Widget has it, its stubs do not
        return loader.get_template(template_name).render(context | {"control": control})


class ProseField(forms.CharField):
    """Cleans to body HTML (`text.prose`); required means that something of it can be seen. `most`: characters of words."""

    widget = ProseInput
    default_error_messages = {
        "required": _("Write something here."),
        "too_long": _(
            "The text is too long: it may have %(most)s characters. Shorten it, or part it in two."
        ),
    }

    def __init__(self, *, most: int = POST, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Sent:  # type: ignore[override]  # `clean` makes words of it
        return value if isinstance(value, Sent) else Sent(str(value or ""), "html")

    def validate(self, value: Any) -> None:
        """Nothing yet: what counts is what is left after cleaning."""

    def run_validators(self, value: Any) -> None:
        """Nothing: length is judged on the cleaned text."""

    def clean(self, value: Any) -> str:
        sent = self.to_python(value)
        if len(sent.text) > self.most * MARKUP:
            raise self._too_long()
        html = text.prose(sent.text if sent.form == "html" else text.from_plain(sent.text))
        if not shows_something(html):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return ""
        if len(text.plain(html)) > self.most:
            raise self._too_long()
        return html

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data).text != words_of(initial or "").text

    def _too_long(self) -> ValidationError:
        return ValidationError(self.error_messages["too_long"], code="too_long", params={"most": self.most})


def shows_something(html: str) -> bool:
    """Whether a reader would see anything of `html`: visible words or a picture."""
    return bool(text.line(text.plain(html))) or "<img" in html
