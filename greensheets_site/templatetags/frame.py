"""The links of every page's masthead and foot, in one place."""

from dataclasses import dataclass

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.template import Context

register = template.Library()

LINKS = {
    "for_readers": [
        ("Vacancies", "/vacancies/"),
        ("Editions", "/editions/"),
        ("News", "/news/"),
        ("Mailing list", "/mailing-list/"),
    ],
    "for_schools": [("Advertise", "/advertise/"), ("Contact", "/contact/")],
    "weekly": [
        ("All vacancies", "/vacancies/"),
        ("Teaching staff", "/vacancies/teaching/"),
        ("Support staff", "/vacancies/support/"),
        ("Editions and PDFs", "/editions/"),
        ("Join the mailing list", "/mailing-list/"),
    ],
    "about": [
        ("About Greensheets", "/about/"),
        ("Advertise a vacancy", "/advertise/"),
        ("Contact form", "/contact/"),
        ("Privacy policy", "/privacy/"),
        ("Accessibility", "/accessibility/"),
    ],
}


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: str

    @property
    def is_current(self) -> bool:
        return bool(self.current)


@register.simple_tag(takes_context=True)
def navigation(context: Context, name: str) -> list[Item]:
    """The links of one menu; ``current`` is the value of ``aria-current``: the page itself, or the section it is in."""
    here = _path(context)
    return [Item(label, url, _current(here, url)) for label, url in LINKS[name]]


@register.simple_tag(takes_context=True)
def section(context: Context) -> tuple[tuple[str, str], ...]:
    """Where the page stands in the menus; the mastheads of pages that stand at the same place are alike."""
    here = _path(context)
    return tuple((url, current) for links in LINKS.values() for _, url in links if (current := _current(here, url)))


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request else ""


def _current(here: str, url: str) -> str:
    if here == url:
        return "page"
    return "true" if here.startswith(url) else ""


@register.filter
def envelope(address: str) -> list[str]:
    """An address in lines, as on an envelope, so that no postcode is torn in two."""
    return [line.strip() for line in address.split(",") if line.strip()]


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """How a form field is laid out: a ``group`` of choices in a fieldset, one ``tick``, or a label above a ``box``."""
    if getattr(field.field.widget, "input_type", "") == "checkbox":
        return "group" if getattr(field.field.widget, "allow_multiple_selected", False) else "tick"
    return "group" if field.use_fieldset else "box"
