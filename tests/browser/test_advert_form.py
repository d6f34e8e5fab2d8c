"""The form of an advert in a real browser: nothing that was typed is ever lost, and the form says what it thinks."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.builders import a_school, a_term, a_vacancy
from tests.desk import staff
from vacancies.models import Status, Vacancy

from .advert_form import ADD, BODY, body_of, choose, kept, open_form, search_for, type_body, wait_until_kept
from .helpers import axe_violations, screenshot, sign_in, wait_until

OFFER = ".unsaved-offer"


@pytest.fixture
def editor(transactional_db):
    today = timezone.localdate()
    a_term(today - timedelta(days=30), today + timedelta(days=90))
    return staff("Editor", "ann")


@pytest.fixture
def desk(page, editor):
    sign_in(page, editor)
    return page


def test_a_complete_advert_is_entered_from_a_schools_text(desk):
    """Defaults from the school, the edition chosen, the closing time one click away, the actual pay shown with its sum."""
    school = a_school("Fernhollow Primary School", email="office@fernhollow.example", safeguarding_text="We keep children safe.")
    open_form(desk)
    expect(desk.locator("#advert-state")).to_have_text("2 missing")
    choose(desk, "school", "Fernhollow")
    expect(desk.locator("#id_apply_email")).to_have_value("office@fernhollow.example")
    expect(desk.locator("#id_apply_method")).to_have_value("email")
    desk.fill("#id_title", "Teaching assistant")
    choose(desk, "role_type", "Teaching assistant")
    type_body(desk, '<p class="MsoNormal" style="color:red">We wish to appoint a <b>kind</b> colleague.</p>')
    for name, value in {"hours_per_week": "27.5 hours", "weeks_paid": "44.429", "pay_min": "£25,185"}.items():
        desk.fill(f"#id_{name}", value)
    desk.select_option("#id_working_pattern", "part_time")
    desk.select_option("#id_weeks", "term_time_only")
    expect(desk.get_by_text("× 44.429 / 52.143 weeks = £15,949")).to_be_visible()
    desk.get_by_role("button", name="Use it").click()
    expect(desk.locator("#id_closes_at_1")).to_have_value("12:00")
    expect(desk.locator("#advert-state")).to_have_text("Nothing missing")
    assert axe_violations(desk, context="#vacancy_form .advert-note, #problems, .submit-row") == []
    screenshot(desk, "advert-form-1280")
    desk.click("[name=_approve]")
    expect(desk.locator(".messagelist")).to_contain_text("Actual pay from, worked out: £25,185 × 27.5 / 37 hours")
    vacancy = Vacancy.objects.get()
    assert (vacancy.status, vacancy.school, vacancy.actual_pay_min) == (Status.APPROVED, school, 15949)
    assert vacancy.body == "<p>We wish to appoint a <strong>kind</strong> colleague.</p>"
    assert vacancy.apply_email == "office@fernhollow.example"
    assert kept(desk) == 0


def test_an_answer_under_way_when_a_school_is_chosen_does_not_swallow_its_defaults(desk):
    a_school("Fernhollow Primary School", email="office@fernhollow.example")
    open_form(desk)
    held = []
    desk.route("**/look/", lambda route: route.continue_() if held else held.append(route))
    with desk.expect_request("**/look/"):
        desk.fill("#id_title", "Cook")
    choose(desk, "school", "Fernhollow")
    held[0].continue_()
    expect(desk.locator("#id_apply_email")).to_have_value("office@fernhollow.example")


def tab_to(page, selector):
    for _ in range(60):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not lead to {selector}.")


def test_an_advert_is_entered_without_a_mouse_and_no_box_keeps_the_keyboard(desk):
    a_school("Fernhollow Primary School", email="office@fernhollow.example")
    open_form(desk)
    for field, name in (("school", "Fernhollow"), ("role_type", "Teaching assistant")):
        tab_to(desk, f".field-{field} .select2-selection")
        desk.keyboard.press("Enter")
        search_for(desk, name)
        expect(desk.locator(".select2-results__option--highlighted")).to_contain_text(name)
        desk.keyboard.press("Enter")
        if field == "school":
            tab_to(desk, "#id_title")
            desk.keyboard.type("Teaching assistant")
    tab_to(desk, ".field-body iframe")
    desk.keyboard.type("We wish to appoint a kind colleague.")
    for name, text in (("closes_at_0", f"{timezone.localdate() + timedelta(days=20):%d/%m/%Y}"), ("closes_at_1", "noon")):
        tab_to(desk, f"#id_{name}")
        desk.keyboard.type(text)
    tab_to(desk, "[name=_approve]")
    desk.keyboard.press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("is approved.")
    assert Vacancy.objects.get().body == "<p>We wish to appoint a kind colleague.</p>"


def test_a_box_that_somebody_typed_in_is_left_alone(desk):
    a_school("Fernhollow", email="office@fernhollow.example")
    open_form(desk)
    desk.fill("#id_apply_email", "head@fernhollow.example")
    choose(desk, "school", "Fernhollow")
    expect(desk.locator("#id_apply_method")).to_have_value("email")
    expect(desk.locator("#id_apply_email")).to_have_value("head@fernhollow.example")


def test_a_problem_leads_to_its_box_even_to_those_that_a_browser_cannot_focus(desk):
    vacancy = a_vacancy(role=None, status=Status.DRAFT, body="<p>TBC</p>", closes_at=None)
    open_form(desk, reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]))
    desk.click("#problems a[href='#id_role_type']")
    assert desk.evaluate("document.activeElement.closest('.field-role_type') !== null")
    desk.click("#problems a[href='#id_body']")
    wait_until(desk, "CKEDITOR.instances.id_body.focusManager.hasFocus")
    desk.click("#problems a[href='#id_closes_at_0']")
    expect(desk.locator("#id_closes_at_0")).to_be_focused()


def test_after_a_crash_the_text_is_offered_back(desk):
    school = a_school("Fernhollow")
    open_form(desk)
    choose(desk, "school", "Fernhollow")
    desk.fill("#id_title", "Teacher of Maths")
    desk.select_option("#id_contract", "fixed_term")
    desk.check("#id_job_share")
    type_body(desk)
    wait_until_kept(desk, "patient")
    again = desk.context.new_page()
    desk.close(run_before_unload=False)
    open_form(again)
    expect(again.locator("#id_title")).to_have_value("")
    expect(again.locator(OFFER)).to_contain_text("“Teacher of Maths” was not saved")
    screenshot(again, "advert-form-offer-1280", full_page=False)
    again.get_by_role("button", name="Bring it back").click()
    expect(again.locator("#id_title")).to_have_value("Teacher of Maths")
    expect(again.locator("#select2-id_school-container")).to_contain_text("Fernhollow")
    wait_until(again, "CKEDITOR.instances.id_body.getData().includes('patient')")
    again.click("[name=_save]")
    again.wait_for_url(re.compile("/vacancy/$"))
    vacancy = Vacancy.objects.get()
    assert (vacancy.title, vacancy.school, vacancy.contract, vacancy.job_share, vacancy.body) == (
        "Teacher of Maths",
        school,
        "fixed_term",
        True,
        BODY,
    )
    open_form(again)
    expect(again.locator(OFFER)).to_have_count(0)


def test_a_log_in_that_ran_out_costs_no_text(desk):
    a_school("Fernhollow")
    open_form(desk)
    choose(desk, "school", "Fernhollow")
    desk.fill("#id_title", "Cook")
    type_body(desk)
    wait_until_kept(desk, "patient")
    desk.context.clear_cookies(name="sessionid")
    desk.fill("#id_posts", "2")
    expect(desk.locator("#advert-state")).to_contain_text("You have been logged out.")
    desk.click("[name=_save]")
    desk.fill("#id_username", "ann")
    desk.fill("#id_password", "greensheets")
    desk.click("input[type=submit]")
    desk.wait_for_url(re.compile(ADD))
    assert not Vacancy.objects.exists()
    desk.get_by_role("button", name="Bring it back").click()
    expect(desk.locator("#id_title")).to_have_value("Cook")
    wait_until(desk, "CKEDITOR.instances.id_body.getData().includes('patient')")
    desk.click("[name=_save]")
    desk.wait_for_url(re.compile("/vacancy/$"))
    vacancy = Vacancy.objects.get()
    assert (vacancy.title, vacancy.posts, vacancy.body) == ("Cook", 2, BODY)


def test_somebody_else_at_the_same_computer_is_offered_nothing(desk):
    open_form(desk)
    desk.fill("#id_title", "Secret post")
    wait_until_kept(desk, "Secret post")
    sign_in(desk, staff("Editor", "bea"))
    open_form(desk)
    expect(desk.locator(OFFER)).to_have_count(0)


def test_what_is_thrown_away_is_not_offered_again(desk):
    open_form(desk)
    desk.fill("#id_title", "Slip of the pen")
    wait_until_kept(desk, "Slip of the pen")
    open_form(desk)
    desk.get_by_role("button", name="Discard it").click()
    assert kept(desk) == 0
    open_form(desk)
    expect(desk.locator(OFFER)).to_have_count(0)


def test_a_paste_of_three_megabytes_gets_a_sentence_and_is_not_lost(desk):
    a_school("Fernhollow")
    open_form(desk)
    choose(desk, "school", "Fernhollow")
    desk.fill("#id_title", "Caretaker")
    type_body(desk, "<p>" + "All work and no play. " * 140_000 + "</p>")
    desk.click("[name=_save]")
    expect(desk.locator(".field-body .errorlist")).to_contain_text("the most is 200,000")
    expect(desk.locator("#id_title")).to_have_value("Caretaker")
    assert len(body_of(desk)) > 3_000_000
    assert not Vacancy.objects.exists()


def test_more_than_the_site_takes_is_not_even_sent(desk):
    open_form(desk)
    desk.fill("#id_title", "Caretaker")
    type_body(desk, "<p>" + "All work and no play. " * 192_000 + "</p>")
    desk.click("[name=_save]")
    expect(desk.locator(OFFER).last).to_contain_text("4.0 MB is the most")
    expect(desk.locator("#id_title")).to_have_value("Caretaker")
    assert len(body_of(desk)) > 4_000_000


def test_two_people_save_one_advert_and_neither_loses_a_word(desk, open_page):
    vacancy = a_vacancy("Teacher", status=Status.DRAFT, body=BODY)
    address = reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])
    bea = open_page()
    sign_in(bea, staff("Editor", "bea"))
    open_form(desk, address)
    open_form(bea, address)
    bea.fill("#id_title", "Teacher of Art")
    bea.fill("#id_interview", "21 May")
    bea.click("[name=_save]")
    bea.wait_for_url(re.compile("/vacancy/$"))
    desk.fill("#id_title", "Teacher of Music")
    type_body(desk, "<p>Music is wanted.</p>")
    desk.click("[name=_save]")
    expect(desk.locator("#differences-heading")).to_be_visible()
    assert desk.locator(".difference legend").all_inner_texts() == ["Title", "Text of the advert", "Interview"]
    assert desk.locator(".difference input:checked").evaluate_all("all => all.map((one) => one.value)") == [
        "mine",
        "mine",
        "theirs",
    ]
    screenshot(desk, "advert-form-two-versions-1280", full_page=False)
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.interview, vacancy.body) == ("Teacher of Art", "21 May", BODY)
    desk.click("[name=_save]")
    desk.wait_for_url(re.compile("/vacancy/$"))
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.interview, vacancy.body) == ("Teacher of Music", "21 May", "<p>Music is wanted.</p>")


def test_a_text_that_is_brought_back_does_not_overwrite_what_somebody_saved_meanwhile(desk):
    vacancy = a_vacancy("Teacher", status=Status.DRAFT)
    address = reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])
    open_form(desk, address)
    desk.fill("#id_title", "Teacher of Music")
    wait_until_kept(desk, "Music")
    vacancy.title = "Teacher of Art"
    vacancy.save()
    open_form(desk, address)
    desk.get_by_role("button", name="Bring it back").click()
    desk.click("[name=_save]")
    expect(desk.locator(".difference legend")).to_have_text(["Title"])
    vacancy.refresh_from_db()
    assert vacancy.title == "Teacher of Art"


def test_the_form_fits_a_phone(phone, editor):
    sign_in(phone, editor)
    open_form(phone)
    screenshot(phone, "advert-form-390")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_preview_shows_what_is_typed_and_breaks_no_policy(desk, problems):
    vacancy = a_vacancy("Teacher", status=Status.DRAFT, body=BODY)
    open_form(desk, reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]))
    desk.fill("#id_title", "Teacher of Music")
    with desk.context.expect_page() as opened:
        desk.click("[name=_preview]")
    preview = opened.value
    preview.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    expect(preview.frame_locator(".preview-web").get_by_role("heading", level=1)).to_have_text("Teacher of Music")
    expect(preview.locator(".preview-column")).to_be_visible()
    assert preview.locator(".preview-column").evaluate("picture => picture.complete && picture.naturalWidth") > 500
    expect(preview.locator(".preview-email")).to_contain_text("Teacher of Music")
    assert axe_violations(preview) == []
    screenshot(preview, "advert-preview-1280")
    expect(desk.locator("#id_title")).to_have_value("Teacher of Music")
    vacancy.refresh_from_db()
    assert vacancy.title == "Teacher"
