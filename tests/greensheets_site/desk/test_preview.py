"""An advert as web page, column of print and line of the email, while it is being typed. Nothing is stored."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from editions.building import columns
from editions.building.rendering import PressFailed
from tests.builders import a_role, a_school, a_term, a_vacancy, london
from tests.desk import opened, staff
from vacancies.models import Status, Subject, Vacancy

pytestmark = pytest.mark.django_db
NEW = reverse("preview")


@pytest.fixture(autouse=True)
def thursday(time_machine):
    time_machine.move_to(london(2026, 4, 23, 10), tick=False)
    a_term()


@pytest.fixture
def column(monkeypatch):
    """The press is slow; that it sets the advert is tested in tests/editions/building/test_columns.py."""
    seen = []
    monkeypatch.setattr(columns, "picture", lambda vacancy: seen.append(vacancy) or b"\x89PNG")
    return seen


@pytest.fixture
def editor(client):
    user = staff("Editor")
    client.force_login(user)
    return user


def page_of(vacancy):
    return reverse("preview", args=[vacancy.pk])


def form_of(client, vacancy):
    return opened(client, reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]))


def test_what_is_typed_is_shown_three_ways_and_stored_in_none(client, editor, column):
    vacancy = a_vacancy("Class Teacher", pay_min=32916, pay_max=51048)
    stored = Vacancy.objects.values().get()
    response = client.post(page_of(vacancy), {**form_of(client, vacancy), "title": "Teacher of Music"})
    assert "<h1>Teacher of Music</h1>" in response.context["web"]
    assert (response.context["email"].title, response.context["email"].pay) == ("Teacher of Music", "£32,916 to £51,048 a year")
    assert [one.title for one in column] == ["Teacher of Music"]
    assert response.context["column"] == "iVBORw=="
    assert (Vacancy.objects.values().get(), vacancy.history.count()) == (stored, 1)


def test_an_advert_that_was_never_saved_can_be_seen(client, editor, column):
    music = Subject.objects.create(name="Music", slug="music")
    typed = {
        "school": a_school().pk,
        "title": "Teacher",
        "role_type": a_role().pk,
        "subjects": [music.pk],
        "closes_at_0": "8 May 2026",
        "closes_at_1": "noon",
        "body": '<p class="MsoNormal">Come<script>alert(1)</script></p>',
    }
    response = client.post(NEW, typed)
    assert "Come" in response.context["web"]
    assert "alert" not in response.context["web"]
    assert [list(one.subjects.all()) for one in column] == [[music]]
    assert "It will get its reference when it is saved." in response.content.decode()
    assert response.context["email"].closing == "Friday 8 May, noon"
    assert not Vacancy.objects.exists()


def test_a_title_and_a_school_are_enough(client, editor, column):
    response = client.post(NEW, {"school": a_school().pk, "title": "Cook", "pay_min": "rubbish"})
    assert "<h1>Cook</h1>" in response.context["web"]
    assert "The email will list it once it has a role type and a closing time." in response.content.decode()


def test_without_a_school_the_page_says_what_to_do(client, editor, column):
    response = client.post(NEW, {"title": "Cook"})
    assert "Choose the school first" in response.content.decode()
    assert column == []


def test_an_advert_that_the_press_cannot_set_is_shown_without_its_column(client, editor, monkeypatch):
    def fails(_vacancy):
        raise PressFailed("The PDF was not ready after 20 seconds and was stopped.")

    monkeypatch.setattr(columns, "picture", fails)
    response = client.post(NEW, {"school": a_school().pk, "title": "Cook"})
    assert "was not ready after 20 seconds" in response.content.decode()
    assert "<h1>Cook</h1>" in response.context["web"]


def test_markup_in_the_boxes_stays_text_in_every_view(client, editor, column):
    response = client.post(NEW, {"school": a_school().pk, "title": "<img src=x onerror=alert(1)>", "interview": '"><b>x'})
    assert "<img src=x" not in response.context["web"]
    assert "<img src=x" not in response.content.decode()
    assert re.search(r'srcdoc="[^"]*&amp;lt;img src=x', response.content.decode())


def test_a_preview_is_kept_nowhere_and_loads_nothing_of_others(client, editor, column):
    response = client.post(NEW, {"school": a_school().pk, "title": "Cook"})
    assert "no-store" in response.headers["Cache-Control"]
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert '<meta name="robots" content="noindex, nofollow">' in response.context["web"]


@pytest.mark.parametrize("role", ["Editor", "Publisher", "Owner"])
def test_whoever_may_edit_may_preview(client, column, role):
    client.force_login(staff(role))
    vacancy = a_vacancy()
    assert [client.post(url, form_of(client, vacancy)).status_code for url in (NEW, page_of(vacancy))] == [200, 200]


def test_nobody_else_may(client, django_user_model, column):
    vacancy = a_vacancy(status=Status.DRAFT, publish_on=date(2026, 5, 4))
    assert client.post(page_of(vacancy)).headers["Location"].startswith("/admin/login/")
    looker = django_user_model.objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename="view_vacancy"))
    client.force_login(looker)
    assert [client.post(url, {"school": vacancy.school_id}).status_code for url in (NEW, page_of(vacancy))] == [403, 403]
    assert column == []


def test_only_a_sent_form_is_previewed(client, editor):
    assert [client.get(NEW).status_code, client.post(reverse("preview", args=[999])).status_code] == [405, 404]
