"""For the lists of the back office."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled(cells: Iterable[str], headers: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The cells of a row, each with the name of its column, which is shown where there is no room for columns.

    The admin has made and escaped each cell; it begins with ``<td`` or ``<th``.
    """
    for cell, header in zip(cells, headers, strict=True):
        name = "" if "action-checkbox" in header.get("class_attrib", "") else header["text"]
        yield SafeString(f'{cell[:3]} data-label="{escape(capfirst(name))}"{cell[3:]}')
