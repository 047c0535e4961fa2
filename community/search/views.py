from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.search import asking
from community.search.presenting import present, tabs


def search(request: HttpRequest) -> HttpResponse:
    """One search over threads, pages, people and topics."""
    asked = request.GET
    question = asking.understand(
        asked.get("q", ""),
        form=asked.get("kind", ""),
        topic=asked.get("topic", ""),
        solved=asked.get("solved") == "1",
        page=asked.get("page", "1"),
    )
    answer = asking.ask(user=request.user, question=question, now=timezone.now())
    context = {
        "question": question,
        "answer": answer,
        "hits": [present(hit) for hit in answer.hits],
        "tabs": tabs(question),
        "ask_url": f"{reverse('forum:ask')}?{urlencode({'title': question.typed})}",
        "found": found(answer),
    }
    return render(request, "search/search.html", context)


def found(answer: asking.Answer) -> str:
    """How much there is, in words; a full thousand is not counted further."""
    if not answer.hits:
        return ""
    if answer.loosely:
        return _("Nothing has all the words; this has some of them.")
    return _("Best first. %(total)s found.") % {"total": answer.total}
