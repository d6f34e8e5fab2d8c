"""Whoever is quicker than the site loses nothing: not what is known of a school, nor a word, nor a tick."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.builders import a_school, a_term, a_vacancy
from tests.desk import staff
from vacancies.models import School, Vacancy

from .advert_form import ADD, BODY, choose, kept, open_form, type_body, wait_until_kept
from .helpers import sign_in, wait_for, wait_until

LOOK = "**/look/"
PARTS_OF_THE_EDITOR = re.compile(r"/ckeditor/ckeditor/(?!ckeditor\.js)")
KNOWN = "office@fernhollow.example"
PATIENCE = 5000  # milliseconds that a save waits at most


@pytest.fixture
def desk(page, transactional_db):
    today = timezone.localdate()
    a_term(today - timedelta(days=30), today + timedelta(days=90))
    a_school("Fernhollow Primary School", email=KNOWN)
    sign_in(page, staff("Editor", "ann"))
    return page


@pytest.fixture
def stopped(desk):
    """The form, open in a browser whose timers stand still: what happens now does not wait for a pause in typing."""
    desk.clock.install()
    open_form(desk)
    desk.clock.pause_at(timezone.now() + timedelta(hours=1))
    return desk


class Held:
    """Requests to an address wait until they are let go, and go through from then on."""

    def __init__(self, page, address):
        self.waiting, self._is_over = [], False
        page.route(address, self._meet)

    def _meet(self, route):
        if self._is_over:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self):
        self._is_over = True
        while self.waiting:
            self.waiting.pop(0).continue_()


def choose_by_script(page, field, row):
    """As the search box does it once a choice is made; the search itself would wait for a timer."""
    script = """([field, key, name]) => {
        const box = document.getElementById(field);
        box.add(new Option(name, key, true, true));
        django.jQuery(box).trigger("change");
    }"""
    page.evaluate(script, [f"id_{field}", str(row.pk), str(row)])


def fill_in(page):
    page.fill("#id_title", "Teaching assistant")
    type_body(page)
    page.fill("#id_closes_at_0", f"{timezone.localdate() + timedelta(days=20):%d/%m/%Y}")
    page.fill("#id_closes_at_1", "noon")


def test_what_is_known_of_a_school_is_filled_in_without_a_pause_in_typing(stopped):
    choose_by_script(stopped, "school", School.objects.get())
    expect(stopped.locator("#id_apply_email")).to_have_value(KNOWN)


def test_typing_on_does_not_put_off_what_is_known(desk):
    open_form(desk)
    held = Held(desk, LOOK)
    choose(desk, "school", "Fernhollow")
    about_the_school = f'name="school"\r\n\r\n{School.objects.get().pk}'
    asked = []
    wait_for(
        desk,
        lambda: asked.extend(one for one in held.waiting if about_the_school in one.request.post_data) or asked,
        "what is known of the school is asked for",
    )
    held.waiting.remove(asked[0])
    desk.fill("#id_title", "Cook")
    wait_for(desk, lambda: any("Cook" in one.request.post_data for one in held.waiting), "typing on asks again")
    asked[0].continue_()
    expect(desk.locator("#id_apply_email")).to_have_value(KNOWN)
    held.let_go()


def test_whoever_saves_at_once_saves_what_is_known_too(desk):
    open_form(desk)
    held = Held(desk, LOOK)
    fill_in(desk)
    choose(desk, "role_type", "Teaching assistant")
    choose(desk, "school", "Fernhollow")
    desk.click("[name=_approve]")
    desk.keyboard.press("Enter")
    expect(desk.locator("#advert-state")).to_have_text("Filling in what we know about the school…")
    assert not Vacancy.objects.exists()
    held.let_go()
    expect(desk.locator(".messagelist")).to_contain_text("is approved.")
    vacancy = Vacancy.objects.get()
    assert (vacancy.apply_email, vacancy.apply_method, vacancy.body) == (KNOWN, "email", BODY)


def test_a_save_does_not_wait_for_ever_and_what_is_known_is_filled_in_when_it_comes_back_refused(stopped):
    held = Held(stopped, LOOK)
    stopped.evaluate("CKEDITOR.instances.id_body.setData('')")
    stopped.fill("#id_title", "Cook")
    choose_by_script(stopped, "school", School.objects.get())
    stopped.click("[name=_approve]")
    with stopped.expect_navigation():
        stopped.clock.run_for(PATIENCE)
    held.let_go()
    expect(stopped.locator(".errornote").first).to_be_visible()
    expect(stopped.locator("#id_apply_email")).to_have_value(KNOWN)
    expect(stopped.locator("#id_apply_method")).to_have_value("email")


def test_what_was_cleared_on_purpose_stays_empty_after_a_refused_save_and_another_school_brings_its_own(desk):
    a_school("Otherley School", town="Otherley", email="head@otherley.example", phone="01632 960102")
    open_form(desk)
    choose(desk, "school", "Fernhollow")
    expect(desk.locator("#id_apply_email")).to_have_value(KNOWN)
    desk.fill("#id_apply_email", "")
    desk.fill("#id_title", "Cook")
    desk.click("[name=_approve]")
    expect(desk.locator(".errornote").first).to_be_visible()
    expect(desk.locator("form.is-looked-at")).to_be_attached()
    expect(desk.locator("#id_apply_email")).to_have_value("")
    expect(desk.locator("#id_apply_method")).to_have_value("email")
    choose(desk, "school", "Otherley")
    expect(desk.locator("#id_contact_phone")).to_have_value("01632 960102")
    expect(desk.locator("#id_apply_email")).to_have_value("")
    choose(desk, "school", "Fernhollow")
    expect(desk.locator("#id_contact_phone")).to_have_value("")


def test_a_school_that_a_link_names_counts_as_chosen(desk):
    school = a_school("Otherley School", email="head@otherley.example")
    open_form(desk, f"{ADD}?school={school.pk}")
    expect(desk.locator("#id_apply_email")).to_have_value("head@otherley.example")


def test_a_copy_that_is_brought_back_knows_what_was_cleared_and_what_was_never_filled_in(desk):
    open_form(desk)
    choose(desk, "school", "Fernhollow")
    expect(desk.locator("#id_apply_email")).to_have_value(KNOWN)
    desk.fill("#id_apply_email", "")
    desk.fill("#id_title", "Cook")
    wait_until_kept(desk, '"title":[["Cook"')
    again = desk.context.new_page()
    desk.close(run_before_unload=False)
    School.objects.update(phone="01632 960103")
    open_form(again)
    again.get_by_role("button", name="Bring it back").click()
    expect(again.locator("#id_contact_phone")).to_have_value("01632 960103")
    expect(again.locator("#id_apply_email")).to_have_value("")


def test_words_typed_while_the_editors_still_start_are_kept(desk):
    held = Held(desk, PARTS_OF_THE_EDITOR)
    desk.goto(ADD, wait_until="domcontentloaded")
    desk.fill("#id_title", "Cook with a long experience")
    wait_for(desk, lambda: held.waiting, "the editor asks for its parts")
    assert kept(desk) == 0
    held.let_go()
    wait_until_kept(desk, "Cook with a long experience")


def test_a_tick_that_comes_before_the_script_is_applied(page, transactional_db):
    now = timezone.now()
    a_vacancy("Class Teacher", publish_on=timezone.localdate(now), closes_at=now + timedelta(days=9))
    held = Held(page, "**/site*.js")
    page.goto("/vacancies/", wait_until="commit")
    page.locator(".filters input[value=full_time]").check()
    wait_until(page, "document.readyState === 'interactive'")
    held.let_go()
    page.wait_for_url(re.compile("pattern=full_time"))
    expect(page.locator(".filters input[value=full_time]")).to_be_checked()
