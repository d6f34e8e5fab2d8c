import pytest
from ckeditor.fields import RichTextField
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from richtext import checks, editor


def ids():
    return [message.id for message in checks.check_editor(None)]


def test_the_editor_as_it_is_configured_passes():
    assert ids() == []


def test_the_check_is_registered(monkeypatch):
    monkeypatch.setitem(editor.CONFIG, "fullPage", True)
    assert "richtext.E002" in [message.id for message in run_checks()]


def test_the_uploader_is_refused(monkeypatch):
    monkeypatch.setattr("django.apps.apps.is_installed", lambda name: name == "ckeditor_uploader")
    assert ids() == ["richtext.E001"]


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("fullPage", True, "richtext.E002"),
        ("plugins", "toolbar,sourcearea", "richtext.E002"),
        ("plugins", "", "richtext.E002"),
        ("extraPlugins", "sourcedialog", "richtext.E002"),
        ("toolbar", [["Bold"], ["Source"]], "richtext.E002"),
        ("allowedContent", True, "richtext.E003"),
        ("allowedContent", None, "richtext.E003"),
        ("allowedContent", "", "richtext.E003"),
        ("plugins", "fullpage,toolbar", "richtext.E002"),
        ("versionCheck", True, "richtext.E003"),
        ("versionCheck", None, "richtext.E003"),
    ],
)
def test_a_dangerous_setting_is_refused(monkeypatch, key, value, found):
    monkeypatch.setitem(editor.CONFIG, key, value)
    assert ids() == [found]


def test_settings_cannot_bring_the_source_button_back(settings):
    settings.CKEDITOR_CONFIGS = {"default": {"fullPage": True, "toolbar": "Full", "extraPlugins": "sourcearea"}}
    config = editor.HtmlWidget().config
    assert (ids(), config["toolbar"], config.get("fullPage")) == ([], editor.CONFIG["toolbar"], None)


@isolate_apps("tests")
def test_a_field_with_the_librarys_own_editor_is_refused(monkeypatch):
    class Page(models.Model):  # noqa: DJ008  never shown
        text = RichTextField()

        class Meta:
            app_label = "tests"

    monkeypatch.setattr("django.apps.apps.get_models", lambda: [Page])
    assert ids() == ["richtext.E004"]
