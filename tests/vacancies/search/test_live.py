"""The live adverts, read whole: which, in what order, and with what at hand."""

from datetime import timedelta

import pytest
import time_machine

from tests.builders import MONDAY, a_school, a_vacancy, an_authority, london
from tests.sent_files import a_pdf
from vacancies.models import Subject, VacancyDocument
from vacancies.public.views import similar_to
from vacancies.search.live import LiveAdverts, live_adverts
from vacancies.templatetags.vacancies import posts
from web.remembered import Memory

NOW = london(2026, 4, 28, 9)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def titles(adverts):
    return [advert.title for advert in adverts]


def test_the_newest_come_first_and_only_what_is_live_now():
    for title, days, fields in [
        ("Last week", -7, {}),
        ("This week", 0, {}),
        ("Next week", 7, {}),
        ("Closed", -7, {"closes_at": NOW}),
        ("Closing", -7, {"closes_at": NOW + timedelta(seconds=1)}),
        ("Draft", 0, {"status": "draft"}),
        ("Withdrawn", 0, {"status": "withdrawn"}),
        ("This week too", 0, {}),
    ]:
        a_vacancy(title, publish_on=MONDAY + timedelta(days=days), **fields)
    live = LiveAdverts()
    assert titles(live.by_pk.values()) == ["This week too", "This week", "Closing", "Last week"]
    assert [row.pk for row in live.rows] == list(live.by_pk)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_them_takes_the_same_queries_however_many(count, django_assert_num_queries):
    for _ in range(count):
        advert = a_vacancy(school=a_school(authority=an_authority()))
        advert.subjects.add(Subject.objects.get_or_create(name="Art", slug="art")[0])
        VacancyDocument.objects.create(vacancy=advert, title="Form", file=a_pdf(), kind="pdf", size=9, is_written_anew=True)
    with django_assert_num_queries(6):
        live = LiveAdverts()
    with django_assert_num_queries(0):
        for advert in live.by_pk.values():
            assert advert.school.authority.name
            assert advert.role_type.name
            assert [str(subject) for subject in advert.subject_list] == ["Art"]
            assert titles(advert.documents) == ["Form"]


def test_posts_of_one_school_share_it():
    school = a_school()
    one, other = a_vacancy("One", school=school), a_vacancy("Other", school=school)
    by_pk = LiveAdverts().by_pk
    assert by_pk[one.pk].school is by_pk[other.pk].school


def test_the_posts_of_a_school_that_close_first_come_first():
    school = a_school()
    for title, day in [("Later", 20), ("Sooner", 10), ("Same day", 20)]:
        a_vacancy(title, school=school, closes_at=london(2026, 5, day, 12))
    a_vacancy("Elsewhere")
    assert titles(LiveAdverts().at_school(school.pk)) == ["Sooner", "Later", "Same day"]


def test_similar_posts_are_of_the_same_type_first_near_ones_before_far_ones_then_of_the_same_group_nearby():
    here, there = an_authority("Saltmere"), an_authority("Haverleigh")
    advert = a_vacancy("Itself", school=a_school(authority=here), role="senco")
    for title, authority, role, days in [
        ("Near, other group", here, "teaching-assistant", 0),
        ("Near, other type", here, "teacher", 0),
        ("Far, other type", there, "teacher", 0),
        ("Far, same type", there, "senco", 0),
        ("Near, same type, older", here, "senco", -7),
        ("Near, same type", here, "senco", 0),
        ("Near, other type, older", here, "teacher", -7),
    ]:
        school = a_school(authority=authority)
        a_vacancy(title, school=school, role=role, publish_on=MONDAY + timedelta(days=days))
    assert titles(similar_to(advert)) == [
        "Near, same type",
        "Near, same type, older",
        "Far, same type",
        "Near, other type",
        "Near, other type, older",
    ]


def test_there_are_never_more_similar_posts_than_are_read_at_a_glance():
    adverts = [a_vacancy() for _ in range(8)]
    assert len(similar_to(adverts[0])) == 5


class Search:
    """As much of a list as a row asks for."""

    def __init__(self, query, miles=None):
        self.query, self.found = query, self
        self.miles = miles or {}


def test_a_row_is_made_once_and_carries_the_list_that_it_stands_in():
    advert = a_vacancy("Cook & Baker")
    memory = Memory()
    with memory.under(1):
        rows = [
            posts([advert]),
            posts([advert], Search("q=a&sort=closing")),
            posts([advert], Search('q="><b>', {advert.pk: 2.31})),
        ]
    assert [f'href="{advert.get_absolute_url()}{query}">Cook &amp; Baker' in row for query, row in zip(
        ["", "?q=a&amp;sort=closing", "?q=&quot;&gt;&lt;b&gt;"], rows, strict=True
    )] == [True] * 3  # fmt: skip
    assert ["miles away" in row for row in rows] == [False, False, True]
    assert "<span>2.3 miles away</span>" in rows[2]


def test_a_row_at_its_own_school_does_not_repeat_the_school():
    advert = a_vacancy(school=a_school("Hollin Bank School"))
    with Memory().under(1):
        assert ["Hollin Bank" in posts([advert], at_school=at_school) for at_school in (True, False)] == [False, True]


def test_what_staff_save_is_read_at_the_next_stamp_and_not_before():
    memory = Memory()
    with memory.under(1):
        assert titles(live_adverts().by_pk.values()) == []
    a_vacancy("Cook")
    with memory.under(1):
        assert titles(live_adverts().by_pk.values()) == []
    with memory.under(2):
        assert titles(live_adverts().by_pk.values()) == ["Cook"]
