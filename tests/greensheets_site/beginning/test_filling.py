import io
import re
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.contrib.flatpages.models import FlatPage
from django.core.management import CommandError, call_command
from django.urls import reverse

from greensheets_site.accounts import roles
from greensheets_site.beginning import filling, school_year
from tests.builders import a_term, an_authority, london
from vacancies.models import Authority, Break, Subject, Term, calendar

pytestmark = pytest.mark.django_db
NOW = london(2026, 8, 10, 10)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def begin(*arguments: str) -> str:
    said = io.StringIO()
    call_command("begin", *arguments, stdout=said)
    return said.getvalue()


def everything() -> list:
    models = (Authority, Subject, FlatPage, Term, Break, Group)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_an_empty_site_is_made_complete():
    Group.objects.all().delete()
    begin("--region", "South West")
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLES)
    assert Authority.objects.count() == 15
    assert Authority.objects.get(code="801").get_absolute_url() == "/vacancies/in/bristol/"
    assert list(FlatPage.objects.order_by("url").values_list("url", flat=True)) == [
        "/about/",
        "/accessibility/",
        "/advertise/",
        "/privacy/",
    ]
    assert Subject.objects.filter(name="Mathematics").exists()
    assert [str(term) for term in Term.objects.all()] == [
        "Autumn term 2026",
        "Spring term 2027",
        "Summer term 2027",
        "Autumn term 2027",
        "Spring term 2028",
        "Summer term 2028",
    ]


def test_a_second_run_does_nothing():
    begin("--region", "South West")
    before = everything()
    assert "done before" in begin("--region", "south  west")
    assert everything() == before


def test_what_staff_changed_or_deleted_stays_so():
    begin("--region", "South West")
    FlatPage.objects.filter(url="/about/").update(content="<p>Ours.</p>")
    Authority.objects.get(name="Isles of Scilly").delete()
    Subject.objects.all().delete()
    Term.objects.all().delete()
    before = everything()
    begin("--region", "South West")
    assert everything() == before


def test_what_was_there_before_is_kept():
    an_authority("Bristol City", code="801")
    FlatPage.objects.create(url="/about/", title="Us", content="<p>Ours.</p>")
    a_term(date(2026, 9, 7), date(2026, 12, 18), "Michaelmas")
    begin("--region", "South West")
    assert Authority.objects.get(code="801").name == "Bristol City"
    assert FlatPage.objects.get(url="/about/").title == "Us"
    assert [str(term) for term in Term.objects.filter(starts_on__year=2026)] == ["Michaelmas"]
    assert not Break.objects.filter(on__year=2026).exists()


def test_a_second_region_is_added_to_the_first():
    begin("--region", "South West")
    begin("--region", "London", "--region", "South West")
    assert Authority.objects.count() == 15 + 33


def test_a_region_that_is_none_is_refused_with_the_list_before_anything_is_done():
    with pytest.raises(CommandError, match=r"There is no region “Wessex”\. The regions are: North East, .*South West."):
        begin("--region", "Wessex")
    assert not FlatPage.objects.exists()


def test_without_a_region_and_a_terminal_it_asks_for_one(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="Give one with --region: North East"):
        begin()


def test_at_a_terminal_it_asks(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "london")
    begin()
    assert Authority.objects.count() == 33


def test_england_has_153_authorities_and_no_code_twice():
    codes = [code for region in filling.table("regions").values() for code in region]
    assert len(codes) == len(set(codes)) == 153
    assert all(re.fullmatch(r"\d{3}", code) for code in codes)


def test_proposed_terms_do_not_count_until_they_are_confirmed():
    begin("--region", "South West")
    assert calendar().next_on(NOW.date()) is None


@pytest.mark.parametrize("year", range(2024, 2040))
def test_a_school_year_has_about_39_mondays(year):
    terms, breaks = school_year.usual_terms(year), school_year.usual_half_terms(year)
    mondays = [day for term in terms for day in _mondays(term) if day not in {row.on for row in breaks}]
    assert 34 <= len(mondays) <= 40
    assert all(any(term.starts_on <= row.on <= term.ends_on for term in terms) for row in breaks)


def _mondays(term: Term) -> list[date]:
    days = (date.fromordinal(n) for n in range(term.starts_on.toordinal(), term.ends_on.toordinal() + 1))
    return [day for day in days if day.weekday() == 0]


def test_the_first_owner_sets_a_password_by_a_link_that_works_once(client):
    link = re.search(r"https://\S+", begin("--region", "London", "--owner", "ada", "ada@example.org"))[0]
    address = link.removeprefix("https://www.greensheets.example")
    page = client.get(address, follow=True)
    typed = {"new_password1": "teapot-granite-26", "new_password2": "teapot-granite-26"}
    assert client.post(page.redirect_chain[-1][0], typed).url == reverse("admin:login")
    ada = User.objects.get(username="ada")
    assert (ada.check_password("teapot-granite-26"), ada.is_staff, ada.is_superuser) == (True, True, False)
    assert [group.name for group in ada.groups.all()] == [roles.OWNER]
    client.session.flush()
    assert "validlink" not in client.get(address).text
    assert "new_password1" not in client.get(address, follow=True).text


def test_an_owner_with_a_password_is_left_alone():
    User.objects.create_user("ada", password="teapot-granite-26")
    assert "it was left as it is" in begin("--region", "London", "--owner", "ada", "ada@example.org")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(CommandError, match="valid email"):
        begin("--region", "London", "--owner", "ada", "nonsense")
