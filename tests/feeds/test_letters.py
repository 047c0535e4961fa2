"""The weekly letter: its words, its headers, its preview."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from feeds import digests, letters
from feeds.models import DigestDelivery
from tests.factories import NOW
from tests.feeds.conftest import ask, give

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + DAY


def test_the_letter_says_the_same_in_html_and_in_plain_words(maja, olle, ink, settings):
    settings.BASE_URL = "https://dela.example.org"
    asked = ask(user=maja, title="Why <b>?", topics=[ink])
    give(item=asked.item, user=olle, topics=[ink], excerpt="<p>Because & so</p>")
    ask(user=olle, title="A page", topics=[ink], kind="page")

    with translation.override("en"):
        subject, text, html = letters.words(digest=digests.upcoming(user=maja, now=LATER))

    assert subject == "Answer to your question: Why <b>?, and 1 more"
    for said in (
        "Why <b>?",
        "Because & so",
        "A page",
        "somebody answered your question",
        "you follow Ink",
        "Olle Berg",
    ):
        assert said in text
        assert said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in html
    assert f"https://dela.example.org{asked.item.url}" in text
    assert "prefers-color-scheme" in html
    assert "<b>" not in html


def test_the_letter_is_in_the_persons_language_and_its_headers_are_honest(maja, olle, ink, settings):
    settings.BASE_URL = "https://dela.example.org"
    settings.DEFAULT_FROM_EMAIL = "Dela <dela@example.org>"
    ask(user=olle, title="Bcc: evil@example.org", topics=[ink], kind="page")

    with translation.override("sv"):
        mail = letters.letter(digest=digests.upcoming(user=maja, now=LATER), period=NOW.date())
    sent = mail.message()

    assert sent["List-Unsubscribe"].startswith("<https://dela.example.org/digest/off/")
    assert "<mailto:dela@example.org?subject=" in sent["List-Unsubscribe"]
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["List-Id"] == "<digest.dela.example.org>"
    assert [sent[name] for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "Precedence")] == [
        "auto-generated",
        "All",
        "list",
    ]
    assert sent["Message-ID"] == letters.message_id(user_id=maja.pk, period=NOW.date())
    assert 'lang="sv"' in mail.alternatives[0][0]
    assert sent["Bcc"] is None


@pytest.mark.parametrize(
    "title", ["a\nBcc: evil@example.org", "a\r\nX: y", "x" * 255, "\u202eevil", "å" * 255]
)
def test_a_title_never_breaks_the_subject(maja, olle, ink, title):
    told_by = ask(user=olle, title="T", topics=[ink], kind="page")
    type(told_by.item).objects.filter(pk=told_by.item_id).update(title=title)

    with translation.override("en"):
        mail = letters.letter(digest=digests.upcoming(user=maja, now=LATER), period=NOW.date())

    assert mail.message()["Bcc"] is None
    assert "\n" not in mail.subject


def test_preview_prints_and_sends_nothing(maja, olle, ink, capsys, mailoutbox):
    ask(user=olle, title="A page", topics=[ink], kind="page")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: LATER)
        call_command("digest", "--preview", maja.email.upper())
        call_command("digest", "--preview", maja.email, "--html")

    printed = capsys.readouterr().out
    assert printed.count("A page") >= 2
    assert "<!doctype html>" in printed.lower()
    assert (mailoutbox, DigestDelivery.objects.count()) == ([], 0)
    with pytest.raises(CommandError):
        call_command("digest", "--preview", "nobody@example.org")
