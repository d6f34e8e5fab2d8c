"""A closing date as an iCalendar file (RFC 5545), for the reader's own calendar."""

from datetime import UTC, datetime, timedelta

from .. import wording
from ..models import Vacancy

STAMP = "%Y%m%dT%H%M%SZ"
REMINDER = "-P1D"
LONGEST_LINE = 74


def calendar_file(vacancy: Vacancy, address: str) -> str:
    """An event of no length at the closing moment, with a reminder a day before."""
    closes = vacancy.dates[1].astimezone(UTC)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Greensheets//Vacancies in Schools//EN",
        "BEGIN:VEVENT",
        f"UID:{vacancy.reference.lower()}@greensheets",
        f"DTSTAMP:{_stamp(vacancy.updated_at)}",
        f"DTSTART:{_stamp(closes)}",
        f"DTEND:{_stamp(closes + timedelta(minutes=1))}",
        f"SUMMARY:{_text(f'Closing date: {vacancy.title}, {vacancy.school.name}')}",
        f"DESCRIPTION:{_text(f'Closes {wording.closing(vacancy)}. Reference {vacancy.reference}. {address}')}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(f'{vacancy.title} closes tomorrow')}",
        f"TRIGGER:{REMINDER}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(STAMP)


def _text(value: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _folded(line: str) -> str:
    """No line is longer than 75 octets; what follows a break begins with a space."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])
