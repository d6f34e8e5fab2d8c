import pytest
from django.contrib import admin, messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.forms import modelform_factory

from news.models import Article
from richtext.admin import TellsWhatWasLeftOut
from richtext.editor import HtmlWidget, is_published
from richtext.fields import HtmlField
from richtext.forms import HtmlFormField
from richtext.templatetags.richtext import richtext_from_h2
from tests.builders import an_article


class ArticleAdmin(TellsWhatWasLeftOut, admin.ModelAdmin):
    pass


def told(rf, article, body):
    """What the desk is told after it saved this body."""
    request = rf.post("/")
    request._messages = CookieStorage(request)
    form = modelform_factory(Article, fields=["title", "body"])({"title": article.title, "body": body}, instance=article)
    assert form.is_valid()
    ArticleAdmin(Article, admin.site).save_model(request, article, form, change=True)
    return [(message.level, str(message)) for message in messages.get_messages(request)]


@pytest.mark.django_db
def test_the_desk_is_told_what_was_left_out_of_the_text_that_it_changed(rf):
    article = an_article(body="<p>a</p>")
    assert told(rf, article, "<p>a</p><img src=x>") == [], "what was pasted and goes again is no change"
    assert told(rf, article, "<p>b</p><img src=x>") == [(messages.WARNING, "Text: 1 picture was left out.")]
    assert (told(rf, article, "<p>c</p>"), article.body) == ([], "<p>c</p>")


def test_the_buttons_stand_in_an_order_that_people_know():
    buttons = ["Format", "Bold", "Italic", "BulletedList", "NumberedList", "Blockquote", "Link", "Unlink"]
    buttons += ["Undo", "Redo", "PasteText", "RemoveFormat", "Maximize"]
    shown = [[button for group in HtmlWidget(quotes).config["toolbar"] for button in group] for quotes in (True, False)]
    assert shown == [buttons, [button for button in buttons if button != "Blockquote"]]


def test_the_editor_offers_the_headings_of_the_grammar_and_links_without_extras():
    config = HtmlWidget().config
    assert (config["format_tags"], config["removeDialogTabs"]) == ("p;h3;h4", "link:advanced;link:target;link:upload")


def test_the_editor_writes_signs_as_they_are_and_lets_the_browser_check_the_spelling():
    config = HtmlWidget().config
    assert (config["entities"], config["disableNativeSpellChecker"], config["customConfig"]) == (False, False, "")


def test_our_script_comes_after_the_editor_that_it_listens_to():
    media = HtmlWidget().media
    assert [str(media._js[-1]), len(media._js) > 1] == ["richtext/editor.js", True]
    assert media._css == {"all": ["richtext/editor.css"]}


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("ckeditor/ckeditor/ckeditor.js", True),
        ("ckeditor\\ckeditor\\skins\\moono-lisa\\editor.css", True),
        ("ckeditor/ckeditor/skins/kama/editor.css", False),
        ("ckeditor\\ckeditor\\lang\\de.js", False),
        ("richtext/editor.js", True),
        ("ckeditor.txt", True),
    ],
)
def test_of_the_editor_only_what_is_asked_for_is_published(path, published):
    assert is_published(path) == published


def test_a_text_under_its_pages_title_skips_no_level_of_headings():
    shown = richtext_from_h2("<h3>a</h3><p>h3 &lt;h4&gt;</p><h4>b</h4>")
    assert shown == "<h2>a</h2><p>h3 &lt;h4&gt;</p><h3>b</h3>"


def test_every_form_of_a_text_field_cleans_and_quotes_where_its_grammar_does():
    field = HtmlField(blank=True).formfield()
    assert (type(field), field.required, field.clean("<blockquote>a</blockquote>")) == (HtmlFormField, False, "<p>a</p>")


def test_a_text_that_is_not_there_is_no_error():
    assert HtmlField(null=True).formfield(required=False).clean(None) == ""
    assert Article._meta.get_field("title").to_python(None) is None
