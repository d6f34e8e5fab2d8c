"""The link by which a school checks its advert before it appears."""

from datetime import date

import pytest
from django.core import signing
from django.urls import reverse

from tests.builders import a_school, a_term, a_vacancy, london
from tests.desk import staff
from tests.sent_files import a_pdf
from vacancies.models import Status, VacancyDocument
from vacancies.public import proofs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(london(2026, 4, 20, 9), tick=False)
    a_term()
    return time_machine


def link_to(vacancy):
    return reverse("vacancies:proof", args=[proofs.token(vacancy)])


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_school_sees_its_draft_with_its_dates_the_deadline_and_whom_to_ring(client, settings):
    vacancy = a_vacancy("Class Teacher", status=Status.DRAFT)
    response = client.get(link_to(vacancy))
    text = text_of(response)
    assert response.status_code == 200
    assert "<h1>Class Teacher</h1>" in text
    assert "It is not public." in text
    assert "Monday 27 April 2026 on the website; printed in the bulletin of 27 April 2026." in text
    assert "Corrections reach print until Thursday 23 April 2026, noon." in text
    assert settings.PUBLISHER["telephone"] in text
    assert f"?subject=Correction%20{vacancy.reference}" in text


def test_an_advert_with_a_title_and_a_school_only_can_be_checked(client):
    bare = {"publish_on": None, "print_from": None, "print_until": None, "closes_at": None, "role": None, "body": ""}
    text = text_of(client.get(link_to(a_vacancy(status=Status.DRAFT, **bare))))
    assert "No day has been agreed yet." in text
    assert "Corrections reach print" not in text
    for unknown in ["<strong>By", "()", "to your calendar", 'href=""']:
        assert unknown not in text


def test_a_run_of_weeks_is_said_and_no_deadline_once_it_is_out(client, clock):
    vacancy = a_vacancy(print_until=date(2026, 5, 11))
    clock.move_to(london(2026, 4, 28, 9), tick=False)
    text = text_of(client.get(link_to(vacancy)))
    assert "It is on the website now." in text
    assert "printed in the bulletin of 27 April 2026 and until 11 May 2026." in text
    assert "Corrections reach print" not in text


def test_the_page_is_for_nobody_else(client):
    vacancy = a_vacancy()
    response = client.get(link_to(vacancy))
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in text_of(response)
    assert "application/ld+json" not in text_of(response)
    assert client.post(link_to(vacancy)).status_code == 405


def test_a_link_is_good_for_three_weeks(client, clock):
    link = link_to(a_vacancy())
    clock.move_to(london(2026, 5, 11, 8, 59), tick=False)
    assert client.get(link).status_code == 200
    clock.move_to(london(2026, 5, 11, 9, 1), tick=False)
    response = client.get(link)
    assert response.status_code == 410
    assert "This link has expired. Ask us for a new one." in text_of(response)


@pytest.mark.parametrize("spoil", [lambda link: link[:-3] + "/", lambda link: link.replace(":", "A:", 1), lambda _: "/proof/x/"])
def test_a_link_that_was_changed_opens_nothing(client, spoil):
    response = client.get(spoil(link_to(a_vacancy("Secret post"))))
    assert response.status_code == 404
    assert "Copy the whole link from our email." in text_of(response)
    assert "Secret post" not in text_of(response)


def test_a_signature_made_for_something_else_opens_nothing(client):
    vacancy = a_vacancy()
    for other in (signing.dumps(vacancy.pk), signing.dumps([[vacancy.pk, 1]], salt="vacancies.undo")):
        assert client.get(reverse("vacancies:proof", args=[other])).status_code == 404


def test_a_link_opens_its_own_advert_only(client):
    mine, _theirs = a_vacancy("Mine"), a_vacancy("Theirs")
    assert "Theirs" not in text_of(client.get(link_to(mine)))


def test_a_withdrawn_and_a_deleted_advert_are_gone(client):
    withdrawn, deleted = a_vacancy("Secret", status=Status.WITHDRAWN), a_vacancy("Secret", status=Status.DRAFT)
    links = [link_to(withdrawn), link_to(deleted)]
    deleted.delete()
    for link in links:
        response = client.get(link)
        assert (response.status_code, "Secret" in text_of(response)) == (410, False)


def test_the_link_always_shows_what_is_stored_now(client):
    vacancy = a_vacancy("Teachr")
    link = link_to(vacancy)
    vacancy.title = "Teacher"
    vacancy.save()
    assert "<h1>Teacher</h1>" in text_of(client.get(link))


def test_documents_can_be_checked_by_the_link_and_by_nothing_else(client):
    vacancy, other = a_vacancy(), a_vacancy()
    shown, hidden = (
        VacancyDocument.objects.create(
            vacancy=vacancy, title=title, file=a_pdf(), kind="pdf", size=9, is_written_anew=True, is_shown=is_shown
        )
        for title, is_shown in (("Form", True), ("Old form", False))
    )
    assert f'href="{shown.get_absolute_url()}?proof={proofs.token(vacancy).replace(":", "%3A")}"' in text_of(
        client.get(link_to(vacancy))
    )
    asked = [
        (shown, {"proof": proofs.token(vacancy)}),
        (hidden, {"proof": proofs.token(vacancy)}),
        (shown, {"proof": proofs.token(other)}),
        (shown, {"proof": "x"}),
        (shown, {}),
    ]
    answers = [client.get(document.get_absolute_url(), query) for document, query in asked]
    for close in answers[0]._resource_closers:
        close()
    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 404]


def test_staff_copy_the_link_from_the_adverts_page(client, settings):
    client.force_login(staff("Editor"))
    vacancy = a_vacancy(school=a_school(email="head&office@school.example"))
    page = client.get(reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]))
    address = page.context["proof_url"]
    assert address.startswith(f"{settings.SITE_URL}/proof/")
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200
    assert "until Monday 11 May 2026" in text_of(page)
    assert "mailto:head%26office@school.example?subject=Please%20check" in text_of(page)


def test_no_link_is_offered_for_a_withdrawn_advert_nor_to_who_may_only_look(client, django_user_model):
    client.force_login(staff("Editor"))
    assert "proof_url" not in client.get(page_of(a_vacancy(status=Status.WITHDRAWN))).context
    looker = django_user_model.objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(looker.user_permissions.model.objects.filter(codename="view_vacancy"))
    client.force_login(looker)
    assert "proof_url" not in client.get(page_of(a_vacancy())).context


def page_of(vacancy):
    return reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])


def test_the_links_of_one_advert_are_called_back_and_those_of_others_are_not(client):
    """Also one from before links could be called back."""
    vacancy, other = a_vacancy("Cook"), a_vacancy("Cleaner")
    links = [link_to(vacancy), link_to(other), reverse("vacancies:proof", args=[signing.dumps(vacancy.pk, salt=proofs.SALT)])]
    assert [client.get(link).status_code for link in links] == [200, 200, 200]
    client.force_login(staff("Editor"))
    page = reverse("admin:vacancies_vacancy_proof_recall", args=[vacancy.pk])
    assert "Call them back" in client.get(page).text
    assert [client.get(link).status_code for link in links] == [200, 200, 200]
    client.post(page)
    assert [client.get(link).status_code for link in links] == [410, 200, 410]
    assert "This link has been called back. Ask us for a new one." in text_of(client.get(links[0]))
    assert client.get(newer := link_to(vacancy)).status_code == 200
    proofs.recall(vacancy)
    assert client.get(newer).status_code == 410


def test_a_document_goes_with_the_link_that_was_called_back():
    vacancy = a_vacancy(status=Status.DRAFT)
    link = proofs.token(vacancy)
    assert proofs.is_for(link, vacancy.pk)
    proofs.recall(vacancy)
    assert not proofs.is_for(link, vacancy.pk)
