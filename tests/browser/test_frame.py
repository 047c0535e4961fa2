"""What the frame does in a real browser, by keyboard and with nothing that the CSP refuses."""

import pytest
from django.urls import reverse

from tests.browser.tabs import faults, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def guide(tab):
    tab.goto(reverse("styleguide"))
    return tab


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_any_part(guide, theme, width):
    guide.emulate_media(color_scheme=theme)
    guide.set_viewport_size({"width": width, "height": 900})

    assert violations(guide) == []


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_nothing_is_wider_than_the_screen(guide, width):
    guide.set_viewport_size({"width": width, "height": 900})

    assert guide.evaluate("document.documentElement.scrollWidth") == width


def test_slash_goes_to_the_search_field_but_not_while_writing(guide):
    guide.evaluate("document.activeElement.blur()")
    guide.keyboard.press("/")
    focused = guide.evaluate("document.activeElement.name")
    guide.keyboard.type("a/b")

    assert (focused, guide.input_value(".top-search input")) == ("q", "a/b")


def test_escape_closes_a_menu_and_gives_the_focus_back(guide):
    guide.focus(".top .menu > summary")
    guide.keyboard.press("Enter")
    opened = guide.is_visible(".top .menu-panel a >> nth=0")
    guide.keyboard.press("Escape")

    assert (opened, guide.is_visible(".top .menu > .menu-panel")) == (True, False)
    assert guide.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_theme_is_worn_at_once_and_kept(guide):
    guide.click(".top [popovertarget=me-menu]")
    with guide.expect_response("**" + reverse("theme")):
        guide.click("#me-menu [name=theme][value=dark]")
    at_once = guide.get_attribute("html", "data-theme")
    guide.reload()

    assert (at_once, guide.get_attribute("html", "data-theme")) == ("dark", "dark")
    assert guide.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_me_menu_opens_from_the_bottom_of_a_phone(guide):
    guide.set_viewport_size({"width": 390, "height": 844})
    guide.click(".bottom [popovertarget=me-menu]")

    assert guide.is_visible(f"#me-menu a[href='{reverse('communities:list')}']")


def test_sign_out_from_the_menu(guide):
    guide.click(".top [popovertarget=me-menu]")
    guide.click(f"#me-menu [formaction='{reverse('account_logout')}']")
    guide.wait_for_url("**" + reverse("account_login") + "**")

    assert guide.is_visible("[name=login]")


def test_topics_become_chips_and_go_back_to_words(guide):
    box = guide.locator("[data-picker]").first
    box.get_by_role("combobox").fill("Hygien")
    box.get_by_role("combobox").press("Enter")
    box.get_by_role("button", name="Nattarbete").click()

    assert box.locator(".chip").all_inner_texts() == ["Läkemedel\n×", "Hygien\n×"]
    assert box.locator("[name=topics]").input_value() == "Läkemedel, Hygien"


def test_a_toast_can_be_sent_away(guide):
    guide.locator(".toast [data-dismiss]").last.click()

    assert guide.locator(".toast").count() == 1


def test_page_not_found_is_quiet_and_readable(tab):
    tab.goto("/there/is/nothing/")

    assert faults(tab, (1280, "light"), (390, "dark")) == {}
