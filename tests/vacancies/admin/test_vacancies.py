from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from richtext.editor import HtmlWidget
from tests.builders import MONDAY, a_role, a_school, a_vacancy, london
from tests.desk import NO_DOCUMENTS, opened, typed
from vacancies.models import Status, Subject, Vacancy

ADD = reverse("admin:vacancies_vacancy_add")
LIST = reverse("admin:vacancies_vacancy_changelist")


def page_of(vacancy):
    return reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])


def a_draft(**fields):
    return a_vacancy(**{"status": Status.DRAFT, "pay_scale": "MPS", "dbs": "enhanced", **fields})


def listed(client, **query):
    return [vacancy.title for vacancy in client.get(LIST, query).context["cl"].result_list]


def errors_of(response):
    return {name: list(lines) for name, lines in response.context["adminform"].form.errors.items()}


def test_a_draft_needs_a_school_and_a_title_only(client, editor):
    school = a_school()
    response = client.post(ADD, {**NO_DOCUMENTS, "school": school.pk, "title": "Midday supervisor"})
    vacancy = Vacancy.objects.get()
    assert response.status_code == 302
    assert (vacancy.title, vacancy.status, vacancy.publish_on, vacancy.posts) == ("Midday supervisor", Status.DRAFT, None, 1)


def test_without_a_title_nothing_is_saved_and_nothing_typed_is_lost(client, editor):
    response = client.post(
        ADD, {**NO_DOCUMENTS, "school": a_school().pk, "title": "", "interview": "21 May", "publish_on": "27/04/2026"}
    )
    assert errors_of(response) == {"title": ["This field is required."]}
    assert response.context["adminform"].form["interview"].value() == "21 May"
    assert not Vacancy.objects.exists()


def test_a_new_advert_comes_up_for_the_next_edition_with_a_usual_closing_time(client, editor):
    form = client.get(ADD).context["adminform"].form
    assert form["publish_on"].value() == MONDAY
    assert form.fields["closes_at"].help_text == "Usual for this edition: Friday 8 May 2026, noon."


def test_the_printed_weeks_are_the_first_edition_on_or_after_the_day_it_appears(client, editor):
    client.post(
        ADD, {**NO_DOCUMENTS, "school": a_school().pk, "title": "Teacher", "publish_on": "29/04/2026", "in_bulletin": "on"}
    )
    vacancy = Vacancy.objects.get()
    assert (vacancy.publish_on, vacancy.print_from, vacancy.print_until) == (date(2026, 4, 29), *[date(2026, 5, 4)] * 2)


def test_an_advert_for_the_website_only_is_printed_nowhere(client, editor):
    data = {**NO_DOCUMENTS, "school": a_school().pk, "title": "Teacher", "publish_on": "27/04/2026", "print_from": "27/04/2026"}
    client.post(ADD, data)
    assert Vacancy.objects.get().print_from is None


@pytest.mark.parametrize(
    ("day", "time"),
    [("12/05/2026", "12:00"), ("Tuesday 12th May 2026", "noon"), ("12 May 2026", "12.00pm"), ("12.05.2026", "12 noon")],
)
def test_dates_may_be_pasted_as_schools_write_them(client, editor, day, time):
    client.post(ADD, {**NO_DOCUMENTS, "school": a_school().pk, "title": "Teacher", "closes_at_0": day, "closes_at_1": time})
    assert Vacancy.objects.get().closes_at == london(2026, 5, 12, 12)


def test_numbers_may_be_pasted_as_schools_write_them(client, editor):
    numbers = {"pay_min": "£25,185.00 p.a.", "hours_per_week": "27.5 hours", "weeks_worked": "39 weeks", "hourly_pay": " £12.85"}
    client.post(ADD, {**NO_DOCUMENTS, "school": a_school().pk, "title": "Teacher", **numbers})
    vacancy = Vacancy.objects.get()
    assert [getattr(vacancy, name) for name in numbers] == [25185, Decimal("27.5"), 39, Decimal("12.85")]


def test_numbers_and_times_come_up_as_one_would_write_them(client, editor):
    vacancy = a_draft(pay_min=Decimal(25185), hours_per_week=Decimal("27.5"), weeks_paid=Decimal("44.429"))
    data = opened(client, page_of(vacancy))
    assert [data[name] for name in ("pay_min", "hours_per_week", "weeks_paid")] == ["25185", "27.5", "44.429"]
    html = client.get(page_of(vacancy)).content.decode()
    assert 'value="12:00"' in html
    assert client.post(page_of(vacancy), data).status_code == 302


def test_half_a_closing_time_is_asked_for_in_words(client, editor):
    response = client.post(
        ADD, {**NO_DOCUMENTS, "school": a_school().pk, "title": "Teacher", "closes_at_0": "12/05/2026", "closes_at_1": "x"}
    )
    assert errors_of(response) == {"closes_at": ["Enter a time such as 9am, 3.15pm or noon."]}


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"pay_min": "2", "pay_max": "1"}, "pay_max"),
        ({"actual_pay_min": "2", "actual_pay_max": "1"}, "actual_pay_max"),
        ({"fte": "1.2"}, "fte"),
        ({"in_bulletin": "on", "print_from": "04/05/2026", "print_until": "27/04/2026"}, "print_until"),
        ({"body": "x" * 200_001}, "body"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, editor, fields, refused):
    response = client.post(ADD, {**NO_DOCUMENTS, "school": a_school().pk, "title": "Teacher", **fields})
    assert list(errors_of(response)) == [refused]
    assert not Vacancy.objects.exists()


def test_more_text_than_the_site_takes_is_answered_in_words(client, editor):
    response = client.post(ADD, {**NO_DOCUMENTS, "school": a_school().pk, "title": "Teacher", "body": "x" * 4_300_000})
    assert response.status_code == 413
    assert "go back, and your text will still be there" in response.content.decode()
    assert not Vacancy.objects.exists()


def test_approving_a_complete_advert_says_when_it_appears(client, editor):
    vacancy = a_draft()
    response = client.post(page_of(vacancy), {**opened(client, page_of(vacancy)), "_approve": "1"}, follow=True)
    vacancy.refresh_from_db()
    assert vacancy.status == Status.APPROVED
    assert f"{vacancy} is approved. It goes on the website on Monday 27 April 2026." in map(str, response.context["messages"])


def test_approving_an_incomplete_advert_is_refused_with_links_to_the_fields(client, editor):
    vacancy = Vacancy.objects.create(title="Teacher", school=a_school())
    data = {**opened(client, page_of(vacancy)), "publish_on": "", "_approve": "1"}
    response = client.post(page_of(vacancy), data)
    vacancy.refresh_from_db()
    assert vacancy.status == Status.DRAFT
    assert errors_of(response) == {
        "role_type": ["Choose a role type: it decides the bulletin."],
        "publish_on": ["Choose the day on which the advert appears."],
        "closes_at": ["Enter the closing date and time."],
        "apply_email": ["Say how to apply: an email address, a web address or a telephone number."],
    }
    html = response.content.decode()
    assert '<a href="#id_role_type">Choose a role type: it decides the bulletin.</a>' in html
    assert '<a href="#id_apply_email">' in html
    assert '<a href="#id_closes_at_0">' in html


def test_a_warning_does_not_stop_approval_but_is_said(client, editor):
    vacancy = a_draft(closes_at=london(2026, 5, 4, 12))
    response = client.post(page_of(vacancy), {**opened(client, page_of(vacancy)), "_approve": "1"}, follow=True)
    assert str(next(iter(response.context["messages"]))) == "Please check: Monday 4 May 2026 is a bank holiday."
    vacancy.refresh_from_db()
    assert vacancy.status == Status.APPROVED


def test_correcting_an_advert_says_what_becomes_of_the_bulletin_that_readers_hold(client, editor, thursday):
    vacancy = a_draft(status=Status.APPROVED, publish_on=date(2026, 4, 20))
    held = "It was printed in the edition of 20 April 2026; that bulletin stays as it is. Changes reach the website only."

    def messages(**changed):
        data = {**opened(client, page_of(vacancy)), **changed}
        return [str(message) for message in client.post(page_of(vacancy), data, follow=True).context["messages"]][:-1]

    assert messages() == []
    assert messages(interview="21 May") == [held]
    thursday.move_to(london(2026, 4, 23, 12))
    assert messages(print_until="27/04/2026") == [
        held,
        "The usual copy deadline of the edition of 27 April 2026 has passed: if the print shop has its PDF, send the new one.",
    ]


def test_approving_for_an_edition_that_is_out_is_said(client, editor, thursday):
    vacancy = a_draft()
    thursday.move_to(london(2026, 4, 27, 9))
    client.force_login(editor)  # Thursday's log-in has ended
    response = client.post(page_of(vacancy), {**opened(client, page_of(vacancy)), "_approve": "1"}, follow=True)
    assert str(next(iter(response.context["messages"]))) == (
        "Please check: The edition of Monday 27 April 2026 is already out, and the advert is not in it: choose a later one."
    )


def test_an_approved_advert_cannot_be_saved_without_its_closing_time(client, editor):
    vacancy = a_vacancy()
    response = client.post(page_of(vacancy), {**opened(client, page_of(vacancy)), "closes_at_0": "", "closes_at_1": ""})
    assert errors_of(response) == {"closes_at": ["Enter the closing date and time."]}


def test_the_problems_panel_shows_what_a_draft_still_needs(client, editor):
    vacancy = Vacancy.objects.create(title="Teacher", school=a_school())
    found = client.get(page_of(vacancy)).context["adminform"].form.problems
    assert [problem.field for problem in found if problem.stops] == [
        "role_type",
        "publish_on",
        "closes_at",
        "apply_email",
    ]
    assert "Nothing is missing" in client.get(page_of(a_draft())).content.decode()


def test_status_cannot_be_slipped_in(client, editor):
    vacancy = a_draft()
    client.post(page_of(vacancy), {**opened(client, page_of(vacancy)), "status": "withdrawn"})
    vacancy.refresh_from_db()
    assert vacancy.status == Status.DRAFT


def test_state_and_edition_filters_find_what_they_say(client, editor):
    a_draft(title="draft", publish_on=MONDAY)
    a_vacancy("upcoming")
    a_vacancy("live", publish_on=date(2026, 4, 20), print_until=MONDAY)
    a_vacancy("closed", publish_on=date(2026, 4, 13), closes_at=london(2026, 4, 20, 12))
    a_vacancy("withdrawn", status=Status.WITHDRAWN)
    for state in ("draft", "upcoming", "live", "closed", "withdrawn"):
        assert listed(client, state=state) == [state]
    assert sorted(listed(client, edition="2026-04-27")) == ["draft", "live", "upcoming"]
    assert listed(client, edition="2026-04-27", state="upcoming") == ["upcoming"]
    assert len(listed(client, edition="rubbish")) == 5


def test_attention_finds_what_is_missing_and_what_is_doubtful(client, editor):
    a_draft(title="good", publish_on=MONDAY)
    a_draft(title="missing", closes_at=None)
    a_draft(title="doubtful", closes_at=london(2026, 5, 4, 12))
    assert listed(client, attention="stops") == ["missing"]
    assert listed(client, attention="doubts") == ["doubtful"]


def test_closing_this_week_counts_live_adverts_only(client, editor):
    live = {"publish_on": date(2026, 4, 20)}
    a_vacancy("today", closes_at=london(2026, 4, 23, 12), **live)
    a_vacancy("in a week", closes_at=london(2026, 4, 29, 23), **live)
    a_vacancy("later", closes_at=london(2026, 4, 30, 12), **live)
    a_vacancy("past", closes_at=london(2026, 4, 23, 9), **live)
    assert listed(client, closing="today") == ["today"]
    assert sorted(listed(client, closing="week")) == ["in a week", "today"]


def test_the_search_box_understands_a_reference(client, editor):
    wanted, _ = a_vacancy("wanted"), a_vacancy("other")
    assert listed(client, q=f" {wanted.reference.lower()} ") == ["wanted"]
    assert listed(client, q="oth") == ["other"]


@pytest.mark.parametrize("query", ["q=x%00", "state=x%00", "edition=x%00", "edition=9999-12-31", "attention=x", "p=x", "o=x"])
def test_any_query_string_gives_a_page(client, editor, query):
    a_vacancy()
    assert client.get(f"{LIST}?{query}", follow=True).status_code == 200


@pytest.mark.parametrize("query", [{}, {"edition": "2026-04-27"}, {"attention": "doubts"}, {"closing": "week"}, {"q": "teacher"}])
def test_the_list_takes_the_same_few_queries_for_one_advert_and_for_three(client, editor, django_assert_max_num_queries, query):
    a_vacancy()
    with django_assert_max_num_queries(14) as one:
        client.get(LIST, query)
    a_vacancy(), a_vacancy()
    with django_assert_max_num_queries(14) as three:
        client.get(LIST, query)
    assert len(one) == len(three)


def test_nothing_that_was_approved_can_be_deleted(client, publisher):
    delete = "admin:vacancies_vacancy_delete"
    for status, code in ((Status.APPROVED, 403), (Status.WITHDRAWN, 403), (Status.DRAFT, 302)):
        vacancy = a_vacancy(status=status)
        assert client.post(reverse(delete, args=[vacancy.pk]), {"post": "yes"}).status_code == code
        assert Vacancy.objects.filter(pk=vacancy.pk).exists() is (code == 403)


def test_an_editor_deletes_not_even_a_draft(client, editor):
    vacancy = a_draft()
    assert client.post(reverse("admin:vacancies_vacancy_delete", args=[vacancy.pk]), {"post": "yes"}).status_code == 403


def test_no_list_page_offers_to_delete_what_is_ticked(client, publisher):
    a_vacancy()
    assert "delete_selected" not in client.get(LIST).content.decode()


def test_history_names_who_did_what_and_an_old_version_can_be_brought_back(client, editor):
    vacancy = a_draft(title="Teacher of Maths")
    vacancy.subjects.add(Subject.objects.create(name="Mathematics", slug="mathematics"))
    client.post(page_of(vacancy), {**opened(client, page_of(vacancy)), "title": "Teacher of Art", "_approve": "1"})
    newest = vacancy.history.first()
    assert (newest.history_user, newest.title, newest.status) == (editor, "Teacher of Art", Status.APPROVED)
    history = client.get(reverse("admin:vacancies_vacancy_history", args=[vacancy.pk])).content.decode()
    assert "Teacher of Maths" in history
    old = reverse("admin:vacancies_vacancy_simple_history", args=[vacancy.pk, vacancy.history.last().pk])
    client.post(old, typed(client.get(old).context["form"]))
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.status) == ("Teacher of Maths", Status.APPROVED)


def test_people_without_a_role_see_nothing(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    vacancy = a_vacancy()
    for url in (LIST, ADD, page_of(vacancy), reverse("admin:vacancies_vacancy_history", args=[vacancy.pk])):
        assert client.get(url).status_code == 403


def test_a_new_role_type_shows_up_in_the_search_of_the_form(client, editor):
    url = reverse("admin:autocomplete")
    query = {"app_label": "vacancies", "model_name": "vacancy", "field_name": "role_type", "term": "SENCO"}
    assert [row["text"] for row in client.get(url, query).json()["results"]] == [a_role("senco").name]


def test_a_closed_school_is_not_offered_for_a_new_advert(client, editor):
    a_school("Fernhollow"), a_school("Fernhollow Old Hall", closed_on=date(2025, 8, 31))
    query = {"app_label": "vacancies", "model_name": "vacancy", "field_name": "school", "term": "Fernhollow"}
    assert [row["text"] for row in client.get(reverse("admin:autocomplete"), query).json()["results"]] == [
        "Fernhollow, Fernhollow"
    ]


def test_the_text_of_an_advert_is_written_in_the_rich_text_editor(client, editor):
    form = client.get(ADD).context["adminform"].form
    assert type(form.fields["body"].widget) is HtmlWidget
