"""Makes files shaped like the DfE's extract, of any length and the same each time."""

import csv
import random
from collections.abc import Iterator
from io import BytesIO, StringIO

COLUMNS = [
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", "EstablishmentStatus (code)", "EstablishmentStatus (name)",
    "ReasonEstablishmentOpened (name)", "OpenDate", "ReasonEstablishmentClosed (name)", "CloseDate", "PhaseOfEducation (code)",
    "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "Boarders (name)", "OfficialSixthForm (name)", 
    "Gender (name)",
    "ReligiousCharacter (name)", "Diocese (name)", "AdmissionsPolicy (name)", "SchoolCapacity", "NumberOfPupils", "PercentageFSM",
    "TrustSchoolFlag (name)", "Trusts (name)", "Street", "Locality", "Address3", "Town", "County (name)", "Postcode", 
    "SchoolWebsite", "TelephoneNum", "HeadTitle (name)", "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle",
    "GOR (name)", "DistrictAdministrative (name)",
    "UrbanRural (name)", "Easting", "Northing", "LSOA (name)", "UPRN", "LastChangedDate",
]  # fmt: skip
PHASES = ["Primary"] * 6 + ["Secondary", "Nursery", "16 plus", "All-through", "Middle deemed primary", "Not applicable"]
SAINTS = ["St Mary’s", "St Peter's", "All Saints", "Holy Trinity", "Oakfield", "Brook Lane", "Heron Way"]


def a_line(number: int = 1, **cells: str) -> dict[str, str]:
    """A school as the extract writes it; ``cells`` by the extract's names with underscores for what Python cannot spell."""
    pick = random.Random(number)  # noqa: S311  invented schools
    phase = PHASES[number % len(PHASES)]
    special = phase == "Not applicable"
    return {
        **dict.fromkeys(COLUMNS, ""),
        "URN": str(100_000 + number),
        "LA (code)": "802",
        "LA (name)": "Saltmere",
        "EstablishmentName": f"{pick.choice(SAINTS)} School {number}",
        "TypeOfEstablishment (name)": "Community special school" if special else "Community school",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-1974",
        "PhaseOfEducation (name)": phase,
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
        "ReligiousCharacter (name)": pick.choice(["Does not apply", "Church of England"]),
        "NumberOfPupils": str(pick.randrange(30, 1800)),
        "Trusts (name)": pick.choice(["", "TIDE LEARNING TRUST"]),
        "Street": f"{number} Mill Lane",
        "Town": "Fernhollow",
        "Postcode": f"ZZ{number % 99 + 1} {number % 9 + 1}AA",
        "SchoolWebsite": f"www.school{number}.example",
        "TelephoneNum": f"01632{960000 + number % 1000}",
        "HeadTitle (name)": "Mrs",
        "HeadFirstName": "Zoë",
        "HeadLastName": "Pope",
        "Easting": str(350_000 + number % 50_000),
        "Northing": str(160_000 + number % 40_000),
        **cells,
    }


def lines(count: int, codes: tuple[str, ...] = ("802",)) -> Iterator[dict[str, str]]:
    for number in range(1, count + 1):
        yield a_line(number, **{"LA (code)": codes[number % len(codes)]})


def a_file(*rows: dict[str, str], encoding: str = "cp1252", columns: list[str] = COLUMNS) -> BytesIO:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode(encoding))
