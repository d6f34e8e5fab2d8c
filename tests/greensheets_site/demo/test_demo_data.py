import hashlib
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from editions.models import Edition
from greensheets_site.demo import adverts, calendar, schools
from greensheets_site.demo.build import build
from greensheets_site.demo.places import PLACES
from mailing.models import Subscriber
from tests.builders import a_school, london
from vacancies.models import Authority, School, Status, Subject, Vacancy
from vacancies.search.places import Gazetteer, miles_between

TUESDAY = london(2026, 11, 24, 10)
SMALL = 0.05

pytestmark = pytest.mark.django_db


def digest() -> dict[str, str]:
    """A fingerprint of every table's rows. Staff by name: passwords are salted, and PostgreSQL counts keys on."""
    prints = {"staff": repr(sorted(User.objects.values_list("username", "groups__name")))}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label == "auth":
            continue
        names = [field.attname for field in model._meta.concrete_fields]
        rows = list(model.objects.order_by("pk").values_list(*names)) if hasattr(model, "objects") else []
        prints[model._meta.label] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return prints


def digest_of_a_run() -> dict[str, str]:
    """Build, take the fingerprint, and leave the database as it was."""
    with transaction.atomic(), time_machine.travel(TUESDAY, tick=False):
        build(TUESDAY, SMALL)
        found = digest()
        transaction.set_rollback(True)
    return found


def test_two_runs_into_empty_databases_make_the_same_rows():
    first, second = digest_of_a_run(), digest_of_a_run()
    assert first == second
    assert not Vacancy.objects.exists()


@pytest.mark.one_database
def test_the_whole_demo_has_the_size_of_the_real_site(settings):
    settings.DEMO = True
    out = StringIO()
    with time_machine.travel(TUESDAY, tick=False):
        call_command("demo_data", stdout=out)
        assert Authority.objects.count() == 13
        assert 1_380 <= School.objects.count() <= 1_440
        assert Edition.objects.count() == 14
        assert Subscriber.objects.count() == 2_300
        current = Edition.objects.get(on="2026-11-23")
        for group in ("teaching", "support"):
            assert 120 <= current.vacancies(group).count() <= 133
        assert Vacancy.objects.live().count() > 250
        assert Vacancy.objects.filter(status=Status.DRAFT, publish_on="2026-11-30").count() >= 8
        assert set(Vacancy.objects.filter(status=Status.DRAFT).values_list("publish_on", flat=True)) == {
            current.on.replace(day=30)
        }
        assert Edition.objects.published().count() == 13
    assert "owner  greensheets-owner" in out.getvalue()


def test_a_second_run_adds_nothing_and_says_so(settings):
    settings.DEMO = True
    build(TUESDAY, SMALL)
    before, out = digest(), StringIO()
    call_command("demo_data", stdout=out)
    assert digest() == before
    assert out.getvalue() == "There are schools or adverts here already: nothing was added.\n"


def test_one_school_is_enough_to_keep_the_demo_out(settings):
    settings.DEMO = True
    a_school("Ours")
    call_command("demo_data", stdout=StringIO())
    assert [school.name for school in School.objects.all()] == ["Ours"]


def test_it_refuses_outside_demo_and_debug(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="GREENSHEETS_DEMO=1"):
        call_command("demo_data")
    assert not School.objects.exists()


@pytest.mark.parametrize(
    "today",
    [(2026, 9, 8), (2026, 10, 27), (2026, 12, 29), (2027, 2, 15), (2027, 4, 1), (2027, 7, 25), (2027, 8, 20), (2026, 4, 27)],
)
def test_there_is_always_a_past_a_current_and_a_coming_edition(today):
    day = london(*today).date()
    issues = calendar.issues_around(day)
    assert len(issues.past) == 12
    assert issues.past[-1] < issues.current <= day < issues.coming
    assert len({monday.weekday() for monday in issues.all}) == 1
    terms, breaks = calendar.terms_around(day)
    assert not {row.on for row in breaks} & set(issues.all)
    assert all(before.ends_on < after.starts_on for before, after in pairwise(terms))


def test_a_reader_finds_every_outward_code_of_the_authorities_and_the_middles_of_their_towns_where_they_are():
    rows = schools.schools(schools.authorities(), 1)
    found = Gazetteer.of((row.postcode, row.town, row.authority.slug, row.latitude, row.longitude) for row in rows)
    codes = {town.outward for place in PLACES for town in place.towns}
    middles = {
        "BS1": (51.4548, -2.5987),
        "BS2": (51.4579, -2.5793),
        "BH1": (50.7240, -1.8600),
        "EX1": (50.7280, -3.4990),
        "GL50": (51.8972, -2.0848),
        "PL1": (50.3709, -4.1506),
    }
    assert sorted(code for code in codes | middles.keys() if not found.find(code)) == []
    miles = {code: miles_between(found.find(f"{code} 4DJ").point, middle) for code, middle in middles.items()}
    assert {code: distance for code, distance in miles.items() if distance > 1} == {}


def test_the_six_adverts_keep_their_facts_and_their_own_dates():
    Subject.objects.create(name="Mathematics", slug="mathematics")
    school = a_school()
    made = [adverts.vacancy(entry, school) for entry in adverts.entries()]
    assert [advert.role_type.slug for advert in made] == [
        "teacher",
        "head-of-department-or-curriculum",
        "deputy-headteacher",
        "teaching-assistant",
        "administration-hr-data-and-finance",
        "midday-supervisor",
    ]
    assert [advert.closes_at for advert in made] == [
        london(2026, 5, 12, 12),
        london(2026, 5, 8, 9),
        london(2026, 5, 6, 23, 59),
        london(2026, 5, 11, 9),
        london(2026, 5, 15, 12),
        london(2026, 5, 4, 17),
    ]
    assert [(advert.actual_pay_min, advert.posts) for advert in made] == [
        (None, 1),
        (None, 1),
        (None, 1),
        (16025, 1),
        (18557, 1),
        (3471, 2),
    ]
    assert [adverts.subjects(entry) for entry in adverts.entries()][1] == [Subject.objects.get()]


def test_of_the_six_texts_all_is_shown_but_the_remark_for_testers():
    school = a_school()
    shown = [adverts.vacancy(entry, school).body for entry in adverts.entries()]
    typed = [f"<p>{entry['body']}</p>" for entry in adverts.entries()]
    lunchtime = "Could you help our youngest children enjoy a safe and happy lunchtime? Would suit a parent or carer."
    assert shown == [*typed[:5], f"<p>{lunchtime}</p>"]
    assert adverts.REMARK in typed[5]


def test_a_number_of_posts_that_a_title_tells_is_the_number_that_machines_are_told():
    school = a_school()
    made = [adverts.vacancy(entry, school) for entry in adverts.entries()]
    assert [(advert.title, advert.posts) for advert in made if "post" in advert.title.lower() or advert.posts > 1] == [
        ("Midday Supervisory Assistants (2 posts)", 2)
    ]


def test_shifted_adverts_close_at_the_same_clock_time_and_name_no_wrong_day():
    entry = adverts.entries()[0]
    shifted = adverts.vacancy(entry, a_school(), weeks_later=30)
    assert shifted.closes_at == london(2026, 12, 8, 12)
    assert (shifted.publish_on, shifted.interview) == (london(2026, 11, 23).date(), "")
