"""The form field of a rich text: what it returns is clean, and it remembers what it had to leave out."""

from typing import Any

from django import forms

from .cleaning import ADVERT, Grammar, Report, clean_with_report
from .editor import HtmlWidget


class HtmlFormField(forms.CharField):
    """A text area with the editor. An editor's own line breaks are no change."""

    report: Report | None = None
    """What the last text held that its grammar cannot say."""

    def __init__(self, *, grammar: Grammar = ADVERT, **kwargs: Any) -> None:
        self.grammar = grammar
        # The admin proposes its plain text area for every TextField; this one is always edited in the editor.
        super().__init__(**{**kwargs, "widget": HtmlWidget(quotes=grammar.quotes)})

    def to_python(self, value: Any) -> str:
        html, self.report = clean_with_report(super().to_python(value) or "", self.grammar)
        return html
