from typing import Any

from django import template

from community.bundles.views import demo_is_open, demo_people

register = template.Library()


@register.inclusion_tag("bundles/_people.html", takes_context=True)
def demo_sign_in(context: dict[str, Any]) -> dict[str, Any]:
    """The people of the demo to sign in as; nothing where the demo is not open."""
    request = context.get("request")
    opened = request is not None and demo_is_open(request)
    return {"people": demo_people() if opened else [], "csrf_token": context.get("csrf_token")}
