from datetime import date

from vacancies.reading.kinds import read_advert


def test_lines_that_only_say_what_stands_in_boxes_are_offered_for_removal():
    text = """Cook
Oak Hill School
20 hours per week, term time only
Closing date: Friday 8 January 2027 at noon
We need a cook who enjoys feeding hungry children."""
    reading = read_advert(text, date(2026, 12, 7))
    assert [reading.page.lines[number].text for number in sorted(reading.repeated)] == text.splitlines()[:4]
