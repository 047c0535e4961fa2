"""The house's template tags: `{% load house %}`. docs/design-system.md shows each in use."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from community.interface import faces, moments, words

register = template.Library()

SIZES = {"s": " avatar-s", "m": "", "l": " avatar-l", "xl": " avatar-xl"}
ONE_CHOICE_BOXES = ("checkbox",)
MANY_CHOICES = ("radioselect", "checkboxselectmultiple")


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the lucide set. Without a label it is decoration and hidden from screen readers."""
    return _icon(str(name), str(label), str(css))


@lru_cache(maxsize=512)
def _icon(name: str, label: str, css: str) -> SafeString:
    said = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    svg = lucide(name, size=20, **{"class": f"icon {css}".strip()}, **said)
    return mark_safe(" ".join(svg.split()))  # noqa: S308 - drawn by the icon package, attributes escaped there


@register.simple_tag
def since(when: datetime | date | None, now: datetime | None = None) -> SafeString | str:
    """A relative time in a `<time>` whose title says the exact one. Nothing for None."""
    if when is None:
        return ""
    spoken = moments.relative(when=when, now=now or timezone.now())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', when.isoformat(), moments.exact(when), spoken
    )


@register.simple_tag
def avatar(person: Any, size: str = "m") -> SafeString:
    """A face: the photo, else initials on the person's own hue. Decoration: the name stands beside it."""
    if person is None:
        return _face(None, "", False, SIZES[size])
    return _face(person.pk, person.name, bool(getattr(person, "photo", None)), SIZES[size])


@lru_cache(maxsize=2048)
def _face(pk: int | None, name: str, has_photo: bool, css: str) -> SafeString:
    if pk is None:
        return format_html('<span class="avatar{}" aria-hidden="true">{}</span>', css, icon("user-round"))
    hue = faces.hue(pk)
    if has_photo:
        return format_html(
            '<img class="avatar{} hue-{}" src="{}" alt="" width="40" height="40" loading="lazy">',
            css,
            hue,
            reverse("people:photo", args=[pk]),
        )
    return format_html(
        '<span class="avatar{} hue-{}" aria-hidden="true">{}</span>', css, hue, faces.initials(name)
    )


@register.simple_tag
def person_link(person: Any) -> SafeString:
    """The person's name as a link to the profile; a person who is gone is a former employee."""
    if person is None:
        return format_html('<span class="person-link">{}</span>', _("Former employee"))
    return _link("person-link", "people:profile", person.pk, person.name)


@register.simple_tag
def topic_chip(topic: Any, link: bool = True) -> SafeString:
    """A topic with its own hue, linked to its hub."""
    css = f"chip hue-{faces.hue(topic.slug)}"
    if not link:
        return format_html('<span class="{}">{}</span>', css, topic.name)
    return _link(css, "topics:hub", topic.slug, topic.name)


@lru_cache(maxsize=4096)
def _link(css: str, where: str, key: int | str, name: str) -> SafeString:
    return format_html('<a class="{}" href="{}">{}</a>', css, reverse(where, args=[key]), name)


@register.simple_tag
def counted(number: int, noun: str) -> str:
    """ "3 answers": the number with its noun, a key of words.COUNTED, in the right form."""
    return words.counted(number=number or 0, noun=noun)


@register.filter
def hue(key: object) -> str:
    """The class of the key's own hue, for other things than people and topics."""
    return f"hue-{faces.hue(key)}"


@register.simple_tag(takes_context=True)
def way(context: template.Context, where: str, sign: str, label: str, css: str = "way") -> SafeString | str:
    """One way of the navigation, marked where one stands; a room that is not built has none."""
    try:
        address = reverse(where)
    except NoReverseMatch:
        return ""
    here = mark_safe(' aria-current="page"') if where.partition(":")[0] == context.get("here") else ""
    return format_html(
        '<a class="{}" href="{}"{}>{}<span class="way-name">{}</span></a>',
        css,
        address,
        here,
        icon(sign),
        label,
    )


@register.simple_tag(takes_context=True)
def followed(context: template.Context, flows: Iterable[Any]) -> SafeString:
    """The topics or communities one follows, in the navigation: each with .name .url .unread .muted."""
    path = getattr(context.get("request"), "path", "")
    return format_html_join("\n", "{}", ((_followed(flow, flow.url == path),) for flow in flows))


def _followed(flow: Any, is_here: bool) -> SafeString:
    here = mark_safe(' aria-current="page"') if is_here else ""
    number = ""
    if flow.muted:
        number = icon("bell-off", _("muted"))
    elif flow.unread:
        number = format_html(
            '<span class="num">{}<span class="visually-hidden"> {}</span></span>', flow.unread, _("unread")
        )
    css = "way muted" if flow.muted else "way"
    return format_html(
        '<a class="{}" href="{}"{}><span class="way-name">{}</span>{}</a>',
        css,
        flow.url,
        here,
        flow.name,
        number,
    )


@register.inclusion_tag("house/field.html")
def form_field(
    field: BoundField, label: str = "", hint: str | None = None, cards: bool = False
) -> dict[str, object]:
    """A form field with label, hint and its errors, tied together for screen readers. No placeholders."""
    field.help_text = field.help_text if hint is None else hint
    kind = field.widget_type
    blank: dict[str, str | bool] = {"placeholder": ""} if "placeholder" in field.field.widget.attrs else {}
    return {
        "field": field,
        "label": label or field.label,
        "hint": field.help_text,
        "is_box": kind in ONE_CHOICE_BOXES,
        "is_group": kind in MANY_CHOICES,
        "is_optional": not field.field.required and not hasattr(field.field, "choices"),
        "cards": cards,
        "control": "" if kind in MANY_CHOICES else field.as_widget(attrs=blank),
    }
