"""What Excel makes of what people type: taken for what was meant, or refused with a word about Excel."""

import re
from datetime import date

ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
_SHARE_OF_A_DAY = re.compile(r"0?\.\d+")
_HOURS_AND_TENS = re.compile(r"(\d{1,2})\.(\d)")
_DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_SHORT_DAY = re.compile(rf"\d{{1,2}}-{_MONTH}(?:-\d\d)?|{_MONTH}-\d\d")
# Text columns in which a date is what was typed; in all others Excel made it of something else, such as 4-6.
MAY_BE_A_DAY = {"interview", "shortlisting", "start_text", "visits"}


def as_time(text: str) -> str:
    """``12.3`` is 12.30, which Excel keeps as a number, and ``0.5`` is noon, as Excel keeps times of day."""
    if _SHARE_OF_A_DAY.fullmatch(text):
        minutes = round(float(text) * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    tens = _HOURS_AND_TENS.fullmatch(text)
    return f"{tens[1]}.{tens[2]}0" if tens else text


def error_in(text: str) -> str:
    """What is wrong with a cell of any column."""
    return f"This cell holds an error of Excel’s, {text}. Correct it there." if text.upper() in ERRORS else ""


def as_text(text: str, field: str) -> tuple[str, str]:
    """The text that was meant, and what is wrong with it if nobody can know."""
    day = _day(text)
    if day and field in MAY_BE_A_DAY:
        return f"{day.day} {day:%B %Y}", ""
    if day or _SHORT_DAY.fullmatch(text):
        return "", f"Excel has made a date of this: {text}. Set the column to “Text” there and type it again."
    if text in {"True", "False"}:
        return "", f"Excel has made {text.upper()} of this. Set the column to “Text” there and type it again."
    return text, ""


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
