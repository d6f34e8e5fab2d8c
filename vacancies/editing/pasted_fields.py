"""Boxes that accept what is pasted from a school's text: ``Tuesday 12th May 2026``, ``noon``, ``£25,185``, ``27.5 hours``."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, AdminTimeWidget
from django.core.exceptions import ValidationError

from ..reading.days import Clock, Day, clocks_in, days_in

_MUCH_LATER = date(2090, 6, 1)
_BESIDE_A_TIME = re.compile(r"(?<=\d)\s*hrs\b|\b(?:prompt|sharp)\b", re.IGNORECASE)
DATE_FORMATS = [
    "%d/%m/%Y",
    "%d/%m/%y",
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%A %d %B %Y",
    "%A %d %b %Y",
    "%a %d %B %Y",
    "%a %d %b %Y",
]
TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p", "%I %p"]


class PastedDateField(forms.DateField):
    """Understands a date as schools write it, such as ``Tuesday 12th May 2026``."""

    widget = AdminDateWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"input_formats": DATE_FORMATS, **kwargs})
        self.error_messages["invalid"] = "Enter a date such as 12/05/2026 or 12 May 2026."

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", value.replace(",", " "), flags=re.IGNORECASE)
            value = " ".join(value.split())
        try:
            on = super().to_python(value)
        except ValidationError:
            if (on := _written_out(str(value))) is None:
                raise
        named = next(days_in(str(value), date.min), None)
        if on and named and named.on == on and not named.is_that_weekday:
            raise ValidationError(f"{on.day} {on:%B %Y} is a {on:%A}. Enter the right day.")
        return on


def _written_out(text: str) -> date | None:
    """``15th of Sept 2026``, ``Weds 16-Dec-26``. A day without its year is not guessed."""
    now, later = ([day.on for day in days_in(text, after)] for after in (date.min, _MUCH_LATER))
    return now[0] if len(now) == 1 and now == later and _is_all(text, list(days_in(text, date.min))) else None


def _is_all(text: str, found: Sequence[Day | Clock]) -> bool:
    """Whether nothing stands beside what was found."""
    for one in sorted(found, key=lambda one: -one.start):
        text = text[: one.start] + text[one.end :]
    return not text.strip(" .,")


class PastedTimeField(forms.TimeField):
    """Understands ``noon``, ``midnight``, ``3.15pm`` and ``9am``."""

    widget = AdminTimeWidget
    WORDS = {"noon": "12:00", "midday": "12:00", "12noon": "12:00", "12midday": "12:00", "midnight": "23:59"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"input_formats": TIME_FORMATS, **kwargs})
        self.error_messages["invalid"] = "Enter a time such as 9am, 3.15pm or noon."

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            text = re.sub(r"\s+", "", value.lower().replace("a.m.", "am").replace("p.m.", "pm"))
            words, value = _BESIDE_A_TIME.sub("", value), self.WORDS.get(text, text)
        else:
            words = ""
        try:
            return super().to_python(value)
        except ValidationError:
            clocks = list(clocks_in(words))
            if len({clock.at for clock in clocks}) != 1 or not _is_all(words, clocks):
                raise
            return clocks[0].at


class MomentField(forms.SplitDateTimeField):
    widget = AdminSplitDateTime

    def __init__(self, **kwargs: Any) -> None:
        forms.MultiValueField.__init__(self, (PastedDateField(required=False), PastedTimeField(required=False)), **kwargs)
        # The admin's widget writes “Date:” and “Time:” beside its boxes without tying them to the boxes.
        for widget, name in zip(self.widget.widgets, ("date", "time"), strict=True):
            widget.attrs["aria-label"] = f"{self.label or 'Moment'}: {name}"
        self.widget.widgets[1].format = "%H:%M"
        self.error_messages["invalid_date"] = "Enter the date too, such as 12/05/2026."
        self.error_messages["invalid_time"] = "Enter the time too, such as 9am or noon."


class PastedNumberField(forms.DecimalField):
    """Understands ``£25,185.00`` and ``37 hours``; a browser's own number box would discard such a text entirely."""

    widget = forms.TextInput
    UNITS = re.compile(r"[£,\s]|p\.?a\.?$|hours?|hrs?|weeks?|a year|per annum", re.IGNORECASE)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # Django's own does the same
        if isinstance(value, str):
            value = self.UNITS.sub("", value)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Without the zeros that a database adds."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) and value.is_finite() else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "class": "pasted-number"}
