"""Parts of a page that are the same for everybody: `{% load kept %}`."""

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
MOST = 500
_kept: dict[tuple, SafeString] = {}


@register.tag
def kept(parser: Parser, token: Token) -> "KeptNode":
    """`{% kept "name" key=value %}…{% endkept %}`: rendered once a language, for each set of values.

    Inside stands nothing but the values given: whatever belongs to the viewer is not there to be kept by mistake.
    """
    bits = token.split_contents()
    if len(bits) < 2:
        raise template.TemplateSyntaxError("kept needs a name")
    given = token_kwargs(bits[2:], parser)
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(bits[1].strip("\"'"), given, nodelist)


class KeptNode(template.Node):
    def __init__(self, name: str, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name, self.given, self.nodelist = name, given, nodelist

    def render(self, context: template.Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.given.items()}
        key = (self.name, get_language(), *values.values())
        if settings.DEBUG or key not in _kept:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = mark_safe(self.nodelist.render(self._alone(context, values)))  # noqa: S308
        return _kept[key]

    def _alone(self, context: template.Context, values: dict[str, object]) -> template.Context:
        alone = context.new(values)
        alone.template = context.template
        return alone
