"""The editor in Chromium: what is pasted reaches the cleaner, what is lost is said, and nothing else is asked of anybody."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from greensheets_site.accounts import roles
from richtext.cleaning import clean
from tests.builders import a_term, a_vacancy
from tests.desk import staff
from vacancies.models import Status

from .helpers import screenshot, sign_in, wait_for_editors

CLIPS = Path(__file__).resolve().parents[1] / "richtext" / "clips"
PASTE = """html => new Promise(done => {
  const editor = CKEDITOR.instances.id_body;
  editor.once("afterPaste", () => done());
  const dataTransfer = new CKEDITOR.plugins.clipboard.dataTransfer();
  editor.fire("paste", {type: "html", method: "paste", dataValue: html, dataTransfer});
})"""


@pytest.fixture
def draft(transactional_db):
    a_term()
    return a_vacancy(status=Status.DRAFT, body="")


def opened(page, draft):
    sign_in(page, staff(roles.EDITOR))
    page.goto(f"/admin/vacancies/vacancy/{draft.pk}/change/")
    wait_for_editors(page)
    return page.frame_locator(".cke_wysiwyg_frame")


@pytest.mark.parametrize(
    "clip", ["word-with-nested-lists", "word-with-list-and-table", "google-docs", "libreoffice", "plain-text-with-typed-bullets"]
)
def test_a_clip_that_is_pasted_and_saved_becomes_its_grammar(page, draft, clip):
    opened(page, draft)
    text = (CLIPS / f"{clip}.html").read_text()
    page.evaluate(PASTE, text if "<" in text[:20] else "<br>".join(text.strip().splitlines()))
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist .success")
    draft.refresh_from_db()
    assert draft.body == (CLIPS / f"{clip}.expected").read_text().strip()


def test_pictures_that_a_paste_has_lost_are_counted_under_the_editor(page, draft):
    opened(page, draft)
    page.evaluate(
        PASTE, "<p>Come <img src='data:image/png;base64,iVBORw0KGgo='><img src='data:image/png;base64,iVBORw0KGgo='></p>"
    )
    notice = page.locator(".editor-notice")
    expect(notice).to_have_text("2 pictures were left out of what you pasted. A text has words only.")
    page.evaluate(PASTE, "<p>again</p>")
    expect(notice).to_have_text("")


def test_a_table_that_was_turned_into_lines_is_said_after_saving(page, draft):
    opened(page, draft)
    page.evaluate(PASTE, "<table><tr><th>Day<th>Start<th>End<tr><td>Mon<td>8<td>3</table>")
    page.click("input[name=_continue]")
    expect(page.locator(".messagelist .warning").first).to_contain_text(
        "Text of the advert: 1 table was left out. The words of each table are kept."
    )


def test_the_toolbar_and_the_link_dialogue_work_under_the_policy(page, draft):
    frame = opened(page, draft)
    frame.locator("body").click()
    page.keyboard.type("our site")
    page.keyboard.press("Control+a")
    page.click(".cke_button__bold")
    page.click(".cke_button__link")
    page.fill(".cke_dialog_body input.cke_dialog_ui_input_text >> nth=1", "www.school.example")
    page.click(".cke_dialog_ui_button_ok")
    markup = page.evaluate("CKEDITOR.instances.id_body.getData()")
    assert clean(markup) == '<p><a href="https://www.school.example"><strong>our site</strong></a></p>'
    assert page.locator(".cke_button__source, .cke_button__image").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_the_editor_is_as_wide_as_its_field_and_dark_in_the_dark(open_page, draft, width):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme="dark")
    frame = opened(page, draft)
    page.evaluate(
        "new Promise(done => CKEDITOR.instances.id_body.setData("
        "'<h3>About us</h3><p>We want a <strong>keen</strong> person.</p>', {callback: done}))"
    )
    expect(frame.locator("h3")).to_have_text("About us")
    assert page.locator(".field-body .cke").bounding_box()["width"] >= min(width - 60, 700)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert frame.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(18, 18, 18)"
    screenshot(page, f"editor-{width}-dark", full_page=False)


def test_the_editor_has_the_name_of_its_field(page, draft):
    opened(page, draft)
    expect(page.locator(".cke_wysiwyg_frame")).to_have_attribute("title", "Text of the advert")
