import json

import pytest
from django.contrib.admin.widgets import AdminTextareaWidget
from django.forms import Form, Media

from news.models import Article
from richtext import editor
from richtext.cleaning import ARTICLE
from richtext.fields import HtmlField
from richtext.forms import HtmlFormField


class TextForm(Form):
    text = HtmlFormField(required=False, grammar=ARTICLE)


def test_what_the_form_returns_is_clean_and_what_was_lost_is_remembered():
    form = TextForm({"text": '<p onclick="x()">a<img src="b.png"></p>'})
    assert form.is_valid()
    assert form.cleaned_data == {"text": "<p>a</p>"}
    assert str(form.fields["text"].report) == "1 picture was left out."


def test_one_form_does_not_remember_what_another_lost():
    TextForm({"text": "<img src=a>"}).is_valid()
    assert TextForm().fields["text"].report is None


def test_an_editors_line_breaks_are_no_change():
    form = TextForm(
        {"text": "<p>a</p>\r\n\r\n<ul>\r\n\t<li>b</li>\r\n</ul>\r\n"}, initial={"text": "<p>a</p>\n<ul>\n<li>b</li>\n</ul>"}
    )
    assert form.changed_data == []


def test_a_form_that_comes_back_shows_what_was_typed():
    html = str(TextForm({"text": "<p>a</p><script>x</script>"})["text"])
    assert "&lt;p&gt;a&lt;/p&gt;&lt;script&gt;" in html
    assert "style=" not in html


def test_a_text_can_be_required():
    form = type("Required", (Form,), {"text": HtmlFormField()})({"text": "<p>&nbsp;</p><script>x</script>"})
    assert form.errors == {"text": ["This field is required."]}
    assert " required" not in str(form["text"])  # a browser would refuse to send the form, for a box that nobody sees


@pytest.mark.parametrize(("model", "quotes"), [("vacancies.Vacancy", False), ("news.Article", True)])
def test_the_admin_edits_each_text_with_the_editor_and_the_buttons_of_its_grammar(model, quotes):
    field = HtmlField() if model.startswith("v") else Article._meta.get_field("body")
    widget = field.formfield(widget=AdminTextareaWidget).widget
    config = json.loads(widget.get_context("body", "", {"id": "id_body"})["widget"]["config"])
    assert (type(widget), ["Blockquote"] in config["toolbar"]) == (editor.HtmlWidget, quotes)


def test_the_editor_asks_nothing_of_anybody_else():
    config = json.loads(editor.HtmlWidget().get_context("body", "", {"id": "id_body"})["widget"]["config"])
    assert (config["versionCheck"], config["language"], config["contentsCss"]) == (
        False,
        "en-gb",
        "/static/richtext/contents.css",
    )


def test_a_page_is_known_to_hold_an_editor_by_what_it_loads():
    published = Media(js=["/static/ckeditor/ckeditor/ckeditor.477202246dad.js"])
    known = [editor.is_loaded_by(media) for media in (None, TextForm().media, published, Form().media)]
    assert known == [False, True, True, False]
