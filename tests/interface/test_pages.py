"""The frame, the entrance, the error pages and the style guide as a person meets them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from community.interface.context_processors import house
from tests import factories

HEADINGS = re.compile(r"<h1\b")


def test_styleguide_shows_every_part_in_the_demo(signed_in, settings):
    settings.DEMO_MODE = True

    page = signed_in.get(reverse("styleguide")).content.decode()

    assert len(HEADINGS.findall(page)) == 1
    assert re.findall(r'\sstyle="|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="', page) == []


def test_styleguide_is_not_there_outside_the_demo(signed_in, settings):
    settings.DEMO_MODE = False

    assert signed_in.get(reverse("styleguide")).status_code == 404


def test_landmarks_have_names(signed_in, settings):
    settings.DEMO_MODE = True

    page = signed_in.get(reverse("styleguide")).content.decode()

    assert [tag for tag in re.findall(r"<(?:nav|aside)\b[^>]*>", page) if "aria-label=" not in tag] == []
    assert page.count('<main class="main" id="main"') == 1
    assert '<a class="skip" href="#main">' in page


@pytest.mark.django_db
def test_sign_in_page_is_the_house_s_own(client):
    response = client.get(reverse("account_login"))

    assert response.templates[0].name == "account/login.html"
    assert "entrance.html" in {template.name for template in response.templates}
    assert len(HEADINGS.findall(response.content.decode())) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["account_reset_password", "account_reset_password_done", "account_signup", "account_inactive"]
)
def test_pages_at_the_entrance_have_one_heading(client, name):
    assert len(HEADINGS.findall(client.get(reverse(name)).content.decode())) == 1


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_need_no_context(name):
    page = render_to_string(f"{name}.html")

    assert len(HEADINGS.findall(page)) == 1
    assert "<title>" in page


def test_page_not_found_keeps_the_house_s_face(signed_in):
    response = signed_in.get("/there/is/nothing/")

    assert response.status_code == 404
    assert response.templates[0].name == "404.html"


def test_theme_is_remembered_and_forgotten(signed_in):
    kept = signed_in.post(reverse("theme"), {"theme": "dark", "next": "/people/"})
    dropped = signed_in.post(reverse("theme"), {"theme": ""})

    assert (kept.url, kept.cookies["theme"].value) == ("/people/", "dark")
    assert (dropped.url, dropped.cookies["theme"].value) == ("/", "")


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_theme_leads_nowhere_else(signed_in, there):
    assert signed_in.post(reverse("theme"), {"theme": "dark", "next": there}).url == "/"


def test_an_unknown_theme_cookie_is_not_shown(rf: RequestFactory):
    request = rf.get("/", headers={"cookie": 'theme="><script>'})

    assert house(request)["theme"] == ""


def test_theme_is_a_post(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("theme")).status_code == 405


@pytest.mark.parametrize(
    "path", sorted((Path(settings.BASE_DIR) / "static/css").glob("*.css")), ids=lambda path: path.name
)
def test_css_files_stay_small_and_in_their_layer(path):
    text = path.read_text()

    unlayered = path.name == "wiki-admin.css"  # Wagtail's own styles stand in no layer and would win over one
    assert ("@layer" in text) is not unlayered
    assert len(text.splitlines()) <= 300


@pytest.mark.django_db
def test_the_frame_shows_each_person_their_own_name(client, settings):
    settings.DEMO_MODE = True
    named = []
    for user in (factories.person("Maja Lind"), factories.person("Omar Falck")):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(reverse("styleguide")).content.decode()
        named.append([name for name in ("Maja Lind", "Omar Falck") if f"<b>{name}</b>" in page])

    assert named == [["Maja Lind"], ["Omar Falck"]]


def test_the_frame_leads_to_every_room(signed_in, settings):
    settings.DEMO_MODE = True

    page = signed_in.get(reverse("styleguide")).content.decode()

    ways = [
        "flow",
        "forum:list",
        "wiki:index",
        "topics:list",
        "communities:list",
        "people:directory",
        "maturity:home",
    ]
    assert re.findall(r'<a class="way" href="([^"]+)">', page)[:7] == [reverse(way) for way in ways]
    shared = ["?kind=question", "?kind=discussion", "?kind=experience"]
    assert [f'href="{reverse("forum:ask")}{kind}"' in page for kind in shared] == [True, True, True]
