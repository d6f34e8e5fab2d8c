"""The emails as a mail program would show them: on a phone and on a desk, in light and in dark."""

import pytest

from mailing.emails import letters, week
from mailing.models import ConsentEvent, ContactMessage
from mailing.models.choices import Choice
from mailing.readers import joining
from tests.builders import a_subscriber, a_term, a_vacancy, an_edition, london

from .helpers import axe_violations, screenshot

pytestmark = pytest.mark.django_db
SEVEN = london(2026, 4, 27, 7)
# Landmarks are a matter of pages: a mail program shows the email within its own.
OF_PAGES = {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}
SIZES = [(320, "light"), (360, "dark"), (640, "light"), (640, "dark")]


def weekly() -> letters.Letter:
    a_term()
    a_vacancy("Teaching Assistant (one-to-one SEND support)", role="teaching-assistant", actual_pay_min=17_188)
    a_vacancy("Class Teacher")
    return letters.weekly(week.load(an_edition(published_at=SEVEN), SEVEN), Choice())


def confirmation() -> letters.Letter:
    joining.ask_to_join("new@readers.example", Choice(), SEVEN)
    joining.take_sign_ups(SEVEN)
    return letters.confirmation(ConsentEvent.objects.get())


def already_reading() -> letters.Letter:
    return letters.confirmation(ConsentEvent(subscriber=a_subscriber(), kind="requested"))


def contact() -> letters.Letter:
    hostile = "<script>alert(1)</script> " + "x" * 300
    return letters.message_to_office(
        ContactMessage(pk=1, enquiry="other", name=hostile, email="bo@visitors.example", message=hostile)
    )


def warning() -> letters.Letter:
    return letters.warning("The weekly email is paused.")


@pytest.mark.parametrize("letter", [weekly, confirmation, already_reading, contact, warning], ids=lambda letter: letter.__name__)
def test_m16_an_email_fits_a_phone_and_is_readable_in_light_and_dark(browser, letter):
    html, found = letter().html, {}
    for width, scheme in SIZES:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.set_content(html)
        violations = axe_violations(page, options={"rules": OF_PAGES})
        overflow = page.evaluate("document.documentElement.scrollWidth") - width
        found[width, scheme] = violations + ([f"{overflow} pixels too wide"] if overflow > 0 else [])
        screenshot(page, f"email-{letter.__name__}-{width}-{scheme}")
        context.close()
    assert {size: wrong for size, wrong in found.items() if wrong} == {}


def test_m17_an_email_is_readable_without_its_styles(browser):
    html = weekly().html
    context = browser.new_context(viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.set_content(html)
    page.evaluate("document.querySelectorAll('style').forEach(s => s.remove())")
    page.evaluate("document.querySelectorAll('[style]').forEach(e => e.removeAttribute('style'))")
    words = page.inner_text("body")
    context.close()
    for part in (
        "2 new posts this week",
        "Class Teacher",
        "£17,188",
        "Closes Tuesday 12 May, noon",
        "Unsubscribe with one click",
    ):
        assert part in words
