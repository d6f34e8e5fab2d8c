import pytest
import time_machine

from tests.builders import a_school, a_vacancy, london
from vacancies.public.calendars import calendar_file


@pytest.mark.django_db
def test_the_closing_date_as_a_calendar_event():
    vacancy = a_vacancy("Cook; Baker, Chef", school=a_school("St Aldwyn's Church of England Primary School, Haverleigh"))
    file = calendar_file(vacancy, "https://www.greensheets.example/vacancies/1-cook/")
    lines = file.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = file.replace("\r\n ", "").split("\r\n")
    assert "DTSTART:20260512T110000Z" in whole
    assert "SUMMARY:Closing date: Cook\\; Baker\\, Chef\\, St Aldwyn's Church of England Primary School\\, Haverleigh" in whole
    assert f"UID:{vacancy.reference.lower()}@greensheets" in whole
    assert whole[0] == "BEGIN:VCALENDAR"
    assert whole[-2:] == ["END:VCALENDAR", ""]


@pytest.mark.django_db
def test_a_long_title_in_any_script_is_folded_between_letters():
    file = calendar_file(a_vacancy("Ü" * 150), "https://www.greensheets.example/")
    assert "Ü" * 150 in file.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))


@pytest.mark.django_db
def test_every_line_of_the_event_says_what_its_reader_needs():
    with time_machine.travel(london(2026, 4, 21, 14, 5), tick=False):
        vacancy = a_vacancy("Cook", school=a_school("Oak\\Ash School"), closes_at=london(2026, 12, 1, 12))
    address = "https://www.greensheets.example/vacancies/1-cook/"
    lines = calendar_file(vacancy, address).replace("\r\n ", "").split("\r\n")
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Greensheets//Vacancies in Schools//EN",
        "BEGIN:VEVENT",
        f"UID:{vacancy.reference.lower()}@greensheets",
        "DTSTAMP:20260421T130500Z",
        "DTSTART:20261201T120000Z",
        "DTEND:20261201T120100Z",
        "SUMMARY:Closing date: Cook\\, Oak\\\\Ash School",
        f"DESCRIPTION:Closes Tuesday 1 December 2026\\, noon. Reference {vacancy.reference}. {address}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Cook closes tomorrow",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
