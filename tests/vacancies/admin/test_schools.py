from datetime import date

import pytest
from django.urls import reverse

from tests.builders import a_role, a_school, a_vacancy, an_authority
from tests.desk import staff
from vacancies.models import School

LIST = reverse("admin:vacancies_school_changelist")


@pytest.mark.parametrize(("open_", "names"), [("yes", ["Open"]), ("no", ["Closed"]), ("x", ["Closed", "Open"])])
def test_open_and_closed_schools_are_told_apart(client, editor, open_, names):
    a_school("Open"), a_school("Closed", closed_on=date(2025, 8, 31))
    assert [school.name for school in client.get(LIST, {"open": open_}).context["cl"].result_list] == names


def test_the_list_takes_the_same_queries_for_one_school_and_for_three(client, editor, django_assert_max_num_queries):
    a_school()
    with django_assert_max_num_queries(14) as one:
        client.get(LIST)
    a_school(authority=an_authority("Elsewhere")), a_school()
    with django_assert_max_num_queries(14) as three:
        client.get(LIST)
    assert len(one) == len(three)


def test_a_school_with_adverts_is_kept(client):
    client.force_login(staff("Owner"))
    used, unused = a_vacancy().school, a_school("Unused")
    for school, code in ((used, 403), (unused, 302)):
        url = reverse("admin:vacancies_school_delete", args=[school.pk])
        assert client.post(url, {"post": "yes"}).status_code == code
    assert list(School.objects.all()) == [used]


def test_what_adverts_name_is_kept(client):
    client.force_login(staff("Owner"))
    a_vacancy(role="teacher")
    codes = [
        client.post(reverse("admin:vacancies_roletype_delete", args=[a_role(slug).pk]), {"post": "yes"}).status_code
        for slug in ("teacher", "senco")
    ]
    assert codes == [403, 302]


@pytest.mark.parametrize("name", ["authority", "roletype", "subject", "term", "break", "school", "vacancy"])
def test_every_page_of_this_room_opens_for_a_publisher(client, publisher, name):
    row = {"school": a_vacancy().school}.get(name)
    assert client.get(reverse(f"admin:vacancies_{name}_changelist")).status_code == 200
    if row:
        assert client.get(reverse(f"admin:vacancies_{name}_change", args=[row.pk])).status_code == 200
