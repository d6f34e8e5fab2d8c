"""The only module that knows which editor is used: CKEditor 4 by django-ckeditor.

No Source button, no pictures, no uploads, no full page; ``cleaning`` reduces what staff paste, whatever the editor lets through.
"""

import re
from typing import Any

from ckeditor.widgets import CKEditorWidget
from django.forms import Media
from django.templatetags.static import static

SCRIPT = re.compile(r"ckeditor/ckeditor(\.[0-9a-f]+)?\.js")
# Wider than the grammar: tables, definitions, struck-out words and a list's first number must reach the cleaner, which
# knows what becomes of them and says so.
ALLOWED = (
    "p h1 h2 h3 h4 h5 h6 ul li strong em b i br blockquote pre s strike del table thead tbody tfoot tr dl dt dd; "
    "a[href]; ol[start]; td th[colspan]"
)
# By name, so that none of the bundle's sixty others is active: those for pictures, uploads, Source, forms and frames among them.
PLUGINS = (
    "a11yhelp,basicstyles,blockquote,clipboard,enterkey,floatingspace,format,htmlwriter,indentlist,link,list,maximize,"
    "pastefromgdocs,pastefromlibreoffice,pastefromword,pastetext,removeformat,resize,toolbar,undo,wysiwygarea"
)
CONFIG: dict[str, Any] = {
    "plugins": PLUGINS,
    "toolbar": [
        ["Format", "Bold", "Italic"],
        ["BulletedList", "NumberedList"],
        ["Link", "Unlink"],
        ["Undo", "Redo"],
        ["PasteText", "RemoveFormat", "Maximize"],
    ],
    "format_tags": "p;h3;h4",
    "allowedContent": ALLOWED,
    "removeDialogTabs": "link:advanced;link:target;link:upload",
    "linkShowTargetTab": False,
    "linkDefaultProtocol": "https://",
    "versionCheck": False,
    "skin": "moono-lisa",
    "customConfig": "",
    "stylesSet": False,
    "entities": False,
    "disableNativeSpellChecker": False,
    "resize_dir": "vertical",
    "width": "100%",
    "height": 320,
}
FULL_PAGE_OR_SOURCE = {"fullpage", "docprops", "sourcearea", "sourcedialog"}

# What it needs of the Content-Security-Policy: its buttons are inline handlers, and it writes its frame with inline styles.
CSP = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],
}
# Of the 1,200 files that come with the editor, those that are ever asked for; the rest is not published.
PUBLISHED = (
    "ckeditor-init.js",
    "fixups.js",
    "ckeditor/ckeditor.js",
    "ckeditor/LICENSE.md",
    "ckeditor/lang/en-gb.js",
    "ckeditor/lang/en.js",
    "ckeditor/plugins/icons",
    *(f"ckeditor/plugins/{name}/" for name in ("clipboard", "dialog", "pastefromgdocs", "pastefromlibreoffice")),
    *(f"ckeditor/plugins/{name}/" for name in ("pastefromword", "pastetools", "link")),
    *(f"ckeditor/plugins/a11yhelp/dialogs/{name}" for name in ("a11yhelp.js", "lang/en.js", "lang/en-gb.js")),
    "ckeditor/skins/moono-lisa/",
    "ckeditor/vendor/",
)


class HtmlWidget(CKEditorWidget):  # type: ignore[misc]  # django-ckeditor ships no types
    """The rich-text editor. Takes nothing from ``CKEDITOR_CONFIGS``: a setting must not bring the Source button back."""

    def __init__(self, quotes: bool = False, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(template_name="richtext/editor.html", attrs=attrs)
        toolbar = [*CONFIG["toolbar"][:2], ["Blockquote"], *CONFIG["toolbar"][2:]] if quotes else CONFIG["toolbar"]
        self.config = {**CONFIG, "toolbar": toolbar}

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the editor hides the text area, and a browser cannot ask for what it cannot show."""
        return False

    @property
    def media(self) -> Media:
        """Ours last: it listens to the editor."""
        return Media(css={"all": ["richtext/editor.css"]}, js=[*super().media._js, "richtext/editor.js"])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.config["contentsCss"] = static("richtext/contents.css")
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return context


def is_loaded_by(media: Media | None) -> bool:
    """Whether a page with this media holds an editor; published files have a digest in their names."""
    return media is not None and any(SCRIPT.search(tag) for tag in media.render_js())


def is_published(path: str) -> bool:
    """Whether a static file is worth publishing: all but the editor's are."""
    folder, _, name = path.replace("\\", "/").partition("/")
    return folder != "ckeditor" or name.startswith(PUBLISHED)
