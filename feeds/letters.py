"""A digest as a letter: HTML and plain text with the same words, in the person's language, with honest headers."""

import hashlib
import hmac
from datetime import date
from email.utils import parseaddr
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.contributions import kinds
from community.text import line as one_line
from feeds import unsubscribing
from feeds.building import absolute
from feeds.digests import Digest, Line
from profiles.models import User


def language_of(user: User) -> str:
    return user.language or settings.LANGUAGE_CODE


def message_id(*, user_id: int, period: date) -> str:
    """The same for a person and week, so that a repeat is the same letter to the mailbox."""
    told = f"digest:{period.isoformat()}:{user_id}"
    mark = hmac.new(settings.SECRET_KEY.encode(), told.encode(), hashlib.sha256).hexdigest()[:20]
    return f"<digest.{period.isoformat()}.{user_id}.{mark}@{_host()}>"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def letter(*, digest: Digest, period: date) -> EmailMultiAlternatives:
    """The message, ready to send. Call it in the language the digest was composed in."""
    user = digest.user
    with timezone.override(user.zone):
        context = _context(digest)
        text = get_template("emails/digest.txt").render(context)
        html = _inliner().inline(get_template("emails/digest.html").render(context))
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=text,
        to=[user.email],
        headers={"Message-ID": message_id(user_id=user.pk, period=period), **_headers(user)},
    )
    mail.attach_alternative(html, "text/html")
    return mail


def words(*, digest: Digest) -> tuple[str, str, str]:
    """`(subject, plain text, HTML)` for a preview."""
    mail = letter(digest=digest, period=timezone.localdate(digest.until))
    return str(mail.subject), str(mail.body), str(mail.alternatives[0][0])


def _headers(user: User) -> dict[str, str]:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    subject = quote(f"unsubscribe {unsubscribing.token_of(user)}")
    return {
        "List-Unsubscribe": f"<{unsubscribing.address_of(user)}>, <mailto:{sender}?subject={subject}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<digest.{_host()}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "list",
    }


def _context(digest: Digest) -> dict[str, Any]:
    return {
        "LANGUAGE_CODE": translation.get_language(),
        "ORG_NAME": settings.ORG_NAME,
        "subject": subject_of(digest),
        "user": digest.user,
        "sections": [
            {
                "key": s.key,
                "title": s.title,
                "groups": [(name, [_shown(one) for one in lines]) for name, lines in s.groups],
            }
            for s in digest.sections
        ],
        "digest": digest,
        "flow_url": absolute(reverse("flow")),
        "digest_url": absolute(reverse("digest:next")),
        "settings_url": absolute(reverse("me:settings")),
        "off_url": unsubscribing.address_of(digest.user),
    }


def _shown(line: Line) -> dict[str, Any]:
    """What the letter shows of a line."""
    entry = line.entry
    kind = kinds.kind(entry.kind) if entry else None
    more = line.others and ngettext("and %(n)s more", "and %(n)s more", line.others) % {"n": line.others}
    because = line.reason and _("because %(reason)s") % {"reason": line.reason}
    author = (entry.actor.name if entry.actor else _("Former employee")) if entry else ""
    return {
        "title": line.item.title,
        "url": absolute(line.url),
        "kind": capfirst(str(kind.label)) if kind else _("Thanks"),
        "tone": kind.tone if kind else "yes",
        "excerpt": _shortened(entry.excerpt) if entry else "",
        "facts": " · ".join(str(fact) for fact in (author, more, because) if fact),
    }


def _shortened(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def subject_of(digest: Digest) -> str:
    """What it is about, in one line that fits a header."""
    lines = digest.lines
    if not lines:
        return _("Your week in %(place)s") % {"place": settings.ORG_NAME}
    first, rest = _shortened(one_line(lines[0].item.title), 70), len(lines) - 1
    if digest.sections[0].key == "needs":
        first = _("Answer to your question: %(title)s") % {"title": first}
    if not rest:
        return one_line(first)
    told = {"title": first, "n": rest}
    return one_line(ngettext("%(title)s, and %(n)s more", "%(title)s, and %(n)s more", rest) % told)


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    """Styles go to the elements; what asks about darkness and width stays in the head."""
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
