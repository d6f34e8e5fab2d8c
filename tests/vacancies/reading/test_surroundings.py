from datetime import date

import pytest

from vacancies.reading.kinds import read_advert
from vacancies.reading.surroundings import beside, set_beside

MAIN = "<main><h1>Cook</h1><p>Oak Hill School</p><p>Closing date: 8 January 2027</p></main>"


def test_what_a_page_has_beside_its_text_is_left_out():
    news = "<aside><h3>Latest news</h3><ul><li>Open evening, <b>14 January</b></li></ul></aside>"
    foot = "<footer><p>High Street, Taunton ZZ99 7JA</p></footer>"
    reading = read_advert(f'<nav><a href="/">Join us</a></nav>{MAIN}{news}{foot}', date(2026, 12, 7))
    assert [reading.page.lines[number].text for number in sorted(reading.left_out)] == [
        "Latest news",
        "Open evening, 14 January",
        "High Street, Taunton ZZ99 7JA",
    ]


def test_an_aside_that_states_facts_is_advert():
    assert beside(f"{MAIN}<aside><p>Salary: £28,142 a year</p><p>Part of Elm Trust</p></aside>") == set()


@pytest.mark.parametrize("heading", ["Latest news", "News and events", "Upcoming events", "Useful links", "In this section"])
def test_news_under_an_advert_goes_where_nothing_below_is_a_fact(heading):
    assert set_beside(["Cook", "Closing date: noon", heading, "Tickets £4"]) == {2, 3}
    assert set_beside(["Cook", heading, "Tickets £4", "Closing date: 8 January 2027"]) == set()


def test_a_line_of_links_to_the_terms_of_a_site_is_left_out():
    assert set_beside(["Cook", "Part of Elm Trust | Cookies | Accessibility statement"]) == {1}
    assert set_beside(["Cook | Oak Hill School"]) == set()
