"""Form fields that let text in through the one normaliser."""

from typing import Any

from django import forms

from community.text import line, normalise


class Line(forms.CharField):
    """One visible line."""

    def to_python(self, value: Any) -> str:
        return line(super().to_python(value) or "")


class Words(forms.CharField):
    """Plain text of several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value) or "").strip()
