"""Every kind of public page that shows adverts, as a reader meets it: no fault for axe, nothing wider than the screen."""

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.builders import a_school, a_vacancy
from vacancies.models import Status
from vacancies.schedule import DAY

from .helpers import axe_violations, faults_in_light_and_dark

ADDRESSES = [
    "/",
    "/vacancies/",
    "/vacancies/teaching/",
    "/vacancies/in/saltmere/?pattern=full_time&new=1",
    "/vacancies/?q=wizard&authority=saltmere&phase=secondary&as_typed=1",
    "/vacancies/?page=99",
    "/vacancies/?q=wizard&where=SW1A",
    "/vacancies/?q=class+teacher+part+time",
    f"/vacancies/?q=teacher+{'m' * 130}",
    f"/vacancies/?q={'a.long.address' * 3}@fernhollow-primary.example",
    "/vacancies/in/atlantis/",
]

SENTENCE = "The governors wish to appoint a colleague who enjoys the company of children and of words."
LONG_TEXT = f"<h3>The post</h3>{f'<p>{SENTENCE} {SENTENCE}</p>' * 8}"
LISTED = "<p><strong>We look for</strong></p><ul><li>Patience</li><li>Humour</li><li>Tact</li></ul>"
FULL = {
    "apply_url": "https://school.example/apply",
    "pay_min": 32916,
    "pay_max": 51048,
    "pay_scale": "MPS/UPS",
    "visits": "Warmly welcomed: please telephone the office.",
    "interview": "In the week of the closing date",
    "contact_name": "Mrs A. Clerk",
    "contact_phone": "01632 960101",
    "contact_email": "a.very.long.address.of.a.clerk@fernhollow-primary-school.example",
}


@pytest.fixture
def adverts(transactional_db):
    """One live, one closed, one withdrawn, at a school; their addresses."""
    now = timezone.now()
    school = a_school(latitude=51.0, longitude=-2.0)
    dates = {"publish_on": timezone.localdate(now) - DAY, "school": school}
    live = a_vacancy("Class Teacher", closes_at=now + 9 * DAY, body=LONG_TEXT, **FULL, **dates)
    for number in range(22):
        a_vacancy(f"Teaching Assistant {number}", role="teaching-assistant", closes_at=now + (number + 1) * DAY, **dates)
    closed = a_vacancy("Cook", closes_at=now - DAY / 2, **dates)
    gone = a_vacancy("Cleaner", status=Status.WITHDRAWN, **dates)
    return [live.get_absolute_url(), closed.get_absolute_url(), gone.get_absolute_url(), school.get_absolute_url()]


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_fault_that_axe_finds_or_scrolls_sideways(open_page, problems, adverts, width):
    page = open_page(reduced_motion="reduce", viewport={"width": width, "height": 900})
    for address in [*ADDRESSES, *adverts]:
        page.goto(address)
        look = faults_in_light_and_dark if width == 320 else axe_violations  # Colours are the same at every width.
        assert look(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        if width == 320 and page.locator(".filters summary").count():
            page.click(".filters summary")
            assert faults_in_light_and_dark(page) == [], address
    # A page that answers 404 or 410 on purpose is reported as failed by the browser.
    problems[:] = [problem for problem in problems if "404" not in problem and "410" not in problem]


def focused(page):
    """The words of the element that has the focus."""
    return page.evaluate("document.activeElement.innerText || document.activeElement.value || document.activeElement.id").strip()


def tab_to(page, text, most=60):
    """Press Tab until the element with this text has the focus; on the way, every stop must be seen to have it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", f"no visible focus on {focused(page)!r}"
        if focused(page).startswith(text):
            return
    pytest.fail(f"{text!r} is not reached by {most} presses of Tab")


def test_a_post_is_found_and_applied_for_by_keyboard_alone(page, adverts):
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("class teacher")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vacancies/?q=class+teacher")
    assert page.locator("#results").text_content() == "1 post"
    tab_to(page, "Class Teacher")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vacancies/*-class-teacher/?q=class+teacher")
    tab_to(page, "Back to the list")
    tab_to(page, "Apply on the school’s website")
    tab_to(page, "Add the closing date to your calendar")


def test_filters_are_applied_at_once_on_a_wide_screen_and_keep_the_focus(page, adverts):
    page.goto("/vacancies/")
    assert page.locator(".filters details[open]").count() == 1
    page.focus("input[name=pattern][value=full_time]")
    page.keyboard.press("Space")
    page.wait_for_url("**pattern=full_time**")
    assert page.locator(".chips li").count() == 1
    assert page.evaluate("[document.activeElement.name, document.activeElement.value]") == ["pattern", "full_time"]
    page.keyboard.press("Space")
    page.wait_for_url(lambda address: "pattern" not in address)
    assert page.locator(".chips").count() == 0


def test_a_browser_that_denies_storage_applies_filters_all_the_same(page, adverts):
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied'); } })")
    page.goto("/vacancies/")
    page.check("input[name=pattern][value=full_time]")
    page.wait_for_url("**pattern=full_time**")
    assert page.locator(".chips li").count() == 1


def test_filters_stand_open_on_a_wide_screen_without_scripts(page_without_javascript, adverts):
    page = page_without_javascript
    page.goto("/vacancies/")
    page.check("input[name=pattern][value=full_time]")
    page.click("text=Apply filters")
    page.wait_for_url("**pattern=full_time**")
    assert page.locator(".chips li").count() == 1


def test_filters_work_without_scripts_on_a_phone(open_page, adverts):
    page = open_page(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page.goto("/vacancies/")
    assert page.locator(".filters summary .count").text_content() == "23 posts"
    assert not page.is_visible("input[name=authority]")
    page.click(".filters summary")
    page.check("input[name=group][value=support]")
    page.click("text=Apply filters")
    page.wait_for_url("**group=support**")
    assert page.locator("#results").text_content() == "22 posts"


def test_after_going_back_the_search_says_what_the_list_shows(page, adverts):
    page.goto("/vacancies/")
    page.fill("[name=where]", "BA2")
    page.check("[name=pattern][value=full_time]")
    page.wait_for_url("**pattern=full_time**")
    page.go_back()
    assert not page.is_checked("[name=pattern][value=full_time]")
    assert page.input_value("[name=where]") == ""
    page.go_forward()
    assert page.is_checked("[name=pattern][value=full_time]")


def test_on_a_phone_the_button_says_how_many_posts_the_ticks_would_show(phone, adverts):
    phone.goto("/vacancies/")
    phone.click(".filters summary")
    for box, posts in [("[name=group][value=support]", "Show 22 posts"), ("[name=group][value=teaching]", "Show 23 posts")]:
        phone.check(box)
        expect(phone.locator(".filters button")).to_have_text(posts)
    phone.click(".filters button")
    assert phone.locator("#results").text_content() == "23 posts"


def test_on_a_phone_the_first_post_is_in_sight_after_a_search(open_page, adverts):
    phone = open_page(viewport={"width": 390, "height": 664}, is_mobile=True, has_touch=True, reduced_motion="reduce")
    phone.goto("/vacancies/?q=teacher&where=Fernhollow")
    assert phone.evaluate("document.querySelector('.posts .at').getBoundingClientRect().bottom") <= 664


def test_the_address_of_a_search_has_only_what_was_asked(page, adverts):
    page.goto("/")
    page.fill("#id_q", "teacher")
    page.press("#id_q", "Enter")
    page.wait_for_url("**/vacancies/?q=teacher")


def test_a_page_that_the_browser_had_put_aside_comes_back_without_ticks_that_were_never_sent(phone, adverts):
    phone.goto("/vacancies/")
    phone.click(".filters summary")
    phone.check("[name=group][value=support]")
    phone.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert not phone.is_checked("[name=group][value=support]")


def test_words_that_are_typed_while_a_page_still_loads_are_kept(page, adverts):
    page.goto("/vacancies/")
    page.fill("[name=q]", "cook")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert page.input_value("[name=q]") == "cook"


def test_without_scripts_too_no_tick_and_no_distance_outlives_its_list(page_without_javascript, adverts):
    page = page_without_javascript
    page.goto("/vacancies/")
    page.check("[name=group][value=support]")
    page.select_option("[name=miles]", "20")
    page.goto("/")
    page.go_back()
    assert not page.is_checked("[name=group][value=support]")
    assert page.input_value("[name=miles]") == "10"


def test_on_a_phone_how_to_apply_is_one_tap_away(open_page, adverts):
    phone = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, reduced_motion="reduce")
    phone.goto(adverts[0])
    phone.click("a.button:has-text('How to apply')")
    assert 0 <= phone.evaluate("document.getElementById('apply').getBoundingClientRect().top") < 200
    assert phone.locator("text=Apply on the school’s website").is_visible()


TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, .choice")].filter((one) => {
  if (!one.offsetParent || one.closest("p, dd, .prose, .skip")) return false; // a link in a sentence is as high as its line
  one.scrollIntoView({ block: "center" });
  const { left, top, width, height } = one.getBoundingClientRect();
  const reached = (up) => document.elementFromPoint(left + Math.min(width / 2, 20), top + height / 2 + up);
  return ![-21, 21].every((up) => one.contains(reached(up)));
}).map((one) => one.outerHTML.slice(0, 120))"""


def test_on_a_phone_whatever_leads_on_by_itself_is_large_enough_for_a_thumb(open_page, adverts):
    phone = open_page(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True, reduced_motion="reduce")
    for address in ["/", "/vacancies/?q=assistant&group=support", adverts[0], adverts[3]]:
        phone.goto(address)
        phone.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert phone.evaluate(TOO_SMALL) == [], address


NOTICE = 61  # pixels; the height of a demonstration's notice


def test_on_a_phone_a_search_is_answered_above_the_fold(open_page, adverts):
    phone = open_page(viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True)
    phone.goto("/vacancies/?q=TA&where=ZZ99")
    assert phone.locator(".understood, .sorts, .chips").count() == 3  # as much above the posts as there can be
    ends = phone.evaluate("['#results', '.post h3'].map((one) => document.querySelector(one).getBoundingClientRect().bottom)")
    assert ends[0] <= 640 - NOTICE
    assert ends[1] <= 740 - NOTICE


TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > 321).map((one) => one.outerHTML.slice(0, 80))"""
COVERING = """() => [...document.querySelectorAll("main *")]
  .filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position) && one.offsetHeight > 64)
  .map((one) => one.outerHTML.slice(0, 80))"""


def test_at_400_per_cent_everything_fits_the_width_and_nothing_covers_the_page(open_page, problems, adverts):
    page = open_page(viewport={"width": 320, "height": 256})
    for address in [*ADDRESSES, *adverts]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert page.evaluate(TOO_WIDE) == [], address
        assert page.evaluate(COVERING) == [], address
    problems[:] = [problem for problem in problems if "404" not in problem and "410" not in problem]


CONTRAST = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255);
  const linear = (one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4;
  const light = (colour) => channels(colour).map(linear).reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0.05);
  const box = document.querySelector("[name=q]");
  const both = [getComputedStyle(box).backgroundColor, getComputedStyle(box, "::placeholder").color].map(light);
  return Math.max(...both) / Math.min(...both);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_in_an_empty_field_are_legible_and_an_empty_box_does_not_look_out_of_use(open_page, adverts, theme):
    page = open_page(color_scheme=theme)
    page.goto("/vacancies/?group=support")
    assert page.evaluate(CONTRAST) >= 4.5
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    boxes = page.eval_on_selector_all(
        "[name=group]", "all => all.map(one => [one.checked, getComputedStyle(one).backgroundColor])"
    )
    assert sorted((ticked, colour == ground) for ticked, colour in boxes) == [(False, True), (True, False)]


SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""
LOADED = """() => performance.getEntriesByType("resource").map((one) => [one.name.split(".").pop(), one.encodedBodySize])"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads_and_its_fonts_are_few(open_page, adverts, width):
    page = open_page(viewport={"width": width, "height": 800})
    for address in ["/", "/vacancies/", adverts[0]]:
        page.goto(address, wait_until="networkidle")
        assert page.evaluate(SHIFTS) < 0.01, address
        fonts = [size for kind, size in page.evaluate(LOADED) if kind == "woff2"]
        assert 0 < sum(fonts) <= 90 * 1024, address


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_fonts_come_late(open_page, adverts, width):
    """What stands in for them is as wide and as high, whichever of the usual fonts a machine has."""
    page = open_page(viewport={"width": width, "height": 800})
    for address in ["/", "/vacancies/", adverts[0]]:
        load_with_late_fonts(page, address)
        assert page.evaluate(SHIFTS) < 0.01, address


def load_with_late_fonts(page, address):
    """Their files come once the page has been drawn without them."""
    waiting = []
    page.route("**/*.woff2", lambda route: waiting.append(route))  # noqa: PLW0108  Playwright takes functions only
    page.goto(address, wait_until="domcontentloaded")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert waiting, address
    for route in waiting:
        route.continue_()
    page.unroute("**/*.woff2")
    page.wait_for_load_state("networkidle")


def test_the_letters_of_welsh_cost_little_more(open_page, adverts):
    names = {"school": a_school("Ysgol Tŷ Gŵyr"), "body": "<p>Tŷ <strong>Gŵyr</strong> Łódź</p>"}
    welsh = a_vacancy("Athro Tŷ Gŵyr", publish_on=timezone.localdate() - DAY, closes_at=timezone.now() + 9 * DAY, **names)
    page = open_page()
    page.goto(welsh.get_absolute_url(), wait_until="networkidle")
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name).join(' ')")
    assert all(name in loaded for name in ("sheets-sans-europe-400", "sheets-sans-europe-600", "sheets-condensed-europe-600"))
    assert "latin-ext" not in loaded
    assert sum(size for kind, size in page.evaluate(LOADED) if kind == "woff2") <= 90 * 1024


def test_an_advert_prints_on_one_sheet_and_a_list_without_the_screens_machinery(page, adverts):
    page.goto(adverts[0])
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as advert:
        assert len(advert) == 1
        text = advert[0].get_textpage().get_text_bounded()
    assert "https://school.example/apply" in text
    assert "Copy link" not in text
    page.goto("/vacancies/?role=teaching-assistant")
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as listed:
        text = listed[0].get_textpage().get_text_bounded()
    assert "Teaching Assistant 1" in text
    assert "days left" not in text
    assert "Apply filters" not in text


def columns_of(sheet, *texts):
    """In which half of a printed sheet each text begins."""
    found = [sheet.get_textpage().search(text).get_next() for text in texts]
    return [sheet.get_textpage().get_charbox(index)[0] > sheet.get_width() / 2 for index, _ in found]


def test_in_print_what_introduces_a_list_stands_above_it(page, adverts):
    dates = {"publish_on": timezone.localdate() - DAY, "closes_at": timezone.now() + 9 * DAY}
    for number in (1, 2):  # of the lines above it, with which the columns would break below the heading
        lines = "".join(f"<p>Line {line}</p>" for line in range(number))
        advert = a_vacancy(f"Cook {number}", body=f"{lines}{LISTED}", **dates)
        page.goto(advert.get_absolute_url())
        with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
            assert len(set(columns_of(printed[0], "We look for", "Patience"))) == 1, number


def test_a_printed_advert_says_when_it_closes_but_not_how_many_days_were_left(page, adverts):
    page.goto(adverts[0])
    assert page.locator("text=/9 days left/i").count() == 2
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as advert:
        text = advert[0].get_textpage().get_text_bounded()
    assert "Closes" in text
    assert "days left" not in text
