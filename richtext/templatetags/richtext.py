from django import template
from django.utils.safestring import SafeString, mark_safe

from ..cleaning import made_safe

register = template.Library()


@register.filter
def richtext(value: str) -> SafeString:
    """Makes safe again whatever is stored."""
    return mark_safe(made_safe(value))  # noqa: S308  made safe on this very line


@register.filter
def richtext_from_h2(value: str) -> SafeString:
    """For a text right under its page's title: no level of headings is skipped. Cleaned headings have no attributes."""
    html: str = richtext(value)
    for level in (3, 4):
        html = html.replace(f"<h{level}>", f"<h{level - 1}>").replace(f"</h{level}>", f"</h{level - 1}>")
    return mark_safe(html)  # noqa: S308  the cleaned text with other headings
