"""What is kept for everybody holds nothing of anybody."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation


def render(source: str, **context: object) -> str:
    return Template("{% load kept i18n %}" + source).render(Context(context))


def test_kept_holds_nothing_of_the_viewer():
    source = '{% kept "test-viewer" %}[{{ user }}]{% endkept %}'

    assert [render(source, user="Maja"), render(source, user="Omar")] == ["[]", "[]"]


def test_kept_is_kept_for_each_value():
    source = '{% kept "test-value" here=here %}[{{ here }}]{% endkept %}'

    assert [render(source, here=here) for here in ("forum", "wiki", "forum")] == [
        "[forum]",
        "[wiki]",
        "[forum]",
    ]


def test_kept_is_kept_for_each_language():
    source = '{% kept "test-language" %}{% get_current_language as code %}{{ code }}{% endkept %}'

    shown = []
    for code in ("sv", "en", "sv"):
        with translation.override(code):
            shown.append(render(source))

    assert shown == ["sv", "en", "sv"]


def test_kept_is_rendered_once():
    calls = []
    source = '{% kept "test-once" call=call %}{{ call.now }}{% endkept %}'

    class Call:
        def now(self) -> str:
            calls.append(1)
            return "x"

    call = Call()

    assert (render(source, call=call), render(source, call=call), len(calls)) == ("x", "x", 1)


def test_kept_escapes_what_it_is_given():
    assert render('{% kept "test-escape" name=name %}{{ name }}{% endkept %}', name="<b>") == "&lt;b&gt;"


def test_kept_needs_a_name():
    with pytest.raises(TemplateSyntaxError):
        render("{% kept %}{% endkept %}")
