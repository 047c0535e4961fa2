"""Requests that no browser of ours sends: the house answers in its own words, never with a trace."""

import struct
import zlib
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.house.addresses import addresses
from tests.house.furnished import address, client_of, furnish, values
from tests.house.hostile_values import ODD

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def house():
    return furnish()


def broken(answers) -> list:
    return [(name, answer.status_code) for name, answer in answers if answer.status_code >= 500]


def asked_with_everything(house) -> dict[str, list[str]]:
    """Every address that reads something of its question mark."""
    club, page = house.club.slug, house.page.pk
    return {
        "/": ["before", "show"],
        "/search/": ["kind", "topic", "solved", "page"],
        "/people/": ["role", "unit", "topic", "page"],
        "/forum/": ["before", "kind", "topic", "community"],
        "/forum/ask/": ["kind", "topic", "community", "about", "title"],
        f"/forum/{house.thread.pk}/": ["page", "post", "reply"],
        house.ink.get_absolute_url(): ["before", "show"],
        f"/communities/{club}/": ["before"],
        f"/communities/{club}/members/": ["page"],
        f"/people/{house.boss.pk}/": ["before"],
        "/topics/+start/": ["name"],
        "/wiki/new/": ["under", "from", "title", "community"],
        address("wiki:history", page): ["after"],
        address("wiki:compare", page): ["old", "new"],
    }


def test_odd_filters_pages_and_places(house):
    client = client_of(house.anna, raise_request_exception=False)

    answers = [
        ((path, name, odd[:30]), client.get(f"{path}?{urlencode({name: odd})}"))
        for path, names in asked_with_everything(house).items()
        for name in names
        for odd in ODD
    ]

    assert broken(answers) == []


def test_odd_numbers_and_choices_in_forms(house):
    client = client_of(house.boss, raise_request_exception=False)
    forms = {
        "/follow/": {"kind": "topic", "pk": house.ink.pk, "level": "follow"},
        "/seen/": {"kind": "topic", "pk": house.ink.pk},
        "/feeds/make/": {"form": "topic", "slug": "ink"},
        address("communities:answer", house.closed.slug): {"person": 1, "answer": "yes"},
        address("communities:invite", house.closed.slug): {"pk": 1},
        address("communities:set_role", house.closed.slug): {"person": house.boss.pk, "role": "member"},
        address("communities:edit", house.club.slug): {"name": "Club", "visibility": "open"},
        "/me/rhythm/": {"language": "sv", "time_zone": "UTC", "digest_weekday": "1", "digest_hour": "1"},
        address("wiki:edit", house.page.pk): {"title": "Guide", "body": "x", "topics": "", "base": 1},
        address("wiki:confirm", house.page.pk): {"next_on": "2030-01-01"},
        "/forum/ask/": {"title": "How?", "body": "x", "topics": "Ink", "community": "", "token": "", "body_form": "html"},
        "/topics/+start/": {"name": "Glue", "broader": "1"},
        "/language/setlang/": {"language": "sv"},
        "/house/theme/": {"theme": "dark"},
    }  # fmt: skip

    answers = [
        ((path, name, odd[:30]), client.post(path, urlencode(form | {name: odd}), content_type=FORM))
        for path, form in forms.items()
        for name in form
        for odd in ODD[::2]
    ]

    assert broken(answers) == []


@pytest.mark.parametrize(
    "odd", ["%00", "%ED%A0%80", "9" * 400, "%2e%2e%2f", "%0a", "x" * 3000, "%E2%80%AE", "-1", str(2**64)]
)
def test_odd_addresses(house, odd):
    client = client_of(house.anna, raise_request_exception=False)
    odd_everywhere = {name: [odd] for name in ("pk", "item_id", "note", "slug", "path", "token", "name")} | {
        "form": ["topic"],
        "suffix": ["atom"],
    }

    answers = [(path, client.get(path)) for path in addresses(odd_everywhere, skip="admin/")]

    assert broken(answers) == []


@pytest.mark.parametrize("method", ["head", "options", "put", "patch", "delete", "trace"])
def test_every_method_everywhere(house, method):
    client = client_of(house.anna, raise_request_exception=False)

    answers = [
        (path, getattr(client, method)(path))
        for path in addresses(values(house) | {"pk": [house.page.pk]}, skip="admin/")
    ]

    assert broken(answers) == []


COOKIES = ['sessionid=\x01\x02; theme="><script>', "sessionid=" + "x" * 5000, "flow_visit=1_%s" % ("9" * 10), "flow_visit=__; django_language=../../x",
           "messages=W1siX19qc29u; csrftoken=x", "=;;==; ;", "theme=%00"]  # fmt: skip
LANGUAGES = [
    "",
    "*",
    "xx-YY-zz;q=abc",
    "sv," * 5000,
    "\x00",
    "../../etc",
    "sv;q=1e999",
    "zh-hant-" + "a" * 600,
]


@pytest.mark.parametrize("facts", [*({"HTTP_COOKIE": cookie} for cookie in COOKIES), *({"HTTP_ACCEPT_LANGUAGE": wish} for wish in LANGUAGES),
                                   {"HTTP_REFERER": "http://[::1"}, {"HTTP_IF_MODIFIED_SINCE": "yesterday"}, {"HTTP_IF_NONE_MATCH": '"' * 999},
                                   {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[::1"}, {"REMOTE_ADDR": "nobody"},
                                   {"HTTP_X_FORWARDED_FOR": "'; --, , 9" * 300}, {"HTTP_USER_AGENT": "\x00\xff" * 500}, {"HTTP_RANGE": "bytes=9-1"}],
                         ids=str)  # fmt: skip
def test_odd_headers(house, facts):
    held = client_of(house.anna, raise_request_exception=False)
    kept = f"{facts.get('HTTP_COOKIE', '')}; sessionid={held.cookies['sessionid'].value}"
    signed_in = facts | ({"HTTP_COOKIE": kept} if "HTTP_COOKIE" in facts else {})
    paths = [
        "/",
        "/accounts/login/",
        "/search/?q=ink",
        "/feeds/flow.atom",
        f"/feeds/t/{house.secret}/flow.atom",
        f"/feeds/t/{'x' * 43}/flow.atom",
    ]

    answers = [(path, held.get(path, **sent)) for path in paths for sent in (facts, signed_in)]

    assert broken(answers) == []


BODIES = [
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=body"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=" + "x" * 300, b"x"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a\x00.png"\r\n\r\nx\r\n--x--'),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="body"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%\r\n--x--'),
    (FORM, b"body=%ZZ&%%%&=&&&==&body"),
    (FORM, b"&".join(b"a=1" for _ in range(1500))),
    (FORM + "; charset=nonsense", b"body=x"),
    (FORM + "; charset=utf-16", b"body=x"),
    ("application/json", b'{"body": ['),
    ("text/xml", b"<!DOCTYPE x [<!ENTITY a 'a'>]>"),
    ("", b"\x00\xff"),
    (FORM, b"body=" + b"x" * 3_000_000),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=range(len(BODIES)))
def test_odd_bodies(house, kind, body):
    client = client_of(house.anna, raise_request_exception=False)
    paths = [
        address("forum:reply", house.opening.pk),
        "/forum/ask/",
        "/wiki/new/",
        "/me/present/",
        "/me/photo/",
        "/accounts/login/",
        "/topics/+start/",
    ]

    answers = [(path, client.generic("POST", path, body, content_type=kind)) for path in paths]

    assert broken(answers) == []
    if len(body) > 2_500_000:
        assert [(answer.status_code, answer.templates[0].name) for _, answer in answers] == [
            (400, "400.html")
        ] * len(paths)


def bomb() -> bytes:
    """A PNG of 20,000 × 20,000 pixels in one bit each."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    rows = zlib.compress(b"\x00" * (2501 * 20_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def picture(form: str, size=(64, 64), **facts) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "red").save(kept, form, **facts)
    return kept.getvalue()


def film() -> bytes:
    return picture(
        "GIF",
        (200, 200),
        save_all=True,
        append_images=[Image.new("RGB", (200, 200), (n % 255, 0, 0)) for n in range(300)],
    )


UPLOADS = {
    "drawing.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 422),
    "page.png": (b"<!doctype html><script>alert(1)</script>", 422),
    "both.gif": (b"GIF89a/*<script>alert(1)</script>*/", 422),
    "bomb.png": (bomb(), 422),
    "half.jpg": (picture("JPEG", (800, 800))[:900], 422),
    "empty.png": (b"", 422),
    "script.png": (b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file", 422),
    "film.gif": (film(), 302),
    "../../../evil\x00.png": (picture("PNG"), 302),
}  # fmt: skip


@pytest.mark.parametrize("name", UPLOADS)
def test_photos_that_are_none(house, name, tmp_path):
    content, status = UPLOADS[name]
    client = client_of(house.anna, raise_request_exception=False)

    answer = client.post("/me/photo/", {"photo": SimpleUploadedFile(name, content, content_type="image/png")})

    kept = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert (answer.status_code, len(kept)) == (status, int(status == 302))
    for path in kept:
        assert path.parent == tmp_path / "media" / "photos"
        assert Image.open(path).format == "WEBP"
        assert client.get(f"/people/{house.anna.pk}/photo/")["Content-Type"] == "image/webp"
