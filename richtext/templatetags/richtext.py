from django import template
from django.utils.safestring import mark_safe

from ..cleaning import ARTICLE, clean

register = template.Library()


@register.filter
def richtext(value):
    """Cleans again whatever is stored; the wider grammar, since a narrower one was kept on the way in."""
    return mark_safe(clean(value, ARTICLE))  # noqa: S308  cleaned on this very line
