"""The demo's mailbox: everything the house would have sent. Only in the demo, only on this machine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feeds import mailfolder

LOOPBACK = {"127.0.0.1", "::1"}
NOTHING_BUT_LOOKS = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'self'"
)
SANDBOX = "sandbox allow-top-navigation-by-user-activation"


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 unless this is the demo and the reader sits at this machine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO_MODE or request.META.get("REMOTE_ADDR") not in LOOPBACK:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(require_safe(guarded))


@demo_only
def folder(request: HttpRequest) -> HttpResponse:
    """The newest messages."""
    read = [(name, mailfolder.read(name)) for name in mailfolder.names()]
    return render(
        request, "feeds/mail.html", {"mails": [(name, mail) for name, mail in read if mail is not None]}
    )


@demo_only
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One message: its headers, how it looks, and its plain words."""
    mail = _found(name)
    context = {
        "mail": mail,
        "name": name,
        "plain": mailfolder.part(mail, "plain"),
        "html": mailfolder.part(mail, "html"),
    }
    return render(request, "feeds/mail_message.html", {**context, "headers": mail.items()})


@demo_only
def message_html(request: HttpRequest, name: str) -> HttpResponse:
    """The message's HTML alone, for the frame: no scripts, nothing fetched; a click leads the whole window."""
    html = mailfolder.part(_found(name), "html").replace("<head>", '<head><base target="_top">', 1)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = f"{NOTHING_BUT_LOOKS}; {SANDBOX}"
    return response


def _found(name: str) -> Any:
    mail = mailfolder.read(name)
    if mail is None:
        raise Http404
    return mail
