"""What is done to adverts besides editing them, in a real browser: steps from the list, their undo, and a break under adverts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.builders import a_term, a_vacancy
from tests.desk import staff
from vacancies.models import Break, Status, Vacancy, calendar
from vacancies.schedule import WEEK, live_moment

from .helpers import axe_violations, screenshot, sign_in

LIST = reverse("admin:vacancies_vacancy_changelist")


@pytest.fixture
def monday(transactional_db):
    """The next Monday with an edition."""
    today = timezone.localdate()
    a_term(today - timedelta(days=30), today + timedelta(days=90))
    return calendar().next_on(today + timedelta(days=1))


@pytest.fixture
def desk(page, monday):
    sign_in(page, staff("Publisher"))
    return page


def booked(monday, title):
    return a_vacancy(title, publish_on=monday, closes_at=live_moment(monday) + 3 * WEEK)


def faults(page, problems):
    """What axe finds. It measures with inline styles, which the policy of these pages forbids: that is axe's own fault."""
    seen = len(problems)
    found = axe_violations(page)
    problems[seen:] = [problem for problem in problems[seen:] if "inline style" not in problem]
    return found


def statuses():
    return list(Vacancy.objects.order_by("title").values_list("status", flat=True))


def test_several_adverts_are_withdrawn_from_the_list_and_brought_back_by_undo(desk, monday, problems):
    booked(monday, "Cook"), booked(monday, "Teacher")
    desk.goto(LIST)
    for box in desk.locator(".action-select").all():
        box.check()
    desk.select_option("[name=action]", label="Withdraw …")
    desk.get_by_role("button", name="Go").click()
    expect(desk.get_by_text("It is left out of the edition of")).to_have_count(2)
    assert faults(desk, problems) == []
    screenshot(desk, "advert-step-withdraw-1280")
    assert statuses() == [Status.APPROVED] * 2
    desk.get_by_role("button", name="Withdraw: 2 adverts").click()
    expect(desk.locator(".messagelist")).to_contain_text("2 adverts are withdrawn.")
    assert statuses() == [Status.WITHDRAWN] * 2
    desk.get_by_role("link", name="Undo").click()
    desk.get_by_role("button", name="Undo: 2 adverts").click()
    expect(desk.locator(".messagelist")).to_contain_text("Undone: 2 adverts put back as before.")
    assert statuses() == [Status.APPROVED] * 2


def test_a_copy_asks_for_its_dates_and_opens_the_new_draft(desk, monday, problems):
    vacancy = booked(monday, "Cook")
    desk.goto(reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]))
    desk.get_by_role("link", name="Copy as a new advert").click()
    expect(desk.locator("#id_publish_on")).to_have_value(f"{monday:%d/%m/%Y}")
    assert faults(desk, problems) == []
    desk.get_by_role("button", name="Copy as a new advert").click()
    expect(desk.locator(".errorlist").first).to_be_visible()
    screenshot(desk, "advert-step-copy-1280")
    desk.fill("#id_closes_at_0", f"{monday + 2 * WEEK:%A %d %B %Y}")
    desk.fill("#id_closes_at_1", "noon")
    desk.fill("#id_start_text", "As soon as possible")
    desk.get_by_role("button", name="Copy as a new advert").click()
    desk.wait_for_url(re.compile(r"/vacancy/\d+/change/$"))
    twin = Vacancy.objects.latest("pk")
    expect(desk.locator(".messagelist")).to_contain_text(f"The new draft is {twin}.")
    assert (twin.title, twin.status, twin.start_text) == ("Cook", Status.DRAFT, "As soon as possible")


def test_a_break_under_booked_adverts_names_them_and_moves_them(desk, monday, problems):
    vacancy = booked(monday, "Cook")
    desk.goto(reverse("admin:vacancies_break_add"))
    desk.fill("#id_on", f"{monday:%d/%m/%Y}")
    desk.fill("#id_reason", "snow")
    desk.click("[name=_save]")
    expect(desk.locator(".booked")).to_contain_text(str(vacancy))
    assert faults(desk, problems) == []
    screenshot(desk, "break-under-adverts-1280")
    assert not Break.objects.exists()
    desk.get_by_label("Move them to the next edition").check()
    desk.click("[name=_save]")
    expect(desk.locator(".messagelist")).to_contain_text("1 advert moved to the next edition.")
    vacancy.refresh_from_db()
    assert (vacancy.publish_on, vacancy.print_from) == (monday + WEEK, monday + WEEK)


def test_the_pages_fit_a_phone(phone, monday):
    sign_in(phone, staff("Editor"))
    vacancy = booked(monday, "Cook")
    for name, address in (
        ("list", LIST),
        ("extend", f"{reverse('admin:vacancies_vacancy_step', args=['extend'])}?ids={vacancy.pk}"),
    ):
        phone.goto(address)
        screenshot(phone, f"advert-{name}-390")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
