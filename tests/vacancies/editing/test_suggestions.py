from datetime import date

import pytest

from tests.builders import a_school
from vacancies.editing.suggestions import choices, suggestions
from vacancies.models import Subject
from vacancies.reading.kinds import Reading, read_advert

pytestmark = pytest.mark.django_db


def reading(text: str) -> Reading:
    return read_advert(text, date(2026, 12, 7))


def boxes(text: str) -> dict[str, object]:
    return {name: value for one in suggestions(reading(text)).values() for name, value in one.boxes.items()}


def test_facts_are_offered_as_the_boxes_hold_them():
    subject = Subject.objects.create(name="Mathematics", slug="mathematics")
    found = boxes("Teacher of Maths\nStart date: 12 April 2027\nClosing date: 8 January 2027 at 9am\nWe do not accept CVs.")
    assert {name: value for name, value in found.items() if name not in {"title", "role_type"}} == {
        "start": "date",
        "starts_on": "12/04/2027",
        "closes_at_0": "08/01/2027",
        "closes_at_1": "09:00",
        "cv_accepted": "false",
        "subjects": [str(subject.pk)],
    }


@pytest.mark.parametrize("written", ["St Petrock’s School", "ST PETROCK'S SCHOOL", "St Petrocks School"])
def test_a_school_is_known_by_its_name_however_its_apostrophe_is_written(written):
    school = a_school("St Petrock's School")
    assert boxes(f"Cook\n{written}\nClosing date: 8 January 2027")["school"] == str(school.pk)


def test_of_two_schools_of_one_name_that_of_the_mailbox_is_taken():
    a_school("Oak School", email="office@oak-hill.example")
    school = a_school("Oak School", email="office@oak-vale.example")
    assert boxes("Cook\nOak School\nPlease apply to head@oak-vale.example")["school"] == str(school.pk)


def test_between_two_schools_of_one_name_somebody_must_choose():
    schools = [a_school("Oak School"), a_school("Oak School")]
    found = reading("Cook\nOak School")
    assert "school" not in suggestions(found)
    assert [one.boxes["school"] for one in choices(found)["school"]] == [str(school.pk) for school in schools]


def test_a_school_that_is_not_here_and_a_subject_that_is_not_are_not_offered():
    found = suggestions(reading("Teacher of Latin and Maths\nOak School"))
    assert {"school", "subjects"} & found.keys() == set()


def test_a_school_that_is_closed_is_not_offered():
    a_school("Oak School", closed_on=date(2026, 1, 1))
    assert "school" not in boxes("Cook\nOak School")


def test_a_school_that_is_not_named_is_known_by_its_website():
    school = a_school("Oak School", website="https://www.oak.example/")
    assert boxes("Cook\nApply at www.oak.example/jobs")["school"] == str(school.pk)
