"""The only module that knows which editor is used: CKEditor 4 by django-ckeditor.

No Source button, no pictures, no uploads, no full page; ``cleaning`` reduces what staff paste, whatever the editor lets through.
"""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django.forms import Media

# Headings and tables are let through although the grammar has no tables: their structure must reach the cleaner.
ALLOWED = "p h1 h2 h3 h4 ul ol li strong em b i br blockquote table thead tbody tr td th; a[href]"
REMOVED = "about,exportpdf,flash,forms,iframe,image,magicline,pagebreak,scayt,showborders,smiley,sourcearea,uploadimage,wsc"
CONFIG: dict[str, Any] = {
    "toolbar": [
        ["Format", "Bold", "Italic", "BulletedList", "NumberedList"],
        ["Link", "Unlink"],
        ["Undo", "Redo", "RemoveFormat"],
    ],
    "format_tags": "p;h3;h4",
    "allowedContent": ALLOWED,
    "removePlugins": REMOVED,
    "versionCheck": False,
    "language": "en-gb",
    "entities": False,
    "disableNativeSpellChecker": False,
    "width": "100%",
    "height": 320,
}
# What it needs of the Content-Security-Policy: its buttons are inline handlers, and it writes its frame with inline styles.
CSP = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
}


class HtmlWidget(CKEditorWidget):
    """The rich-text editor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.config = {**self.config, **CONFIG}


def is_loaded_by(media: Media | None) -> bool:
    """Whether a page with this media holds an editor."""
    return media is not None and any("ckeditor/ckeditor.js" in tag for tag in media.render_js())
