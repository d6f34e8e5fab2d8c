from datetime import date

import pytest
from django.urls import reverse

from tests.builders import a_break, a_vacancy, london
from vacancies.models import Break, Term

ADD = reverse("admin:vacancies_break_add")
HALF_TERM = {"on": "25/05/2026", "reason": "half-term"}


@pytest.fixture
def booked():
    return a_vacancy(publish_on=date(2026, 5, 25), closes_at=london(2026, 6, 9, 12))


def test_a_break_under_no_advert_is_simply_added(client, publisher):
    assert "what_of_adverts" not in client.get(ADD).text
    assert client.post(ADD, HALF_TERM).status_code == 302
    assert Break.objects.get().reason == "half-term"


def test_a_break_under_booked_adverts_lists_them_and_waits_for_a_choice(client, publisher, booked):
    response = client.post(ADD, HALF_TERM)
    assert list(response.context["adminform"].form.booked) == [booked]
    assert booked.reference in response.text
    assert response.text.count('value="move"') == 1
    assert not Break.objects.exists()


def test_booked_adverts_can_be_moved_to_the_next_edition(client, publisher, booked):
    response = client.post(ADD, {**HALF_TERM, "what_of_adverts": "move"}, follow=True)
    booked.refresh_from_db()
    assert (booked.publish_on, booked.print_from, booked.print_until) == (date(2026, 6, 1),) * 3
    assert "1 advert moved to the next edition." in map(str, response.context["messages"])
    assert booked.history.first().history_user == publisher


def test_booked_adverts_can_be_left(client, publisher, booked):
    client.post(ADD, {**HALF_TERM, "what_of_adverts": "leave"})
    booked.refresh_from_db()
    assert booked.publish_on == date(2026, 5, 25)
    assert Break.objects.count() == 1


def test_an_advert_that_closes_too_soon_is_named(client, publisher, booked):
    booked.closes_at = london(2026, 5, 29, 12)
    booked.save()
    response = client.post(ADD, {**HALF_TERM, "what_of_adverts": "move"}, follow=True)
    assert str(next(iter(response.context["messages"]))) == (f"Left where they were because they close before it: {booked}.")


def test_moving_past_the_last_term_is_refused(client, publisher, booked):
    a_vacancy(publish_on=date(2026, 7, 20), closes_at=london(2026, 8, 9, 12))
    response = client.post(ADD, {"on": "20/07/2026", "reason": "end of term", "what_of_adverts": "move"})
    assert response.context["adminform"].form.errors["what_of_adverts"] == [
        "There is no edition after that: add the next term first, or leave them as they are."
    ]


def test_changing_the_reason_of_a_break_asks_nothing(client, publisher, booked):
    row = a_break()
    url = reverse("admin:vacancies_break_change", args=[row.pk])
    assert client.post(url, {"on": "25/05/2026", "reason": "Whitsun"}).status_code == 302


def test_a_break_on_a_tuesday_is_refused(client, publisher):
    response = client.post(ADD, {"on": "26/05/2026", "reason": "half-term"})
    assert response.context["adminform"].form.errors["on"] == ["Choose a Monday: editions come out on Mondays only."]


def test_terms_count_their_editions_and_breaks_name_their_bank_holiday(client, publisher):
    a_break()
    terms = client.get(reverse("admin:vacancies_term_changelist")).content.decode()
    assert Term.objects.count() == 1
    assert '<td data-label="Editions" class="field-editions">14</td>' in terms
    assert "Spring Bank Holiday" in client.get(reverse("admin:vacancies_break_changelist")).content.decode()


def test_an_editor_may_look_at_the_calendar_only(client, editor):
    assert client.get(reverse("admin:vacancies_break_changelist")).status_code == 200
    assert client.post(ADD, HALF_TERM).status_code == 403


@pytest.mark.parametrize("page", ["term", "break"])
def test_whoever_confirms_a_monday_without_an_edition_is_led_to_the_adverts_booked_for_it(client, publisher, booked, page):
    term = Term.objects.create(name="Summer term", starts_on=date(2026, 4, 13), ends_on=date(2026, 7, 22), confirmed_at=None)
    half_term = Break.objects.create(on=date(2026, 5, 25), reason="half-term", confirmed_at=None)
    row = term if page == "term" else half_term
    there = reverse(f"admin:vacancies_{page}_changelist")
    answer = client.post(there, {"action": "confirm", "_selected_action": [row.pk]}, follow=True)
    told = str(list(answer.context["messages"])[-1])
    assert told.startswith("1 advert is booked for Monday 25 May 2026, which has no edition.")
    led_to = client.get(f"{reverse('admin:vacancies_vacancy_changelist')}?edition=2026-05-25")
    assert f'href="{led_to.request["PATH_INFO"]}?edition=2026-05-25"' in told
    assert booked.reference in led_to.text
