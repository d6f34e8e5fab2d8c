"""A school's message pasted into a new advert, worked as staff work it."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.builders import a_school, a_term
from tests.desk import staff
from vacancies.models import School, Subject, Vacancy

from .advert_form import body_of, open_form
from .helpers import axe_violations, screenshot, sign_in, wait_until

EMAIL = """From: Sandra Lovell <slovell@pennywell.example>
To: adverts@greensheets.example
Subject: Cook post

Hi Sue

Please put this in the next edition, our PO is 20881.

School Cook
Pennywell Primary School
Hours: 27.5 per week, 8.00am to 1.30pm, Monday to Friday
Term time only
£13.69 per hour
Permanent
Start date: as soon as possible

We need a cook who enjoys feeding hungry children.

Please return the application form to jobs@pennywell.example. We do not accept CVs.
Closing date: 9am on {day:%A} {day.day} {day:%B %Y}

We are committed to safeguarding children. An enhanced DBS check is needed.

Many thanks
Sandra
"""
PASTE = """(data) => {
  const carried = new DataTransfer();
  Object.entries(data).forEach(([type, value]) => carried.setData(type, value));
  const box = document.getElementById("paste-box");
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def closes_on(transactional_db) -> date:
    today = timezone.localdate()
    a_term(today - timedelta(days=30), today + timedelta(days=90))
    a_school("Pennywell Primary School", email="office@pennywell.example")
    return today + timedelta(days=20)


@pytest.fixture
def desk(page, closes_on):
    sign_in(page, staff("Editor", "ann"))
    return page


def test_a_pasted_email_becomes_an_advert(desk, closes_on):
    open_form(desk)
    expect(desk.locator("#paste-box")).to_be_focused()
    desk.evaluate(PASTE, {"text/plain": EMAIL.format(day=closes_on)})
    expect(desk.locator("#paste-state")).to_contain_text("boxes filled in.")
    assert body_of(desk).startswith("<p>School Cook<br")
    expect(desk.locator(".field-school .paste-note")).to_contain_text("“Pennywell Primary School”")
    screenshot(desk, "advert-pasted-1280")
    assert axe_violations(desk) == []
    desk.click("[name=_approve]")
    expect(desk.locator(".messagelist")).to_contain_text("is approved")
    vacancy = Vacancy.objects.get()
    facts = ("title", "hours_per_week", "weeks", "hourly_pay", "contract", "start", "apply_email", "cv_accepted", "dbs")
    assert [str(getattr(vacancy, name)) for name in facts] == [
        "School Cook",
        "27.50",
        "term_time_only",
        "13.69",
        "permanent",
        "asap",
        "jobs@pennywell.example",
        "False",
        "enhanced",
    ]
    at = timezone.localtime(vacancy.closes_at)
    assert (vacancy.school.name, at.date(), at.hour) == ("Pennywell Primary School", closes_on, 9)
    assert vacancy.role_type.slug == "catering-cleaning-and-site-management"
    assert "PO is" not in vacancy.body
    assert "Sandra" not in vacancy.body


def test_a_line_that_was_left_off_is_taken_back_by_one_click_and_a_box_is_cleared_by_one_key(desk, closes_on):
    open_form(desk)
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.evaluate(PASTE, {"text/html": f"<div>{EMAIL.replace('<', '&lt;').format(day=closes_on)}</div>".replace("\n", "<br>")})
    expect(desk.locator("#paste-state")).to_contain_text("boxes filled in.")
    screenshot(desk, "advert-pasted-390")
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.get_by_label("Sandra", exact=True).check()
    wait_until(desk, "CKEDITOR.instances.id_body.getData().includes('Sandra')")
    desk.get_by_role("button", name="lines that the boxes say already").click()
    wait_until(desk, "!CKEDITOR.instances.id_body.getData().includes('Term time only')")
    for section in ("The post", "Contract and hours"):
        desk.get_by_role("button", name=section, expanded=False).click()
    desk.focus("#id_contract")
    desk.keyboard.press("Control+Delete")
    expect(desk.locator("#id_contract")).to_have_value("")
    desk.focus("#id_title")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".field-title .paste-note")).to_contain_text("Kept, from the text")


def test_two_closing_dates_are_a_choice_and_none_is_taken_silently(desk, tmp_path: Path, closes_on):
    later = closes_on + timedelta(days=1)
    text = f"{EMAIL.format(day=closes_on)}\n".replace("Many thanks\nSandra", f"The closing date is {later:%d/%m/%Y} at noon.")
    file = tmp_path / "advert.txt"
    file.write_text(text)
    open_form(desk)
    desk.set_input_files("#paste-file", file)
    choice = desk.locator(".field-closes_at .is-choice")
    expect(choice.get_by_role("button")).to_have_count(2)
    expect(desk.locator("#id_closes_at_0")).to_have_value("")
    choice.get_by_role("button").last.click()
    expect(desk.locator("#id_closes_at_0")).to_have_value(f"{later:%d/%m/%Y}")


# Messages of the corpus of the tests, by what they are; each day in them has its year, so that they can be read at any time.
CORPUS = Path(__file__).parents[1] / "vacancies" / "reading" / "corpus"
SIX = [
    "01-email-cook.txt",
    "03-word-table-ta.html",
    "04-outlook-history.html",
    "05-pdf-technician.txt",
    "07-web-attendance.html",
    "13-wordpad-deputy.txt",
]
TAB_STOPS = """() => {
  const all = [...document.querySelectorAll("#vacancy_form :is(input, select, textarea, button, a[href], [tabindex], iframe)")];
  const save = document.querySelector("[name=_save]");
  return all.filter((one) => one.tabIndex >= 0 && one.type !== "hidden" && one.checkVisibility()
    && one.compareDocumentPosition(save) & Node.DOCUMENT_POSITION_FOLLOWING).length;
}"""


def stored(vacancy: Vacancy, name: str) -> str:
    value = getattr(vacancy, name)
    match name:
        case "school":
            return value.name
        case "role_type":
            return value.slug
        case "subjects":
            return ", ".join(subject.name for subject in value.all())
        case "closes_at":
            return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def as_number(text: str) -> str:
    return f"{Decimal(text).normalize():f}" if re.fullmatch(r"\d+(?:\.\d+)?", text) else text


def test_six_messages_are_entered_with_a_paste_and_a_click_each(desk):
    """Every stored value is what the message states, and from the text to the button is not far."""
    Subject.objects.get_or_create(name="History", defaults={"slug": "history"})
    for name in SIX:
        source, _, expected = (CORPUS / name).read_text().partition("\n###\n")
        stated = dict(line.split(": ", 1) for line in expected.splitlines() if line[:2] not in {"? ", "- "})
        if not School.objects.filter(name=stated["school"]).exists():
            a_school(stated["school"])
        open_form(desk)
        desk.evaluate(PASTE, {"text/html" if name.endswith("html") else "text/plain": source})
        expect(desk.locator("#paste-state")).to_contain_text("boxes filled in.")
        expect(desk.locator(".is-folded")).not_to_have_count(0)
        assert desk.evaluate(TAB_STOPS) <= 25, (
            name,
            desk.evaluate(TAB_STOPS.replace(".length", ".map((one) => one.id || one.className || one.outerHTML.slice(0, 60))")),
        )
        desk.click("[name=_save]")
        expect(desk.locator(".messagelist")).to_contain_text("was added successfully")
        vacancy = Vacancy.objects.latest("pk")
        assert {one: stored(vacancy, one) for one in stated} == {one: as_number(value) for one, value in stated.items()}
