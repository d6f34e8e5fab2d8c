"""Staff find a school and a type of post by what they type, as they find it in front of them."""

import pytest

from tests.builders import a_school
from vacancies.models import RoleType, School
from vacancies.search.boxes import roles_called, schools_called

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools():
    a_school("St Aldhelm's Catholic Primary School", town="Bath", postcode="BA1 1SU", urn=123456, trust="Three Rivers Trust")
    a_school("St. Aldhelm's School", town="Frome", postcode="BA11 2AA")
    a_school("Bath Road Infant School", town="Swindon", postcode="SN1 1AA")


@pytest.mark.parametrize(
    ("typed", "towns"),
    [
        ("St Aldhelm’s", ["Bath", "Frome"]),
        ("Saint Aldhelm", ["Bath", "Frome"]),
        ("st aldhelms", ["Bath", "Frome"]),
        ("aldhelm bath", ["Bath"]),
        ("bath aldhelm", ["Bath"]),
        ("aldh prim", ["Bath"]),
        ("BA1 1SU", ["Bath"]),
        ("ba11su", ["Bath"]),
        ("123456", ["Bath"]),
        ("three rivers", ["Bath"]),
        ("bath", ["Bath", "Swindon"]),
        ("aldhelm swindon", []),
        ("", ["Bath", "Frome", "Swindon"]),
        ("’", ["Bath", "Frome", "Swindon"]),
    ],
)
def test_schools(schools, typed, towns):
    assert sorted(schools_called(typed, School.objects.all()).values_list("town", flat=True)) == towns


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("teacher", "Teacher"),
        ("Teach", "Teacher"),
        ("head", "Headteacher"),
        ("head teacher", "Headteacher"),
        ("deputy", "Deputy headteacher"),
        ("TA", "Teaching assistant"),
        ("LSA", "Teaching assistant"),
        ("HLTA", "Higher level teaching assistant"),
        ("MSA", "Midday supervisor"),
        ("dinner lady", "Midday supervisor"),
        ("cook", "Catering, cleaning and site management"),
        ("caretaker", "Catering, cleaning and site management"),
        ("cleaner", "Catering, cleaning and site management"),
        ("receptionist", "Administration, HR, data and finance"),
        ("bursar", "Administration, HR, data and finance"),
        ("IT technician", "IT and technical support"),
        ("pastoral", "Pastoral, health and welfare"),
        ("cover", "Learning support or cover supervisor"),
        ("HOD", "Head of department or curriculum"),
        ("SENCo", "SENCO"),
    ],
)
def test_the_first_type_of_post_is_the_one_that_was_meant(typed, name):
    assert [role.name for role in roles_called(typed, RoleType.objects.all())][:1] == [name]


@pytest.mark.parametrize(("typed", "count"), [("xylophone", 0), ("", 17), ("-", 17)])
def test_what_no_type_of_post_is_called_finds_none(typed, count):
    assert len(roles_called(typed, RoleType.objects.all())) == count
