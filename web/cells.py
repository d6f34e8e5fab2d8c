"""What a cell of the back office's lists holds: a line of text or a link, and quieter lines below it."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def list_cell(text: object, *below: object, strong: str = "", href: str = "", opens_beside: bool = False) -> SafeString:
    """``strong`` stands before the text in bold; ``opens_beside`` keeps the page that the link stands on."""
    context = {"text": text, "below": below, "strong": strong, "href": href, "opens_beside": opens_beside}
    return render_to_string("admin/cell.html", context)
