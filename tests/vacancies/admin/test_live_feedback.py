"""What the form of an advert says while it is typed: problems, sums, what is known of the school. Nothing is stored."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.builders import a_role, a_school, a_vacancy, london
from tests.desk import NO_DOCUMENTS, opened
from vacancies.models import Status, Vacancy

ADD, LOOK = reverse("admin:vacancies_vacancy_add"), reverse("admin:vacancies_vacancy_look")
TERM_TIME = {
    "title": "Teaching assistant",
    "working_pattern": "part_time",
    "weeks": "term_time_only",
    "weeks_paid": "44.429",
    "hours_per_week": "27.5",
    "full_time_hours": "37",
    "pay_unit": "year",
    "pay_min": "25185",
    "pay_max": "25583",
}
SUM = "£25,185 × 27.5 / 37 hours × 44.429 / 52.143 weeks = £15,949"


def look(client, **fields):
    return client.post(LOOK, {"publish_on": "27/04/2026", "in_bulletin": "on", **fields}).json()


def texts(answer):
    return {name: note["text"] for name, note in answer["notes"].items()}


def test_an_empty_form_asks_for_the_school_and_the_title_first(client, editor):
    answer = look(client)
    assert "Choose the school." in answer["problems"]
    assert '<a href="#id_title">Enter the title of the post.</a>' in answer["problems"]
    assert answer["state"] == "2 missing"
    assert answer["known"] == {}


def test_the_state_counts_what_is_missing_and_what_to_check(client, editor):
    school = a_school(safeguarding_text="Safe.")
    fields = {"school": school.pk, "title": "Cook", "role_type": a_role().pk, "apply_email": "a@b.example", "pay_scale": "MPS"}
    fields["working_pattern"] = "full_time"
    assert look(client, **fields)["state"] == "1 missing, 1 to check"
    closing = {"closes_at_0": "08/05/2026", "closes_at_1": "noon"}
    assert look(client, **fields, **closing, body="<p>Text</p>")["state"] == "Nothing missing"


def test_actual_pay_is_shown_with_its_sum(client, editor):
    notes = texts(look(client, school=a_school().pk, **TERM_TIME))
    assert notes["actual_pay_min"] == f"Left empty, this is stored: {SUM}"
    assert notes["actual_pay_max"].endswith("= £16,201")


def test_another_figure_that_was_typed_is_compared_with_the_sum_and_can_be_exchanged(client, editor):
    answer = look(client, school=a_school().pk, **TERM_TIME, actual_pay_min="15900", actual_pay_max="16201")
    assert answer["notes"]["actual_pay_min"] == {"text": f"Hours and weeks make it {SUM}", "values": {"actual_pay_min": "15949"}}
    assert answer["notes"]["actual_pay_max"]["values"] == {}


def test_paid_weeks_are_asked_for_where_the_sum_needs_them(client, editor):
    notes = texts(look(client, school=a_school().pk, **{**TERM_TIME, "weeks_paid": ""}))
    assert notes["weeks_paid"] == "Enter the paid weeks to see the actual pay of this post."
    assert "actual_pay_min" not in notes


def test_the_usual_closing_time_follows_the_edition_and_is_one_click_away(client, editor):
    assert look(client, publish_on="04/05/2026")["notes"]["closes_at"] == {
        "text": "Usual for this edition: Friday 15 May 2026, noon.",
        "values": {"closes_at_0": "15/05/2026", "closes_at_1": "12:00"},
    }


def test_dates_are_said_in_full(client, editor):
    notes = texts(look(client, closes_at_0="8.5.26", closes_at_1="3.15pm"))
    assert notes == {
        "in_bulletin": "Printed in the edition of Monday 27 April 2026; its usual copy deadline is Thursday 23 April 2026, noon.",
        "closes_at": "Friday 8 May 2026, 3.15pm: 11 days after it appears.",
    }


def test_a_deadline_that_has_passed_is_said(client, editor, thursday):
    thursday.move_to(london(2026, 4, 23, 12))
    assert texts(look(client))["in_bulletin"] == (
        "Printed in the edition of Monday 27 April 2026; its usual copy deadline, Thursday 23 April 2026, noon, has passed."
    )


def test_of_an_advert_that_readers_hold_on_paper_it_says_what_changes_still_reach(client, editor):
    printed = a_vacancy(publish_on=date(2026, 4, 20))
    address = reverse("admin:vacancies_vacancy_look", args=[printed.pk])
    held = "It was printed in the edition of 20 April 2026; that bulletin stays as it is. Changes reach the website"
    assert texts(client.post(address, {"in_bulletin": "on"}).json())["in_bulletin"] == f"{held} only."
    Vacancy.objects.update(print_until=date(2026, 5, 4))
    assert texts(client.post(address, {"in_bulletin": "on"}).json())["in_bulletin"] == (
        f"{held} and the editions of 27 April 2026 to 4 May 2026."
    )


def test_what_the_text_says_is_offered_for_empty_boxes_and_compared_with_a_closing_time(client, editor):
    body = "<p><strong>Closing date:</strong> Friday 15th May, noon</p><p>27.5 hours a week</p>"
    notes = look(client, body=body, hours_per_week="30")["notes"]
    assert "hours_per_week" not in notes
    assert notes["closes_at"] == {
        "text": "The text says Friday 15 May 2026, noon.",
        "values": {"closes_at_0": "15/05/2026", "closes_at_1": "12:00"},
    }
    typed = {"closes_at_0": "08/05/2026", "closes_at_1": "noon"}
    assert texts(look(client, body=body, **typed))["closes_at"] == (
        "Friday 8 May 2026, noon: 11 days after it appears. But the text says Friday 15 May 2026, noon."
    )
    assert texts(look(client, body=body))["hours_per_week"] == "The text says 27.5."


def test_what_the_school_said_last_time_is_known(client, editor):
    school = a_school(email="head@fernhollow.example", phone="01632 960100")
    a_vacancy(school=school, publish_on=date(2026, 3, 2), contact_name="Mrs Pell", dbs="enhanced", cv_accepted=False)
    known = look(client, school=school.pk, role_type=a_role().pk)["known"]
    last = f"as in {Vacancy.objects.get().reference}, the school’s last advert"
    assert known == {
        "apply_email": {"value": "office@fernhollow.example", "source": last},
        "contact_phone": {"value": "01632 960100", "source": "from the school’s record"},
        "full_time_hours": {"value": "37", "source": last},
        "contact_name": {"value": "Mrs Pell", "source": last},
        "dbs": {"value": "enhanced", "source": last},
        "cv_accepted": {"value": "false", "source": last},
        "apply_method": {"value": "email", "source": "from the school’s record"},
    }


def test_the_role_type_knows_its_usual_full_time_hours(client, editor):
    school = a_school()
    for slug, hours, group in (("teacher", "32.5", "teaching"), ("midday-supervisor", "37", "support")):
        known = look(client, school=school.pk, role_type=a_role(slug).pk)["known"]
        assert known == {"full_time_hours": {"value": hours, "source": f"usual for {group} staff"}}


def test_looking_stores_nothing_and_is_stored_nowhere(client, editor):
    vacancy = a_vacancy(status=Status.DRAFT)
    data = {**opened(client, reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])), "title": "Changed"}
    response = client.post(reverse("admin:vacancies_vacancy_look", args=[vacancy.pk]), data)
    assert "no-store" in response.headers["Cache-Control"]
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.history.count(), Vacancy.objects.count()) == ("Class Teacher", 1, 1)


def test_looking_takes_the_right_to_edit(client, django_user_model):
    vacancy = a_vacancy()
    one = reverse("admin:vacancies_vacancy_look", args=[vacancy.pk])
    assert client.post(LOOK).status_code == 302
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert [client.post(url).status_code for url in (LOOK, one)] == [403, 403]


def test_only_a_sent_form_is_looked_at(client, editor):
    assert client.get(LOOK).status_code == 405
    assert client.post(reverse("admin:vacancies_vacancy_look", args=[999])).status_code == 404


@pytest.mark.parametrize(
    "fields", [{"school": "x"}, {"pay_min": "1e400"}, {"hours_per_week": "NaN"}, {"publish_on": "99/99/9999"}]
)
def test_nonsense_is_answered_like_anything_else(client, editor, fields):
    assert look(client, **fields)["state"].startswith("2 missing")


def added(client, **fields):
    data = {**NO_DOCUMENTS, "school": a_school().pk, "publish_on": "27/04/2026", **TERM_TIME, **fields}
    return client.post(ADD, data, follow=True)


def actual():
    vacancy = Vacancy.objects.get()
    return vacancy.actual_pay_min, vacancy.actual_pay_max


def test_an_empty_box_is_filled_on_saving_and_the_sum_is_said(client, editor):
    said = list(map(str, added(client).context["messages"]))
    assert actual() == (Decimal(15949), Decimal(16201))
    assert f"Actual pay from, worked out: {SUM}." in said


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ({"actual_pay_min": "15000", "actual_pay_max": "17000"}, (15000, 17000)),
        ({"actual_pay_min": "17000"}, (17000, None)),
        ({"pay_max": ""}, (15949, None)),
        ({"working_pattern": "full_time", "weeks": "all_year"}, (None, None)),
        ({"hours_per_week": "60"}, (None, None)),
        ({"pay_min": ""}, (None, 16201)),
    ],
)
def test_the_figure_that_staff_type_wins_and_nothing_doubtful_is_filled_in(client, editor, fields, stored):
    assert added(client, **fields).status_code == 200
    assert actual() == stored


def test_part_of_full_time_is_enough_for_a_post_that_is_paid_all_year(client, editor):
    fields = {"weeks": "all_year", "weeks_paid": "", "hours_per_week": "", "fte": "0.6", "pay_min": "32916", "pay_max": ""}
    said = list(map(str, added(client, **fields).context["messages"]))
    assert "Actual pay from, worked out: £32,916 × 0.6 of full time = £19,750." in said


def test_a_figure_that_was_worked_out_follows_the_hours_and_one_that_was_typed_stays(client, editor):
    added(client)
    url = reverse("admin:vacancies_vacancy_change", args=[Vacancy.objects.get().pk])
    client.post(url, {**opened(client, url), "hours_per_week": "37"})
    assert actual() == (Decimal(21459), Decimal(21798))
    client.post(url, {**opened(client, url), "actual_pay_min": "20000"})
    client.post(url, {**opened(client, url), "hours_per_week": "30"})
    assert actual() == (Decimal(20000), Decimal(21798))


def test_a_number_below_zero_is_refused(client, editor):
    response = added(client, hours_per_week="-5")
    assert response.context["adminform"].form.errors["hours_per_week"] == ["Enter 0 or more."]


@pytest.mark.parametrize(("copy", "cookie"), [("mwum5vkaf6prdr", "mwum5vkaf6prdr"), ("", None), ("x\r\nSet-Cookie: a=b", None)])
def test_a_saved_form_tells_the_browser_to_forget_its_unsaved_copy(client, editor, copy, cookie):
    data = {**NO_DOCUMENTS, "school": a_school().pk, "title": "Cook", "_unsaved": copy}
    response = client.post(ADD, data)
    assert getattr(response.cookies.get("unsaved_done"), "value", None) == cookie


def test_a_form_that_was_refused_keeps_its_unsaved_copy(client, editor):
    response = client.post(ADD, {**NO_DOCUMENTS, "title": "Cook", "_unsaved": "mwum5vkaf6prdr"})
    assert (response.status_code, "unsaved_done" in response.cookies) == (200, False)
