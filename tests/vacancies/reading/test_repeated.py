from datetime import date

import pytest

from vacancies.reading.kinds import read_advert
from vacancies.reading.repeated import repeated


def test_lines_that_only_say_what_stands_in_boxes_are_offered_for_removal():
    text = """Cook
Oak Hill School
20 hours per week, term time only
Closing date: Friday 8 January 2027 at noon
We need a cook who enjoys feeding hungry children."""
    reading = read_advert(text, date(2026, 12, 7))
    assert [reading.page.lines[number].text for number in sorted(reading.repeated)] == text.splitlines()[:4]


@pytest.mark.parametrize(
    "line",
    [
        "Salary: £28,142, £500 on top",
        "Hours: 20 hours per week, plus 3",
        "Closing date: Friday 8 January 2027 at noon, or 9 January",
        "Permanent, Monday to Friday",
        "Interviews: 14 January 2027 or Saturday",
    ],
)
def test_a_line_with_a_figure_or_a_day_that_no_box_holds_stays(line):
    text = f"Cook\nOak Hill School\n{line}\nWe need a cook who enjoys feeding hungry children."
    reading = read_advert(text, date(2026, 12, 7))
    facts = {name: find for name, find in reading.facts.items() if name not in {"hours_detail", "interview"}}
    assert 2 not in repeated(reading.page, facts)


@pytest.mark.parametrize("line", ["39 weeks (term time plus 5 INSET days)", "37 hours per week, all year round (52 weeks)"])
def test_figures_that_a_box_says_in_words_are_no_reason_to_stay(line):
    assert 2 in read_advert(f"Cook\nOak Hill School\n{line}", date(2026, 12, 7)).repeated
