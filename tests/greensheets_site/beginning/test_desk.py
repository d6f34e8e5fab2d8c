"""What the desk says until a new site is ready, and how each line goes."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.flatpages.models import FlatPage
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from editions.models import Bulletin
from greensheets_site.accounts import roles
from greensheets_site.beginning import checks, filling, gaps
from greensheets_site.models import BackupRun
from tests.builders import a_school, an_edition, london
from tests.desk import staff
from tests.forms import form_with
from vacancies.models import Break, Term, calendar

pytestmark = pytest.mark.django_db
NOW = london(2026, 8, 10, 10)


@pytest.fixture(autouse=True)
def _begun():
    with time_machine.travel(NOW, tick=False):
        filling.begin(["South West"], timezone.now(), lambda line: None)
        yield


@pytest.fixture
def owner(client):
    user = staff(roles.OWNER)
    client.force_login(user)
    return user


def names(user: User) -> list[str]:
    return [line.name for line in checks.left_for(User.objects.get(pk=user.pk))]


def test_the_list_holds_what_is_left_and_each_line_leads_to_its_place(client, owner):
    page = client.get(reverse("admin:index"))
    assert "Before the first Monday" in page.text
    assert names(owner) == ["Pages", "Terms", "Schools", "Staff and roles", "Email", "Backup", "Bulletins"]
    assert {client.get(line.url).status_code for line in page.context["beginning"]} == {200}


def test_the_list_goes_when_all_of_it_is_true(client, owner):
    for page in FlatPage.objects.all():
        page.content = gaps.without_gaps(page.content)
        page.save()
    form_with(client.get(reverse("admin:vacancies_term_changelist")), "action").send(
        client, action="confirm", _selected_action=[term.pk for term in Term.objects.all()]
    )
    a_school()
    User.objects.filter(pk=owner.pk).update(email="ada@example.org")
    staff(roles.EDITOR)
    form_with(client.get(reverse("admin:test_email")), "email").send(client, email="ada@example.org")
    link = re.search(r"https://www.greensheets.example(\S+)", mail.outbox[0].body)[1]
    assert names(owner) == ["Email", "Backup", "Bulletins"]
    client.get(link)
    BackupRun.objects.create(name="one", place="/b", started_at=NOW, seen_at=NOW, finished_at=NOW)
    Bulletin.objects.create(edition=an_edition(), staff_group="teaching", file="x.pdf")
    assert names(owner) == []
    assert "Before the first Monday" not in client.get(reverse("admin:index")).text


def test_a_link_that_is_not_ours_confirms_nothing(client, owner):
    client.get(reverse("admin:test_email_arrived", args=["arrived:x:y"]))
    assert "Email" in names(owner)


def test_a_mail_server_that_does_not_answer_is_told_on_the_page(client, owner, monkeypatch):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError("no route")))
    answer = form_with(client.get(reverse("admin:test_email")), "email").send(client, email="ada@example.org")
    assert "The mail server refused it: no route" in answer.text


def test_an_editor_is_not_told_of_what_only_others_can_do(client):
    assert names(staff(roles.EDITOR)) == []


def test_somebody_without_a_role_is_told_whom_to_ask(client, owner):
    nobody = User.objects.create_user("nobody", is_staff=True)
    client.force_login(nobody)
    page = client.get(reverse("admin:index")).text
    assert "You have no role yet" in page
    assert "Ask an owner: owner." in page
    assert "No edition is planned" not in page
    assert "1 account without a role" in checks.left_for(owner)[-4].sentence


def test_a_proposed_term_is_confirmed_on_its_page_with_its_half_term(client, owner):
    term = Term.objects.get(name="Autumn term 2026")
    address = reverse("admin:vacancies_term_change", args=[term.pk])
    form_with(client.get(address), "are_right").send(client, "_save")
    term.refresh_from_db()
    assert term.confirmed_at is None
    answer = form_with(client.get(address), "are_right").send(client, "_save", are_right="on")
    term.refresh_from_db()
    assert (answer.status_code, term.confirmed_at) == (302, NOW)
    assert [str(row.on) for row in Break.objects.confirmed()] == ["2026-10-26"]
    assert str(calendar().next_on(NOW.date())) == "2026-09-07"
    assert "are_right" not in client.get(address).text


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        ("<p>One costs [our price].</p><p>Ring us.</p>", "<p>Ring us.</p>"),
        ("<p>As he wrote [sic].</p>", "<p>As he wrote [sic].</p>"),
        ("<h3>Prices</h3><p>[our price]</p><h3>Dates</h3><p>Soon.</p>", "<h3>Dates</h3><p>Soon.</p>"),
        ("<ul><li>[our price]</li></ul><p>Soon.</p>", "<p>Soon.</p>"),
        ("<ul><li>[our price]</li><li>Soon</li></ul>", "<ul><li>Soon</li></ul>"),
        ("<p>[our <strong>own price</strong>]</p><p>Soon.</p>", "<p>Soon.</p>"),
        ("[our price]", ""),
    ],
)
def test_a_paragraph_with_a_gap_is_left_out_of_the_public_page(content, seen):
    assert gaps.without_gaps(content) == seen


@pytest.mark.parametrize("url", ["/about/", "/advertise/", "/privacy/", "/accessibility/"])
def test_no_fixed_page_shows_a_gap(client, url):
    page = client.get(url)
    assert page.status_code == 200
    assert "[" not in re.sub(r"<script.*?</script>|<head>.*?</head>", "", page.text, flags=re.DOTALL)


def test_staff_are_told_of_gaps_when_they_save_a_page(client, owner):
    page = FlatPage.objects.get(url="/advertise/")
    address = reverse("admin:flatpages_flatpage_change", args=[page.pk])
    form = form_with(client.get(address), "title", "content", "_save")
    answer = client.post(address, {**dict(form.sent), "_save": "Save"}, follow=True)
    assert "Still to be completed: our price for one advert" in answer.text
