"""reST, as Django's documentation writes it, becomes plain HTML."""

import pytest
from docutils.parsers.rst import directives, roles

from community.bundles.converters.docs_index import DocsIndex
from community.bundles.converters.rest_html import PageRenderer
from community.bundles.converters.rest_markup import parse


def page_html(text, **more):
    sources = {"here": text, **more}
    renderer = PageRenderer(DocsIndex(sources), lambda page: page)
    return renderer.render("here", parse(text)), dict(renderer.unkept)


@pytest.mark.parametrize(
    ("rest", "html"),
    [
        ("Title\n=====\n\nPart\n----\n\nSub\n~~~\n\nx", "<h2>Part</h2><h3>Sub</h3><p>x</p>"),
        (
            "One **two** *three* ``<b>``",
            "<p>One <strong>two</strong> <em>three</em> <code>&lt;b&gt;</code></p>",
        ),
        (
            ".. code-block:: python\n    :emphasize-lines: 1\n    :caption: a.py\n\n    x < 1",
            '<p><em>a.py</em></p><pre><code class="language-python">x &lt; 1</code></pre>',
        ),
        ("So::\n\n    import this", '<p>So:</p><pre><code class="language-python">import this</code></pre>'),
        ("So::\n\n    not python at all", "<p>So:</p><pre><code>not python at all</code></pre>"),
        (">>> 1\n1", '<pre><code class="language-pycon">&gt;&gt;&gt; 1\n1</code></pre>'),
        (".. console::\n\n    $ ls", '<pre><code class="language-console">$ ls</code></pre>'),
        (".. note::\n\n    Hm.", "<blockquote><p><strong>Note</strong></p><p>Hm.</p></blockquote>"),
        (
            ".. admonition:: Why?\n\n    So.",
            "<blockquote><p><strong>Why?</strong></p><p>So.</p></blockquote>",
        ),
        (
            ".. versionadded:: 5.2\n\n    It is.",
            "<blockquote><p><strong>New in Django 5.2</strong></p><p>It is.</p></blockquote>",
        ),
        (
            ".. method:: Model.save(*, using=None)\n\n    Saves.",
            "<p><strong><code>Model.save(*, using=None)</code></strong></p><p>Saves.</p>",
        ),
        ("term\n    It.", "<ul><li><p><strong>term</strong></p><p>It.</p></li></ul>"),
        (
            "== ==\nA  B\n== ==\n1  2\n== ==",
            (
                "<table><thead><tr><th><p>A</p></th><th><p>B</p></th></tr></thead>"
                "<tbody><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>"
            ),
        ),
        ("3. c\n4. d", '<ol start="3"><li><p>c</p></li><li><p>d</p></li></ol>'),
        (
            ":ticket:`1` :cve:`2025-1`",
            (
                '<p><a href="https://code.djangoproject.com/ticket/1">#1</a> '
                '<a href="https://www.cve.org/CVERecord?id=CVE-2025-1">CVE-2025-1</a></p>'
            ),
        ),
        (":meth:`~a.B.c` :func:`!f`", "<p><code>c()</code> <code>f()</code></p>"),
        (".. setting:: DEBUG\n\n.. index:: x", ""),
        (".. raw:: html\n\n    <script>", "<p>html</p><p>&lt;script&gt;</p>"),
    ],
)
def test_rest_becomes_plain_html(rest, html):
    assert page_html(rest)[0] == html


@pytest.mark.parametrize(
    ("rest", "html"),
    [
        (":doc:`there`", '<p><a href="page:there">There it is</a></p>'),
        (":doc:`go </there>`", '<p><a href="page:there">go</a></p>'),
        (":ref:`a-label`", '<p><a href="page:there">The part</a></p>'),
        (":ref:`So <A-Label>`", '<p><a href="page:there">So</a></p>'),
        (":ref:`there:The part`", '<p><a href="page:there">The part</a></p>'),
        (":setting:`DEBUG`", '<p><a href="page:there"><code>DEBUG</code></a></p>'),
        (":class:`~django.x.Thing`", '<p><a href="page:there"><code>Thing</code></a></p>'),
        (":meth:`Thing.go`", '<p><a href="page:there"><code>Thing.go()</code></a></p>'),
        (":doc:`nowhere`", "<p>nowhere</p>"),
        (":ref:`python:tut`", "<p>tut</p>"),
        (":doc:`here`", "<p>here</p>"),
        (
            ".. toctree::\n\n    there\n    gone",
            '<ul><li><p><a href="page:there">There it is</a></p></li></ul>',
        ),
    ],
)
def test_references_become_links_to_pages_of_the_bundle(rest, html):
    there = (
        "===========\nThere it is\n===========\n\n.. _a-label:\n\nThe part\n--------\n\n.. setting:: DEBUG\n"
        "\n.. module:: django.x\n\n.. class:: Thing(a)\n\n    .. method:: go()\n"
    )

    assert page_html(rest, there=there)[0] == html


def test_unknown_markup_stays_readable_and_is_counted():
    html, unkept = page_html(
        ":mood:`fine` day\n\n.. tune:: La\n    :key: c\n\n    *la* la\n\n.. image:: a/b.png"
    )

    assert html == "<p>fine day</p><p>La</p><p><em>la</em> la</p><p><em>[Image: b.png]</em></p>"
    assert unkept == {"role mood": 1, "directive tune": 1, "image": 1}


def test_parsing_leaves_docutils_as_it_was():
    before = dict(directives._directives), dict(roles._roles)

    parse(".. class:: A\n\n:mood:`x`")

    assert (directives._directives, roles._roles) == before
