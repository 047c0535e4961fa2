"""Completion while topics are typed."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community import text
from community.topics import vocabulary
from community.topics.models import Topic


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"topics": [{"name", "hint"}]}` for `?q=`; the hint says which synonym matched."""
    found = vocabulary.suggest(request.GET.get("q", "")[:100])
    return JsonResponse(
        {"topics": [{"name": topic.name, "hint": _hint(word, topic)} for word, topic in found]}
    )


def _hint(word: str, topic: Topic) -> str:
    if text.key(word) == text.key(topic.name):
        return ""
    return _("also called %(word)s") % {"word": word}
