"""Structured data in pages, escaped so that no text of an advert can end the script element."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

ESCAPED = {sign: f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.filter
def json_ld(data: Any) -> str:
    """A ``<script type="application/ld+json">`` of one thing, or of each of a list; a block of data, which no browser runs."""
    things = data if isinstance(data, list | tuple) else [data]
    return mark_safe("\n".join(_script(thing) for thing in things if thing))  # noqa: S308  every part is escaped below


def _script(thing: dict[str, Any]) -> str:
    text = json.dumps(thing, cls=DjangoJSONEncoder, ensure_ascii=False)
    for sign, escaped in ESCAPED.items():  # twenty times as quick as translate()
        text = text.replace(sign, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  < > & are escaped
