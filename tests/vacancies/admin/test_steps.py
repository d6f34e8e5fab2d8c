"""Copy, run again, extend, end early, withdraw, move: from one advert and from the list, with history, undo and print said."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.builders import MONDAY, a_school, a_vacancy, london
from tests.desk import staff
from tests.sent_files import a_pdf
from vacancies.admin import step_views
from vacancies.admin.steps import STEPS
from vacancies.editing.booking import BOOKED
from vacancies.models import Status, Vacancy, VacancyDocument

LIST = reverse("admin:vacancies_vacancy_changelist")
LIVE = {"publish_on": date(2026, 4, 20), "print_until": date(2026, 4, 20)}
NEXT_CLOSING = {"closes_at_0": "29/05/2026", "closes_at_1": "noon"}
COPY = {"publish_on": "27/04/2026", "starts_on": "01/09/2026", **NEXT_CLOSING}


def step(name, *vacancies):
    return step_views.step_address(STEPS[name], [vacancy.pk for vacancy in vacancies])


def page_of(vacancy):
    return reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])


def take(client, name, *vacancies, **data):
    response = client.post(step(name, *vacancies), data, follow=True)
    for vacancy in vacancies:
        vacancy.refresh_from_db()
    return response


def said(response):
    return [re.sub(r" <a .*", "", str(message)) for message in response.context["messages"]]


def offered(client, vacancy):
    return [one.name for one, _ in client.get(page_of(vacancy)).context["steps"]]


def undo_of(response):
    return re.search(r'href="(/admin/[^"]+/undo/[^"]+)"', str(next(iter(response.context["messages"]))))[1].replace("&amp;", "&")


def test_each_state_offers_what_can_be_done_in_it(client, editor):
    upcoming, live, closed = a_vacancy(), a_vacancy(**LIVE), a_vacancy(**LIVE, closes_at=london(2026, 4, 22, 12))
    assert {
        "draft": offered(client, a_vacancy(status=Status.DRAFT)),
        "upcoming": offered(client, upcoming),
        "live": offered(client, live),
        "closed": offered(client, closed),
        "withdrawn": offered(client, a_vacancy(status=Status.WITHDRAWN)),
    } == {
        "draft": ["move", "withdraw", "copy"],
        "upcoming": ["run-again", "move", "extend", "withdraw", "copy"],
        "live": ["run-again", "move", "extend", "end-early", "withdraw", "copy"],
        "closed": ["extend", "withdraw", "copy"],
        "withdrawn": ["bring-back", "copy"],
    }


def test_a_step_asks_first_and_says_what_becomes_of_print(client, editor):
    printed, booked, web_only = a_vacancy(**LIVE), a_vacancy(), a_vacancy(print_from=None, print_until=None)
    response = client.get(step("withdraw", printed, booked, web_only))
    assert [paper for _, _, paper in response.context["rows"]] == [
        "It was printed in the edition of 20 April 2026; that bulletin stays as it is.",
        "It is left out of the edition of 27 April 2026.",
        "It is not printed.",
    ]
    assert "Editions still to come leave it out." in response.content.decode()
    assert set(Vacancy.objects.values_list("status", flat=True)) == {Status.APPROVED}


TAKEN = [
    (
        ("run-again", LIVE, {}),
        ("is run again. It is now printed in the edition of 27 April 2026 too.", {"print_until": MONDAY}),
    ),
    (
        ("move", {}, {"monday": "2026-05-04"}),
        ("is moved. It is printed in the edition of 4 May 2026.", {"publish_on": date(2026, 5, 4)}),
    ),
    (
        ("extend", LIVE, NEXT_CLOSING),
        ("is extended. It closes on Friday 29 May 2026, noon.", {"closes_at": london(2026, 5, 29, 12)}),
    ),
    (("end-early", LIVE, {}), ("is ended. It is closed.", {"closes_at": london(2026, 4, 23, 10)})),
    (("withdraw", LIVE, {}), ("is withdrawn. It is off the website.", {"status": Status.WITHDRAWN})),
    (("bring-back", {"status": Status.WITHDRAWN}, {}), ("is brought back. It is draft again.", {"status": Status.DRAFT})),
]


@pytest.mark.parametrize(("taken", "told"), TAKEN)
def test_a_step_is_taken_said_and_written_into_the_history(client, editor, taken, told):
    (name, fields, data), (sentence, stored) = taken, told
    vacancy = a_vacancy(**fields)
    response = take(client, name, vacancy, **data)
    assert said(response) == [f"{vacancy} {sentence}"]
    assert {field: getattr(vacancy, field) for field in stored} == stored
    newest = vacancy.history.first()
    assert (newest.history_user, newest.history_change_reason) == (editor, STEPS[name].label)
    assert response.redirect_chain == [(page_of(vacancy), 302)]


def test_a_withdrawn_advert_comes_back_as_what_it_was(client, editor):
    vacancy = a_vacancy()
    take(client, "withdraw", vacancy)
    assert said(take(client, "bring-back", vacancy)) == [f"{vacancy} is brought back. It is upcoming again."]
    assert vacancy.status == Status.APPROVED


@pytest.mark.parametrize(("name", "fields", "data"), [taken for taken, _ in TAKEN if taken[0] != "bring-back"])
def test_a_step_can_be_undone(client, editor, name, fields, data):
    vacancy = a_vacancy(**fields)
    before = Vacancy.objects.values(*BOOKED).get()
    address = undo_of(take(client, name, vacancy, **data))
    assert Vacancy.objects.values(*BOOKED).get() != before
    assert client.get(address).status_code == 200
    assert said(client.post(address, follow=True)) == ["Undone: 1 advert put back as before."]
    assert Vacancy.objects.values(*BOOKED).get() == before
    assert vacancy.history.first().history_change_reason == "Undone"


def test_the_undo_says_what_becomes_of_print_too(client, editor):
    vacancy = a_vacancy()
    page = client.get(undo_of(take(client, "withdraw", vacancy)))
    assert [paper for _, _, paper in page.context["rows"]] == ["It is printed in the edition of 27 April 2026."]


def test_an_advert_that_came_without_a_first_version_offers_no_undo(client, editor):
    vacancy = a_vacancy()
    vacancy.history.all().delete()
    assert "Undo" not in "".join(map(str, take(client, "withdraw", vacancy).context["messages"]))


def test_what_was_saved_since_is_not_undone(client, editor):
    vacancy = a_vacancy(**LIVE)
    address = undo_of(take(client, "extend", vacancy, **NEXT_CLOSING))
    vacancy.title = "Corrected"
    vacancy.save()
    assert said(client.post(address, follow=True)) == [f"{vacancy} has been saved since then. Change it in its form."]
    vacancy.refresh_from_db()
    assert (vacancy.title, vacancy.closes_at) == ("Corrected", london(2026, 5, 29, 12))


def test_an_undo_that_is_forged_or_old_is_not_found(client, editor, thursday):
    vacancy = a_vacancy(**LIVE)
    address = undo_of(take(client, "withdraw", vacancy))
    assert client.post(address + "x").status_code == 404
    thursday.shift(24 * 3600 + 1)
    client.force_login(editor)
    assert client.post(address).status_code == 404
    vacancy.refresh_from_db()
    assert vacancy.status == Status.WITHDRAWN


def test_many_adverts_take_a_step_and_each_that_cannot_is_named(client, editor):
    first, second = a_vacancy("First", **LIVE), a_vacancy("Second", **LIVE)
    closing_soon = a_vacancy("Closing soon", **LIVE, closes_at=london(2026, 4, 24, 12))
    response = take(client, "run-again", first, second, closing_soon)
    assert said(response) == [
        "2 adverts are run again.",
        f"Left as it was: {closing_soon} closes before Monday 27 April 2026. Extend it first, or copy it as a new advert.",
    ]
    assert [vacancy.print_until for vacancy in (first, second, closing_soon)] == [MONDAY, MONDAY, date(2026, 4, 20)]
    assert [vacancy.history.count() for vacancy in (first, second, closing_soon)] == [2, 2, 1]
    client.post(undo_of(response))
    first.refresh_from_db(), second.refresh_from_db()
    assert [vacancy.print_until for vacancy in (first, second)] == [date(2026, 4, 20)] * 2


def test_one_advert_that_cannot_take_a_step_gets_the_reason_on_the_page_and_keeps_what_was_typed(client, editor):
    vacancy = a_vacancy(**LIVE)
    response = client.post(step("extend", vacancy), {"closes_at_0": "01/05/2026", "closes_at_1": "noon"})
    [reason] = response.context["form"].non_field_errors()
    assert reason == f"{vacancy} already closes on Tuesday 12 May 2026, noon. Choose a later time, or end it early."
    assert 'value="01/05/2026"' in response.content.decode()
    assert vacancy.history.count() == 1


def test_an_edition_is_chosen_from_those_that_come(client, editor):
    choices = client.get(step("move", a_vacancy())).context["form"].fields["monday"].choices
    assert choices[:2] == [("2026-04-27", "Monday 27 April 2026"), ("2026-05-04", "Monday 4 May 2026")]
    assert len(choices) == 12
    vacancy = a_vacancy()
    response = client.post(step("move", vacancy), {"monday": "2026-04-28"})
    assert list(response.context["form"].errors) == ["monday"]


def test_a_copy_asks_for_its_dates_again(client, editor):
    vacancy = a_vacancy(interview="21 May", starts_on=date(2026, 6, 1), start="date", start_text="")
    response = client.post(step("copy", vacancy), {})
    assert sorted(response.context["form"].errors) == ["closes_at", "publish_on", "starts_on"]
    response = take(client, "copy", vacancy, **COPY)
    twin = Vacancy.objects.latest("pk")
    assert said(response) == [f"{vacancy} is copied. The new draft is {twin}."]
    assert response.redirect_chain == [(page_of(twin), 302)]
    assert (twin.title, twin.body, twin.status, twin.interview) == (vacancy.title, vacancy.body, Status.DRAFT, "")
    assert (twin.publish_on, twin.print_from, twin.print_until) == (MONDAY, MONDAY, MONDAY)
    assert (twin.closes_at, twin.start, twin.starts_on) == (london(2026, 5, 29, 12), "date", date(2026, 9, 1))


def test_a_copy_of_an_advert_for_the_website_only_is_one_too(client, editor):
    take(client, "copy", a_vacancy(print_from=None, print_until=None), **COPY)
    assert Vacancy.objects.latest("pk").print_from is None


@pytest.mark.usefixtures("either_storage")
def test_a_copy_brings_its_documents_along_as_files_of_their_own(client, editor):
    vacancy = a_vacancy()
    for title, is_shown in (("Job description", True), ("Old form", False)):
        VacancyDocument.objects.create(
            vacancy=vacancy, title=title, file=a_pdf(), kind="pdf", size=9, is_written_anew=True, is_shown=is_shown
        )
    take(client, "copy", vacancy, **COPY)
    [copied] = Vacancy.objects.latest("pk").attachments.all()
    [original] = vacancy.documents
    assert (copied.title, copied.kind, copied.size) == ("Job description", "pdf", 9)
    assert copied.file.name != original.file.name
    with copied.file.open() as one, original.file.open() as other:
        assert one.read() == other.read()


def test_the_list_offers_each_step_for_all_that_are_ticked(client, editor):
    first, second = a_vacancy(), a_vacancy()
    offered = dict(client.get(LIST).context["action_form"].fields["action"].choices)
    assert [label for name, label in offered.items() if name] == [f"{one.label} …" for one in STEPS.values()]
    response = client.post(LIST, {"action": "end_early", "_selected_action": [first.pk, second.pk]})
    assert response.headers["Location"] == step("end-early", first, second)


def test_a_step_is_taken_for_two_hundred_adverts_at_a_time_and_for_one_more_it_is_refused_in_words(client, editor):
    school = a_school()
    rows = [Vacancy(title=f"Post {number}", school=school) for number in range(201)]
    keys = [vacancy.pk for vacancy in Vacancy.objects.bulk_create(rows)]
    taken = client.post(LIST, {"action": "withdraw", "_selected_action": keys[:200]})
    assert taken.headers["Location"] == step_views.step_address(STEPS["withdraw"], keys[:200])
    refused = client.post(LIST, {"action": "withdraw", "_selected_action": keys}, follow=True)
    assert said(refused) == ["Tick no more than 200 adverts at a time."]


def test_a_step_can_be_undone_for_a_day(client, editor, time_machine):
    """To the second: a signature knows no less."""
    began = london(2026, 4, 22, 10)
    time_machine.move_to(began, tick=False)
    address = undo_of(take(client, "withdraw", a_vacancy(**LIVE)))
    answers = []
    for after in (timedelta(days=1), timedelta(days=1, seconds=1)):
        time_machine.move_to(began + after, tick=False)
        answers.append(client.get(address).status_code)
    assert answers == [200, 404]


@pytest.mark.parametrize("role", ["Editor", "Publisher", "Owner"])
@pytest.mark.parametrize("name", STEPS)
def test_every_role_may_take_every_step(client, role, name):
    client.force_login(staff(role))
    assert client.get(step(name, a_vacancy())).status_code == 200


@pytest.mark.parametrize("name", STEPS)
def test_nobody_else_may(client, django_user_model, name):
    vacancy = a_vacancy(**LIVE)
    assert client.post(step(name, vacancy)).headers["Location"].startswith("/admin/login/")
    looker = django_user_model.objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename="view_vacancy"))
    client.force_login(looker)
    assert [client.get(step(name, vacancy)).status_code, client.post(step(name, vacancy)).status_code] == [403, 403]
    response = client.get(page_of(vacancy))
    assert (response.status_code, response.context["steps"]) == (200, [])
    assert vacancy.history.count() == 1


def test_whoever_may_not_add_may_not_copy(client, django_user_model):
    changer = django_user_model.objects.create_user("changer", is_staff=True)
    changer.user_permissions.set(Permission.objects.filter(codename__in=["view_vacancy", "change_vacancy"]))
    client.force_login(changer)
    vacancy = a_vacancy()
    assert [client.get(step(name, vacancy)).status_code for name in ("copy", "extend")] == [403, 200]


@pytest.mark.parametrize("query", ["", "ids=", "ids=x", "ids=999", "ids=99999999999999999999", "ids=²"])
def test_adverts_that_are_not_there_are_not_found(client, editor, query):
    a_school()
    assert client.get(f"{reverse('admin:vacancies_vacancy_step', args=['copy'])}?{query}").status_code == 404
    assert client.get(reverse("admin:vacancies_vacancy_step", args=["explode"]) + "?ids=1").status_code == 404
