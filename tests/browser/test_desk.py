"""The back office as staff meet it: no page has a fault that axe finds, in light or in dark, breaks the policy of content
security (Chromium says so in its console), or is wider than a phone."""

import re

import pytest
from django.contrib import admin
from django.contrib.flatpages.models import FlatPage
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from editions.models import Bulletin
from greensheets_site.accounts import roles
from greensheets_site.models import Heartbeat
from mailing.models import ContactMessage, Delivery, Mailout, Suppression
from tests.builders import a_break, a_school, a_subscriber, a_term, a_vacancy, an_article, an_edition
from tests.desk import pages, staff
from vacancies.admin import step_views
from vacancies.models import Status, Subject, Synonym, Vacancy
from vacancies.schedule import DAY, WEEK

from .helpers import COLOURS_ONLY, axe_violations, screenshot, sign_in

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# Without this axe fetches every style sheet once more and writes it into the page, which our policy forbids.
QUIETLY = {"preload": False}
FRAME = {"exclude": [["#header"], ["#nav-sidebar"]]}  # The same on every page: looked at on one.
IS_DARK = "getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'"
CUT_OFF = "[...document.querySelectorAll('.results')].some((one) => one.scrollWidth > one.clientWidth)"


@pytest.fixture
def rows(transactional_db):
    """At least one row of every kind, the drafts and small troubles of a real week among them."""
    now = timezone.now()
    today = timezone.localdate(now)
    monday = today - today.weekday() * DAY
    school = a_school("Fernhollow Primary School", phone="01632 960001")
    advert = a_vacancy(closes_at=now + 9 * DAY, publish_on=monday, school=school, visits="TBC")
    advert.title = "Class Teacher, Year 4"
    advert.save()
    a_vacancy("Cook", role="catering-cleaning-and-site-management", closes_at=now + DAY, publish_on=monday, school=school)
    draft = a_vacancy("Draft", status=Status.DRAFT, publish_on=monday + WEEK, closes_at=now + 20 * DAY, school=school)
    last, coming = an_edition(monday, published_at=now), an_edition(monday + WEEK)
    for edition in (last, coming):
        Bulletin.objects.bulk_create(Bulletin(edition=edition, staff_group=group) for group in ("teaching", "support"))
    reader = a_subscriber()
    mailout = Mailout.objects.create(edition=last, frozen_at=now, finished_at=now, candidates=1)
    advert.subjects.add(Subject.objects.create(name="Art", slug="art"))
    page = FlatPage.objects.get_or_create(url="/about/", defaults={"title": "About", "content": "<p>Since 1997.</p>"})[0]
    return [
        draft,
        advert,
        school,
        a_term(today - 30 * DAY, today + 60 * DAY),
        a_break(monday + 5 * WEEK),
        coming,
        last.bulletins.first(),
        mailout,
        Delivery.objects.create(kind="bulletin", mailout=mailout, subscriber=reader, state="sent", sent_at=now),
        reader,
        Suppression.objects.create(email_hash="0" * 64, reason="left"),
        ContactMessage.objects.create(enquiry="other", name="May", email="may@b.example", message="Good morning"),
        an_article(),
        an_article("A draft", published_at=None),
        page,
        Heartbeat.objects.create(worker="one", seen_at=now, doing="Waiting"),
        Subject.objects.create(name="Music", slug="music"),
        Synonym.objects.create(same="gardener, horticulturist", typed="plants"),
        school.authority,
        advert.role_type,
    ]


# What a browser never shows as a page of the desk: data, scripts, tables to download, buttons; and what has a test of its own.
NO_PAGES = {
    "autocomplete",
    "first_password",  # behind a link that is good once: tests/greensheets_site/beginning
    "test_email_arrived",
    "jsi18n",
    "login",
    "login_code",  # test_second_step.py
    "logout",
    "view_on_site",
    "vacancies_vacancy_paste",  # answers a script: test_paste.py
    "editions_bulletin_build",
    "editions_bulletin_print",
    "editions_edition_labels",
    "editions_edition_posting_table",
    "mailing_mailout_preview",
    "mailing_mailout_results",
    "mailing_mailout_steer",
    "mailing_subscriber_take_back",
    "vacancies_vacancy_import_template",
    "vacancies_vacancy_look",
    "vacancies_synonym_changes",  # what it shows is posted to it
}
# Pages that are alike for every kind of row are looked at for two kinds; a form for a new row in dark not again.
ALIKE, ALIKE_ENOUGH = ("/history/", "/delete/"), re.compile("subject|vacancy")
LIKE_ANOTHER = "/add/"
PARTS = 3  # several processes share the walk


def addresses(user, rows) -> list[str]:
    """Every page that an Owner can open: of each kind of row the standard ones, and all that stand beside them."""
    request = RequestFactory().get("/admin/")
    request.user = user
    found = [address for row in [*rows, user, user.groups.first()] for address in of_row(request, row)]
    found += [reverse("admin:app_list", args=[app["app_label"]]) for app in admin.site.get_app_list(request)]
    found += [f"{reverse('admin:vacancies_vacancy_changelist')}?q=teacher&state=live", *beside(user, rows)]
    return [one for one in dict.fromkeys(found) if not one.endswith(ALIKE) or ALIKE_ENOUGH.search(one)]


def of_row(request, row):
    model_admin = admin.site._registry[type(row)]
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    yield reverse(f"{name}_changelist")
    if model_admin.has_add_permission(request):
        yield reverse(f"{name}_add")
    yield reverse(f"{name}_change", args=[row.pk])
    yield reverse(f"{name}_history", args=[row.pk])
    if hasattr(row, "history"):
        yield reverse(f"{name}_simple_history", args=[row.pk, row.history.last().pk])
    if model_admin.has_delete_permission(request, row):
        yield reverse(f"{name}_delete", args=[row.pk])


def beside(user, rows):
    advert = next(row for row in rows if isinstance(row, Vacancy) and row.status == Status.APPROVED)
    published = next(row for row in rows if isinstance(row, Bulletin))
    published.file = "bulletins/one.pdf"
    published.save()
    for name in (
        "index",
        "second_step",
        "log_ins",
        "second_step_demands",
        "password_change",
        "password_change_done",
        "doctor",
        "test_email",
        "editions_edition_upload",
        "editions_edition_posting",
    ):
        yield reverse(f"admin:{name}")
    for name in ("mailing_subscriber_import", "vacancies_school_import", "vacancies_vacancy_import"):
        yield reverse(f"admin:{name}")
    yield reverse("admin:auth_user_password_change", args=[user.pk])
    yield reverse("admin:editions_bulletin_revise", args=[published.pk])
    for name in ("withdraw", "move", "extend", "copy"):
        yield f"{reverse('admin:vacancies_vacancy_step', args=[name])}?ids={advert.pk}"
    yield reverse("admin:vacancies_vacancy_proof_recall", args=[advert.pk])
    yield step_views.undo_address([advert])


def test_the_walk_leaves_out_no_page(rows):
    walked = {resolve(address.partition("?")[0]).url_name for address in addresses(staff(roles.OWNER), rows)}
    standard = {one for one in pages() if one.rpartition("_")[2] in {"changelist", "add", "change", "history", "delete"}}
    assert pages() - walked - NO_PAGES <= standard  # of these an Owner may not open all


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_of_the_desk_has_a_fault_that_axe_finds_or_scrolls_sideways(open_page, rows, part):
    """Each page is loaded once: all rules in light, those about colours again in dark, then the width of a phone."""
    page = open_page(color_scheme="light", reduced_motion="reduce")
    user = staff(roles.OWNER)
    sign_in(page, user)
    chosen = addresses(user, rows)[part::PARTS]
    faults = {
        address: found for address in chosen if (found := faults_of(page, address, FRAME if address != chosen[0] else None))
    }
    assert faults == {}


def faults_of(page, address, without=None):
    answer = page.goto(address)
    found = [] if answer.status == 200 else [f"answered {answer.status}"]
    found += axe_violations(page, context=without, options=QUIETLY)
    name = address.replace("/", "-")[:100]
    screenshot(page, f"light{name}")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(IS_DARK)
    if not address.endswith(LIKE_ANOTHER):
        found += [f"dark: {fault}" for fault in axe_violations(page, without, {**QUIETLY, **COLOURS_ONLY})]
    screenshot(page, f"dark{name}")
    page.set_viewport_size(PHONE)
    if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
        found.append("wider than a phone")
    if page.evaluate(CUT_OFF):
        found.append("a list that is cut off on a phone")
    screenshot(page, f"phone{name}")
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_door_and_the_refusals_have_no_fault_that_axe_finds(open_page, problems, transactional_db, theme):
    page = open_page(color_scheme=theme)
    page.goto(reverse("admin:login"))
    assert axe_violations(page, options=QUIETLY) == []
    screenshot(page, f"login-{theme}")
    page.fill("#id_username", "erin")
    page.fill("#id_password", "wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector(".errornote")
    assert axe_violations(page, options=QUIETLY) == []
    sign_in(page, staff(roles.EDITOR))
    for address, status in ((reverse("admin:auth_user_changelist"), 403), ("/admin/nothing/", 404)):
        assert page.goto(address).status == status
        assert axe_violations(page, options=QUIETLY) == []
        screenshot(page, f"refusal-{status}-{theme}")
    problems[:] = [problem for problem in problems if "403" not in problem and "404" not in problem]


def test_the_desk_is_worked_by_keyboard_alone(page, rows):
    staff(roles.OWNER, "olwen")
    page.goto(reverse("admin:vacancies_vacancy_changelist"))
    page.keyboard.type("olwen")  # the field has the focus already
    page.keyboard.press("Tab")
    page.keyboard.type("greensheets")
    page.keyboard.press("Enter")
    page.wait_for_selector("#changelist")
    page.goto(reverse("admin:index"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "New advert"
    seen = []
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", seen[-1]
    assert len(seen) > 15
    page.keyboard.press("Enter")
    assert page.locator(".chart table").first.is_visible()


def test_an_expired_log_in_comes_back_to_the_page(page, rows):
    address = f"{reverse('admin:vacancies_vacancy_changelist')}?state=draft"
    staff(roles.EDITOR, "erin")
    page.goto(address)
    page.fill("#id_username", "erin")
    page.fill("#id_password", "greensheets")
    page.keyboard.press("Enter")
    page.wait_for_selector("#changelist")
    page.context.clear_cookies()
    page.reload()
    page.fill("#id_username", "erin")
    page.fill("#id_password", "greensheets")
    page.keyboard.press("Enter")
    page.wait_for_selector("#changelist")
    assert page.url.endswith(address)
