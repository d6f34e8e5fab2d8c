from datetime import date

from vacancies.reading.kinds import read_advert

TWO = """Oak Hill School

Cook
20 hours per week, term time only
£13.05 per hour

Cleaner
10 hours per week, term time only
£12.65 per hour

Closing date: Friday 8 January 2027 at noon"""


def test_what_differs_between_two_posts_is_in_no_box():
    reading = read_advert(TWO, date(2026, 12, 7))
    facts = {name: find.value for name, find in reading.facts.items()}
    assert facts == {
        "school": "Oak Hill School",
        "weeks": "term_time_only",
        "role_type": "catering-cleaning-and-site-management",
        "closes_at": "2027-01-08T12:00",
    }
    assert reading.separate_posts == ("Cook", "Cleaner")
