"""One line of the DfE's extract as the fields of a school."""

import re
from datetime import date, datetime
from typing import Any

from richtext.plain import one_line

from ..models import Phase
from .grid import latitude_longitude
from .tables import Row

NEEDED = ["URN", "LA (code)", "EstablishmentName", "EstablishmentStatus (name)", "PhaseOfEducation (name)", "Postcode"]
CLOSED, PROPOSED = "Closed", "Proposed to open"
_PHASES = {
    "Nursery": Phase.NURSERY,
    "Primary": Phase.PRIMARY,
    "Middle deemed primary": Phase.MIDDLE,
    "Middle deemed secondary": Phase.MIDDLE,
    "Secondary": Phase.SECONDARY,
    "All-through": Phase.ALL_THROUGH,
    "16 plus": Phase.SIXTEEN_PLUS,
}
_SPECIAL = re.compile(r"special|pupil referral|alternative provision|secure unit|hospital", re.IGNORECASE)
_NO_RELIGION = {"Does not apply", "None", ""}
_MOST_EAST, _MOST_NORTH = 700_000, 1_300_000
_LENGTHS = {
    "name": 150,
    "kind": 80,
    "religious_character": 80,
    "trust": 150,
    "head": 120,
    "address": 200,
    "town": 80,
    "phone": 30,
}


class Doubtful(Exception):
    """A line that cannot be a school's: the column and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def urn(row: Row) -> int:
    text = row["URN"]
    if not re.fullmatch(r"[1-9]\d{4,6}", text, re.ASCII):
        raise Doubtful("URN", f"“{text[:20]}” is not a reference number, which has five to seven digits.")
    return int(text)


def fields(row: Row, at: date) -> dict[str, Any]:
    """What the line says about its school. Nothing for what it leaves empty, so that a gap erases nothing."""
    said = {
        "name": row["EstablishmentName"],
        "kind": row.get("TypeOfEstablishment (name)", ""),
        "phase": phase(row),
        "religious_character": _religion(row.get("ReligiousCharacter (name)", "")),
        "trust": row.get("Trusts (name)", ""),
        "head": _joined(row, ["HeadTitle (name)", "HeadFirstName", "HeadLastName"], " "),
        "address": _joined(row, ["Street", "Locality", "Address3"], ", "),
        "town": row.get("Town", ""),
        "postcode": row["Postcode"].upper()[:8],
        "phone": row.get("TelephoneNum", ""),
        "website": _website(row.get("SchoolWebsite", "")),
        "roll": _number(row, "NumberOfPupils"),
        **_ages(row),
        **_place(row),
    }
    if not said["name"]:
        raise Doubtful("EstablishmentName", "The school has no name.")
    said = {name: one_line(value) if isinstance(value, str) else value for name, value in said.items()}
    kept = {name: value for name, value in said.items() if value not in {"", None}}
    fitting = {name: value[: _LENGTHS.get(name)] if isinstance(value, str) else value for name, value in kept.items()}
    return fitting | _closing(row, at)


def phase(row: Row) -> str:
    """Special schools have no phase in the extract, but a kind that says it."""
    kind = row.get("TypeOfEstablishment (name)", "")
    return str(Phase.SPECIAL if _SPECIAL.search(kind) else _PHASES.get(row["PhaseOfEducation (name)"], ""))


def _closing(row: Row, at: date) -> dict[str, Any]:
    """A school that is proposed to close is open, and a closing day that staff know already stays."""
    status = row["EstablishmentStatus (name)"]
    if status == CLOSED:
        return {"closed_on": _date(row, "CloseDate") or at}
    return {"closed_on": None} if status == "Open" else {}


def _date(row: Row, column: str) -> date | None:
    text = row.get(column, "")
    for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date() if text else None  # noqa: DTZ007  a day, not a moment
        except ValueError:
            continue
    raise Doubtful(column, f"“{text[:20]}” is not a date such as 31-08-2026.")


def _number(row: Row, column: str) -> int | None:
    text = row.get(column, "")
    if text and not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise Doubtful(column, f"“{text[:20]}” is not a whole number.")
    return int(text) if text else None


def _ages(row: Row) -> dict[str, int | None]:
    youngest, oldest = _number(row, "StatutoryLowAge"), _number(row, "StatutoryHighAge")
    if youngest is not None and oldest is not None and oldest < youngest:
        raise Doubtful("StatutoryHighAge", f"{oldest} is less than the lowest age, {youngest}.")
    return {"age_from": youngest, "age_to": oldest}


def _place(row: Row) -> dict[str, float]:
    easting, northing = _number(row, "Easting"), _number(row, "Northing")
    if not easting or not northing:
        return {}
    if easting > _MOST_EAST or northing > _MOST_NORTH:
        raise Doubtful("Easting", f"{easting}, {northing} is not in Great Britain.")
    latitude, longitude = latitude_longitude(easting, northing)
    return {"latitude": latitude, "longitude": longitude}


def _religion(text: str) -> str:
    return "" if text in _NO_RELIGION else text


def _joined(row: Row, columns: list[str], between: str) -> str:
    return between.join(filter(None, (row.get(column, "") for column in columns)))


def _website(text: str) -> str:
    """Schools write their address in every way; one that is no address is left alone."""
    text = text if text.lower().startswith(("http://", "https://")) or not text else f"https://{text}"
    return (
        text if re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"]*)?", text, re.IGNORECASE) and len(text) <= 200 else ""
    )
