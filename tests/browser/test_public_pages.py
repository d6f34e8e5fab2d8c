"""Every kind of public page that shows adverts, as a reader meets it: no fault for axe, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from tests.builders import a_school, a_vacancy
from vacancies.models import Status
from vacancies.schedule import DAY

ADDRESSES = [
    "/",
    "/vacancies/",
    "/vacancies/?q=wizard&where=SW1A",
    "/vacancies/?q=class+teacher+part+time",
    "/vacancies/in/atlantis/",
]


@pytest.fixture
def adverts(transactional_db):
    """One live, one closed, one withdrawn, at a school; their addresses."""
    now = timezone.now()
    school = a_school(latitude=51.0, longitude=-2.0)
    dates = {"publish_on": timezone.localdate(now) - DAY, "school": school}
    live = a_vacancy("Class Teacher", closes_at=now + 9 * DAY, **dates)
    closed = a_vacancy("Cook", closes_at=now - DAY / 2, **dates)
    gone = a_vacancy("Cleaner", status=Status.WITHDRAWN, **dates)
    return [live.get_absolute_url(), closed.get_absolute_url(), gone.get_absolute_url(), school.get_absolute_url()]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_fault_that_axe_finds_or_scrolls_sideways(open_page, problems, adverts, theme, width):
    page = open_page(color_scheme=theme, viewport={"width": width, "height": 900})
    for address in [*ADDRESSES, *adverts]:
        page.goto(address)
        violations = Axe().run(page).response["violations"]
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in violations] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    # A page that answers 404 or 410 on purpose is reported as failed by the browser.
    problems[:] = [problem for problem in problems if "404" not in problem and "410" not in problem]


def test_search_works_by_keyboard_alone(page, adverts):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.focus("#id_q")
    page.keyboard.type("class teacher")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vacancies/?q=class+teacher&where=")
    assert page.locator("#results").text_content() == "1 post"


def test_filters_are_applied_at_once_on_a_wide_screen(page, adverts):
    page.goto("/vacancies/")
    page.check("input[name=pattern][value=full_time]")
    page.wait_for_url("**pattern=full_time**")
    assert page.locator(".chips li").count() == 1


def test_filters_work_without_scripts_on_a_phone(open_page, adverts):
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page.goto("/vacancies/")
    assert not page.is_visible("input[name=pattern]")
    page.click(".filters summary")
    page.check("input[name=pattern][value=full_time]")
    page.click(".filters button")
    page.wait_for_url("**pattern=full_time**")
    assert page.locator("#results").text_content() == "1 post"
