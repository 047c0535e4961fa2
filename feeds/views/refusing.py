"""How a form that was sent wrongly is answered."""

from django.forms import BaseForm

UNPROCESSABLE = 422


def status_of(form: BaseForm) -> int:
    """The status of the page that shows the form: 422 when what was sent cannot be taken."""
    return UNPROCESSABLE if form.errors else 200
