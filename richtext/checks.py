"""Refuses a configuration in which the editor, which is old, would be dangerous."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

from . import editor

HINT = "docs/decisions/0020-ckeditor.md says how the editor is kept safe."


def check_editor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found = []
    if apps.is_installed("ckeditor_uploader"):
        found.append(
            Error("ckeditor_uploader takes any file from anybody: it must not be installed.", hint=HINT, id="richtext.E001")
        )
    config = editor.HtmlWidget().config
    if _shows_source_or_page(config):
        found.append(Error("The editor offers Source or whole pages.", hint=HINT, id="richtext.E002"))
    if config.get("allowedContent") in {True, "", None} or config.get("versionCheck") is not False:
        found.append(Error("The editor takes any content, or calls its maker.", hint=HINT, id="richtext.E003"))
    return [*found, *_strange_editors()]


def _shows_source_or_page(config: dict[str, Any]) -> bool:
    plugins = {name for key in ("plugins", "extraPlugins") for name in config.get(key, "").split(",")}
    buttons = {button for group in config["toolbar"] for button in group}
    return bool(
        config.get("fullPage") or not config.get("plugins") or plugins & editor.FULL_PAGE_OR_SOURCE or "Source" in buttons
    )


def _strange_editors() -> list[CheckMessage]:
    """Fields that bring the library's own widget, whose settings nobody here keeps."""
    return [
        Error(f"{field} is not an HtmlField but brings an editor of its own.", hint=HINT, id="richtext.E004")
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if type(field).__module__.startswith("ckeditor")
    ]
