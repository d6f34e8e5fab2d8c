"""The form of an advert, worked as staff work it."""

from playwright.sync_api import expect

from .helpers import wait_for_editors, wait_until

ADD = "/admin/vacancies/vacancy/add/"
BODY = "<p>We wish to appoint a kind and patient colleague.</p>"


def open_form(page, address=ADD):
    page.goto(address)
    wait_for_editors(page)
    expect(page.locator("form.is-looked-at")).to_be_attached()


def type_body(page, html=BODY):
    page.evaluate("(html) => CKEDITOR.instances.id_body.setData(html)", html)


def body_of(page):
    return page.evaluate("CKEDITOR.instances.id_body.getData()").strip()


def search_for(page, name):
    """Type into the box of a choice that was opened, which has the focus only a moment later, and see what is found."""
    box = page.locator(".select2-container--open .select2-search__field")
    expect(box).to_be_focused()
    page.keyboard.type(name)
    expect(box).to_have_value(name)
    # Until the answer comes, what was listed before still stands there, and goes under the hand that clicks it.
    expect(page.locator(".select2-results .loading-results")).to_have_count(0)


def choose(page, field, name):
    page.click(f".field-{field} .select2-selection")
    search_for(page, name)
    page.locator(".select2-results__option--highlighted", has_text=name).click()


def wait_until_kept(page, text):
    held = "Object.keys(localStorage).some((key) => key.startsWith('greensheets-') && localStorage[key].includes(argument))"
    wait_until(page, held, text)


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('greensheets-unsaved')).length")
