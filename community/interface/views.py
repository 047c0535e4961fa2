"""Views of the house itself."""

from django.http import HttpRequest, HttpResponse


def placeholder(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Keeps a URL name reserved until its room is furnished (gone before the first release)."""
    return HttpResponse(status=501)
