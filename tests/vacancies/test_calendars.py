import pytest

from tests.builders import a_school, a_vacancy
from vacancies.calendars import closing_date


@pytest.mark.django_db
def test_the_closing_date_as_a_calendar_event():
    vacancy = a_vacancy("Cook; Baker, Chef", school=a_school("St Aldwyn's Church of England Primary School, Haverleigh"))
    file = closing_date(vacancy, "https://www.greensheets.example/vacancies/1-cook/")
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
    file = closing_date(a_vacancy("Ü" * 150), "https://www.greensheets.example/")
    assert "Ü" * 150 in file.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
