"""For the lists of the back office."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled(cells: Iterable[str], headers: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """The cells of a row, each cut where the name of its column fits in, which is shown where there is no room for columns.

    The admin has made and escaped each cell; it begins with its tag, ``td`` or ``th``.
    """
    for cell, header in zip(cells, headers, strict=True):
        name = "" if "action-checkbox" in header.get("class_attrib", "") else header["text"]
        yield {"tag": SafeString(cell[:3]), "column": capfirst(name), "rest": SafeString(cell[3:])}
