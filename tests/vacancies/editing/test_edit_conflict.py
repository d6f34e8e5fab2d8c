"""Two people, one advert."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from tests.builders import a_term, a_vacancy, london
from tests.desk import NO_DOCUMENTS, opened, staff, typed
from vacancies.models import Subject, Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(london(2026, 4, 23, 10), tick=False) as clock:
        yield clock


@pytest.fixture
def advert(client, clock):
    a_term()
    client.force_login(staff("Editor", "ann"))
    return a_vacancy("Teacher", pay_note="none", interview="21 May")


def url(advert):
    return reverse("admin:vacancies_vacancy_change", args=[advert.pk])


def bea_saves(advert, clock, **fields):
    clock.shift(60)
    other = Vacancy.objects.get(pk=advert.pk)
    for name, value in fields.items():
        setattr(other, name, value)
    other._history_user = User.objects.get_or_create(username="bea", defaults={"first_name": "Bea"})[0]
    other.save()


def test_a_second_save_shows_both_versions_and_stores_neither(client, advert, clock):
    data = opened(client, url(advert))
    bea_saves(advert, clock, title="Teacher of Art", interview="22 May")
    response = client.post(url(advert), {**data, "title": "Teacher of Music", "pay_note": "negotiable"})
    form = response.context["adminform"].form
    assert [(row.name, row.theirs, row.mine, row.suggested) for row in form.differences] == [
        ("title", "Teacher of Art", "Teacher of Music", "mine"),
        ("pay_note", "none", "negotiable", "mine"),
        ("interview", "22 May", "21 May", "theirs"),
    ]
    assert "Bea" in response.content.decode()
    advert.refresh_from_db()
    assert (advert.title, advert.interview, advert.pay_note) == ("Teacher of Art", "22 May", "none")


def test_each_part_can_be_chosen_and_the_next_save_goes_through(client, advert, clock):
    data = opened(client, url(advert))
    bea_saves(advert, clock, title="Teacher of Art", interview="22 May")
    form = client.post(url(advert), {**data, "title": "Teacher of Music"}).context["adminform"].form
    again = {**data, "title": "Teacher of Music", "version": form["version"].value()}
    response = client.post(url(advert), {**again, "_take_title": "mine", "_take_interview": "theirs"})
    assert response.status_code == 302
    advert.refresh_from_db()
    assert (advert.title, advert.interview) == ("Teacher of Music", "22 May")


def test_a_third_save_in_between_is_noticed_too(client, advert, clock):
    data = opened(client, url(advert))
    bea_saves(advert, clock, title="Teacher of Art")
    form = client.post(url(advert), {**data, "title": "Teacher of Music"}).context["adminform"].form
    bea_saves(advert, clock, title="Teacher of Drama")
    again = {**data, "title": "Teacher of Music", "version": form["version"].value(), "_take_title": "mine"}
    assert client.post(url(advert), again).context["adminform"].form.differences[0].theirs == "Teacher of Drama"


def test_the_same_words_from_both_are_no_conflict(client, advert, clock):
    data = opened(client, url(advert))
    bea_saves(advert, clock, title="Teacher of Art")
    assert client.post(url(advert), {**data, "title": "Teacher of Art"}).status_code == 302


def test_bold_letters_that_somebody_added_are_a_difference(client, advert, clock):
    data = opened(client, url(advert))
    bea_saves(advert, clock, body="<p>The governors wish to <strong>appoint</strong> a colleague.</p>")
    assert [row.name for row in client.post(url(advert), data).context["adminform"].form.differences] == ["body"]


def test_subjects_and_closing_times_are_compared_as_staff_read_them(client, advert, clock):
    art = Subject.objects.create(name="Art", slug="art")
    data = opened(client, url(advert))
    bea_saves(advert, clock, closes_at=london(2026, 5, 13, 12))
    form = client.post(url(advert), {**data, "subjects": [art.pk]}).context["adminform"].form
    assert [(row.name, row.theirs, row.mine) for row in form.differences] == [
        ("closes_at", "13/05/2026 12:00:00", "12/05/2026 12:00:00"),
        ("subjects", "", "Art"),
    ]


def test_a_form_that_does_not_say_which_version_it_saw_overwrites_nothing(client, advert):
    data = opened(client, url(advert))
    del data["version"]
    assert client.post(url(advert), {**data, "title": "Blind"}).status_code == 200
    advert.refresh_from_db()
    assert advert.title == "Teacher"


def test_a_save_alone_goes_through_twice_in_a_row(client, advert, clock):
    for title in ("One", "Two"):
        clock.shift(5)
        form = client.get(url(advert)).context["adminform"].form
        assert client.post(url(advert), {**typed(form), **NO_DOCUMENTS, "title": title}).status_code == 302
    advert.refresh_from_db()
    assert advert.title == "Two"
