"""Switching the two-step log-in on and coming in by it, as staff do: on a phone, in the dark, and on a big screen."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from greensheets_site.accounts import roles, second_step
from tests.desk import staff

from .helpers import axe_violations, screenshot, sign_in

QUIETLY = {"preload": False}


def sound(page, name, width):
    screenshot(page, f"{name}-{width}")
    assert axe_violations(page, options=QUIETLY) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def shown_code(link):
    """What the app would show of the key in this link."""
    secret = parse_qs(urlsplit(link).query)["secret"][0]
    key = base64.b32decode(secret)
    return second_step.code_for(key, second_step.number_at(timezone.now()))


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_it_is_switched_on_and_opens_the_desk(open_page, transactional_db, width, scheme):
    page = open_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    sign_in(page, staff(roles.EDITOR, "erin"))
    page.goto("/admin/")
    page.get_by_role("link", name="Two-step log-in").click()
    link = page.get_by_role("link", name="open the app").get_attribute("href")
    sound(page, "second-step-off", width)
    page.get_by_label("Your password").fill("greensheets")
    page.locator("#id_code").fill(shown_code(link))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    sound(page, "second-step-codes", width)
    recovery = page.locator(".recovery-codes li").first.inner_text()
    page.goto("/admin/second-step/")
    expect(page.get_by_text("10 of your recovery codes are left")).to_be_visible()
    sound(page, "second-step-on", width)
    page.get_by_role("button", name="Log out").click()

    page.goto("/admin/news/article/")
    page.get_by_label("Username").fill("erin")
    page.get_by_label("Password").fill("greensheets")
    page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_be_focused()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That code is wrong")).to_be_visible()
    sound(page, "second-step-door", width)
    page.locator("#id_code").fill(recovery)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/news/article/")
