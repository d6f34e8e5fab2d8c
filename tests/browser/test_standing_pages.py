"""News, editions, forms, the pages that staff edit and the error pages, as readers meet them."""

from datetime import timedelta

import pytest
from django.contrib.flatpages.models import FlatPage
from django.contrib.sites.models import Site
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.urls import path
from django.utils import timezone

from editions.models import Bulletin
from greensheets_site.public.views import form_refused
from greensheets_site.urls import handler400, handler500, urlpatterns
from tests.builders import a_subscriber, a_vacancy, an_article, an_edition
from tests.pictures.files import a_jpeg
from vacancies.schedule import monday_on_or_after

from .helpers import COLOURS_ONLY, axe_violations, faults_in_light_and_dark, screenshot


def refused(request):
    raise SuspiciousOperation


def broken(request):
    raise RuntimeError


urlpatterns = [*urlpatterns, path("refused", refused), path("broken", broken), path("form-refused", form_refused)]
__all__ = ["handler400", "handler500"]
pytestmark = pytest.mark.urls(__name__)

FORMS = ["/contact/", "/mailing-list/"]
STANDING = ["/news/", "/editions/", "/about/", "/mailing-list/check/", "/contact/received/", "/mailing-list/confirm/nonsense/"]
ERRORS = ["/refused", "/form-refused", "/nothing/", "/broken"]
EMPTY = ["/news/", "/editions/"]


@pytest.fixture
def addresses(transactional_db):
    """One of everything; where to find it."""
    now = timezone.now()
    monday = monday_on_or_after(timezone.localdate(now)) - timedelta(days=14)
    a_vacancy(publish_on=monday)
    edition = an_edition(monday, published_at=now)
    an_edition(monday + timedelta(days=7), published_at=now)
    for group in ("teaching", "support"):
        bulletin = Bulletin(edition=edition, staff_group=group, size=5_400_000, built_at=now)
        bulletin.file.save("a.pdf", ContentFile(b"%PDF"), save=False)
        bulletin.cover.save("a.jpg", ContentFile(a_jpeg((240, 339))))
    body = "<h3>Why</h3><p>So <a href='/about/'>it is</a>.</p><ul><li>One</li></ul>"
    pictured = an_article("Oaks for every school", summary="A tree each.", body=body, picture_alt="Pupils plant an oak")
    pictured.picture.save("oak.jpg", ContentFile(a_jpeg((1280, 720))))
    an_article("Elms")
    page = FlatPage.objects.create(url="/about/", title="About", content=body)
    page.sites.add(Site.objects.get_current())
    token = a_subscriber().token
    own = [f"/mailing-list/{token}/", f"/mailing-list/{token}/my-data/", f"/u/{token}/"]
    return [*STANDING, *FORMS, *ERRORS, *own, pictured.get_absolute_url(), edition.get_absolute_url()]


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_fault_that_axe_finds_or_scrolls_sideways(open_page, problems, addresses, width):
    """320 pixels are also what is left of a screen of 1280 at 400 % zoom."""
    page = open_page(reduced_motion="reduce", viewport={"width": width, "height": 900})
    for address in addresses:
        page.goto(address)
        look = faults_in_light_and_dark if width == 320 else axe_violations  # Colours are the same at every width.
        assert look(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        screenshot(page, f"{address.strip('/').replace('/', '-')}-{width}")
    problems[:] = [problem for problem in problems if "the server responded with a status of" not in problem]


FAULTY = "<html lang=en><title>A</title><main><h1>A</h1><input><p style='color: #ccc; background: #fff'>pale</p></main>"


def test_what_axe_looks_for_it_finds(page):
    page.set_content(FAULTY)
    assert [fault.split(":")[0] for fault in axe_violations(page)] == ["color-contrast", "label"]
    assert [fault.split(":")[0] for fault in axe_violations(page, options=COLOURS_ONLY)] == ["color-contrast"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_form_that_comes_back_with_errors_is_accessible_and_its_summary_leads_to_the_fields(open_page, transactional_db, theme):
    page = open_page(color_scheme=theme)
    for address in FORMS:
        page.goto(address)
        page.click("main form button")
        assert axe_violations(page) == [], address
        assert page.evaluate("document.activeElement.id") == "error-summary"
        page.click("#error-summary a >> nth=0")
        assert page.evaluate("document.activeElement.closest('.field') !== null || location.hash !== ''")
        screenshot(page, f"{address.strip('/')}-errors-{theme}")


def test_empty_lists_are_accessible_and_lead_on(page, transactional_db):
    for address in EMPTY:
        page.goto(address)
        assert axe_violations(page) == []
        assert page.locator("main a[href='/vacancies/']").count() == 1


@pytest.mark.parametrize("address", FORMS)
def test_whatever_is_pressed_in_a_form_is_large_enough_for_a_thumb(phone, transactional_db, address):
    phone.goto(address)
    sizes = phone.eval_on_selector_all(
        "main form :is(input:not([type=hidden], [type=checkbox], [type=radio]), textarea, button, label.choice)",
        "elements => elements.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)",
    )
    assert sizes
    assert min(sizes) >= 44


def test_the_contact_form_tells_the_browser_what_to_fill_in(page, transactional_db):
    page.goto("/contact/")
    filled = page.eval_on_selector_all("main form [autocomplete]", "fields => fields.map(one => [one.name, one.autocomplete])")
    assert [each for each in filled if each[1] != "off"] == [["name", "name"], ["email", "email"], ["telephone", "tel"]]


def test_a_picture_takes_its_room_before_it_has_come_and_no_more_bytes_than_the_screen_shows(open_page, addresses):
    page = open_page(viewport={"width": 360, "height": 800})
    page.goto(addresses[-2])
    picture = page.locator(".picture img")
    assert "-640.webp" in picture.evaluate("one => one.currentSrc") or "-320.webp" in picture.evaluate("one => one.currentSrc")
    assert abs(picture.evaluate("one => one.clientWidth / one.clientHeight") - 1280 / 720) < 0.02
