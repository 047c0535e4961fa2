"""The one normaliser and the one sanitiser."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community import text
from tests.ground.danger import dangers

PAYLOADS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='//evil.example/pixel.gif'>",
    "<img src=https://evil.example/pixel.gif>",
    "<img src=/images/../../evil>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='\\\\evil.example'>x</a>",
    "<a href='/\t/evil.example'>x</a>",
    "<a href='http://[::1'>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<form action=/admin/><input name=x><button>x</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p onclick=alert(1)>x</p>",
    "<p><noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<object data=javascript:alert(1)></object><embed src=x>",
    "<table background=javascript:alert(1)><td colspan=99999999>x</table>",
    "<code class='language-python evil'>x</code><pre class=x>y</pre>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\x00<scr\x00ipt>alert(1)</script>",
    "<a href='https://fine.example' target=_blank rel=opener>x</a>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_dangerous_survives(payload):
    clean = text.prose(payload)

    assert dangers(clean) == []
    assert text.prose(clean) == clean


@given(st.text(alphabet=st.sampled_from("<>/=\"' \tabscript:on&#;!-x"), max_size=80))
@settings(max_examples=300, deadline=None)
def test_nothing_dangerous_can_be_put_together(soup):
    clean = text.prose(soup)

    assert dangers(clean) == []
    assert text.prose(clean) == clean


def test_what_people_write_with_survives():
    written = (
        "<h2>Rubrik</h2><p>Text med <strong>fet</strong>, <em>kursiv</em> och "
        '<a href="/wiki/rutin/" rel="noopener nofollow">länk</a>.</p><ul><li>ett</li></ul>'
        '<table><tbody><tr><th scope="col">a</th><td colspan="2">b</td></tr></tbody></table>'
        '<pre><code class="language-python">x = 1</code></pre><img src="/images/5/fil.png" alt="En bild">'
    )

    assert text.prose(written) == written


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Hej \n på\tdig ", "Hej på dig"),
        ("a\x00b\x08c\ud800d\uffffe", "abcde"),
        ("e\u0301", "é"),
        ("\u202egnirts", "gnirts"),
        ("\u200b\u3164", ""),
        ("   ", ""),
        ("👩‍👩‍👧 familj", "👩‍👩‍👧 familj"),
    ],
)
def test_line(typed, line):
    assert text.line(typed) == line


def test_a_tower_of_marks_is_cut():
    assert len(text.normalise("o" + "\u0301" * 10_000)) < 10


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_normalising_twice_is_normalising_once(typed):
    once = text.normalise(typed)

    assert text.normalise(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("a", "b"), [("Hygien", "HYGIEN"), ("ＶＡ", "VA"), ("Ö", "ö"), ("a\u200bb", "ab"), (" x ", "x")]
)
def test_names_that_people_would_call_the_same_have_one_key(a, b):
    assert text.key(a) == text.key(b)


def test_slugs_are_unique_and_never_empty():
    taken: set[str] = set()
    for name in ["C++", "C#", "C", "c", "日本語", "😀", "😀", "Ämne", "---"]:
        taken.add(text.unique_slug(name, taken.__contains__, fallback="topic"))

    assert taken == {"c-plus-plus", "c-sharp", "c", "c-2", "日本語", "topic", "topic-2", "ämne", "topic-3"}


def test_plain_keeps_words_apart():
    assert (
        text.plain("<h2>Ett</h2><p>två &lt;tre&gt;</p><ul><li>fyra</li><li>fem</li></ul>")
        == "Ett\ntvå <tre>\nfyra\nfem"
    )


def test_excerpt_leaves_headings_out_unless_they_are_all_there_is():
    assert text.excerpt("<h3>Situation</h3><p>Det brann.</p>") == "Det brann."
    assert text.excerpt("<h2>Bara rubrik</h2>") == "Bara rubrik"


def test_excerpt_is_cut_at_a_word():
    assert text.excerpt("<p>" + "ord " * 100 + "</p>", 20) == "ord ord ord ord…"


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_plain_text_becomes_paragraphs_without_danger(typed):
    assert dangers(text.from_plain(typed)) == []


def test_plain_text_is_shown_as_typed():
    assert (
        text.plain(text.from_plain("a < b\nrad två\n\nnytt stycke & <b>"))
        == "a < b\nrad två\nnytt stycke & <b>"
    )


@pytest.mark.parametrize(
    "heavy", ["<div>" * 10_000, "[" * 50_000, "<ul><li>" * 500 + "x", "<a href=x " * 5_000, "&" * 50_000]
)
def test_heavy_input_comes_out_parsable(heavy):
    html5lib.parseFragment(text.prose(heavy), treebuilder="etree")
