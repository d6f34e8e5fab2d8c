"""Next Monday tried dry, with one thing missing at a time. It is the Thursday before Monday 27 April 2026."""

import pytest

from editions import publishing
from editions.building.rendering import PressFailed
from editions.models import Bulletin, Edition
from greensheets_site.doctor import monday
from mailing import rules
from tests.builders import MONDAY, a_break, a_subscriber, a_term, a_vacancy, an_edition, london
from tests.editions.press_double import PressDouble
from vacancies.models import Status

NOW = london(2026, 4, 23, 9)
FRIDAY = london(2026, 4, 24, 9)
pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    a_term()
    publishing.plan_editions(NOW)
    return Edition.objects.get(on=MONDAY)


def test_terms_must_reach_far_enough():
    assert (monday.terms(NOW).state, monday.terms(NOW).sentence) == ("bad", "No term that is entered has a Monday to come.")
    term = a_term(ends_on=london(2026, 5, 22).date())
    found = monday.terms(NOW)
    assert (found.state, found.sentence) == ("look", "The terms that are entered end on Friday 22 May 2026.")
    assert "Enter the terms of the next school year" in found.advice
    term.ends_on = london(2026, 7, 21).date()
    term.save()
    assert monday.terms(NOW).state == "good"


def test_an_edition_that_is_not_planned_is_bad():
    a_term()
    assert (monday.edition(NOW).state, monday.edition(NOW).sentence) == ("bad", "The next edition is not planned.")
    an_edition(london(2026, 5, 4).date())
    assert monday.edition(NOW).state == "bad"
    an_edition(MONDAY, number=1234)
    assert (monday.edition(NOW).state, monday.edition(NOW).sentence) == ("good", "Monday 27 April 2026, number 1234.")


def test_an_edition_that_is_due_and_not_out_is_bad(edition):
    found = monday.edition(london(2026, 4, 27, 8))
    assert (found.state, found.sentence) == ("bad", "The edition of Monday 27 April 2026 is due and not published.")


def test_a_break_on_its_monday_is_looked_at(edition):
    a_break(MONDAY, "inset day")
    assert monday.edition(NOW).state == "look"


def test_adverts_with_something_to_check_and_drafts_are_counted(edition):
    assert (monday.adverts(NOW).state, monday.adverts(NOW).sentence[:11]) == ("look", "0 approved,")
    a_vacancy("Teaching Assistant", role="teaching-assistant")
    a_vacancy("Teacher", status=Status.DRAFT)
    found = monday.adverts(NOW)
    assert (found.state, found.sentence.endswith("1 still drafts.")) == ("look", True)


def test_a_pdf_that_failed_is_bad_and_says_why(edition):
    a_vacancy()
    Bulletin.objects.filter(staff_group="teaching").update(problem="GS10001 has a table that is too wide.")
    found = monday.pdfs_checked(NOW)
    assert found.state == "bad"
    assert "GS10001 has a table that is too wide." in found.sentence
    assert "Correct the advert that is named" in found.advice


def test_a_pdf_that_is_not_made_is_looked_at_only_when_monday_is_near(edition):
    a_vacancy()
    a_vacancy("Teaching Assistant", role="teaching-assistant")
    assert (monday.pdfs_checked(NOW).state, monday.pdfs_checked(FRIDAY).state) == ("good", "look")


def test_with_build_both_bulletins_go_through_the_press_and_nothing_is_kept(edition, monkeypatch):
    a_vacancy()
    before = list(Bulletin.objects.order_by("pk").values())
    monkeypatch.setattr("editions.building.rendering.run", PressDouble())
    found = monday.build_tried(NOW)
    assert (found.state, found.sentence.split(":")[0]) == ("good", "Teaching staff")
    assert "1 adverts" in found.sentence
    assert list(Bulletin.objects.order_by("pk").values()) == before


def test_a_press_that_fails_is_bad(edition, monkeypatch):
    def fails(folder, watch):
        raise PressFailed("GS10001 cannot be set.")

    a_vacancy()
    monkeypatch.setattr("editions.building.rendering.run", fails)
    found = monday.build_tried(NOW)
    assert (found.state, found.sentence) == ("bad", "Teaching staff: the press failed. GS10001 cannot be set.")


def test_readers_are_counted():
    assert monday.readers_checked(NOW).state == "look"
    a_subscriber()
    assert monday.readers_checked(NOW).sentence == "1 reader of the weekly email."


def test_the_weekly_email_is_written_and_weighed(edition, monkeypatch):
    for number in range(40):
        a_vacancy(f"Class Teacher {number}")
    found = monday.weekly_email(NOW)
    assert found.state == "good"
    assert "bytes of the 100,000" in found.sentence
    monkeypatch.setattr(rules, "LARGEST_HTML", 200)
    assert monday.weekly_email(NOW).state == "bad"


def test_without_an_edition_nothing_else_about_monday_can_be_good():
    states = [check(NOW).state for check in (monday.adverts, monday.pdfs_checked, monday.weekly_email, monday.build_tried)]
    assert states == ["look"] * 4
