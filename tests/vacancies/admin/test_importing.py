"""Imports at the desk: who may, what is said before, what is kept after."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.contrib import admin
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from files.folder import FolderStorage
from files.outages import StorageAway
from greensheets_site.accounts import roles
from tests.builders import a_school, an_authority
from tests.desk import staff
from tests.vacancies.imports.gias_files import a_file, a_line, lines
from tests.vacancies.imports.test_adverts import a_row, a_table
from vacancies.admin import importing
from vacancies.imports import template
from vacancies.models import School, Subject, Vacancy

SCHOOLS, ADVERTS = "/admin/vacancies/school/import/", "/admin/vacancies/vacancy/import/"


@pytest.fixture(autouse=True)
def school():
    return a_school(urn=100_001, authority=an_authority("Saltmere", code="802"))


def send(client, address, file, name="file.csv"):
    return client.post(address, {"file": SimpleUploadedFile(name, file.read())})


def confirm(client, address):
    response = client.post(address, {"confirm": "1"})
    return b"".join(response.streaming_content).decode() if response.streaming else response.text


def kept():
    return default_storage.listdir("imports")[1]


@pytest.mark.parametrize(("role", "status"), [(roles.EDITOR, 403), (roles.PUBLISHER, 200), (roles.OWNER, 200)])
def test_only_publishers_and_owners_import_schools(client, role, status):
    client.force_login(staff(role))
    assert client.get(SCHOOLS).status_code == status


@pytest.mark.parametrize("role", [roles.EDITOR, roles.PUBLISHER, roles.OWNER])
@pytest.mark.parametrize("address", [ADVERTS, f"{ADVERTS}template.csv", f"{ADVERTS}template.xlsx"])
def test_whoever_may_add_an_advert_may_import_adverts(client, role, address):
    client.force_login(staff(role))
    assert client.get(address).status_code == 200


def test_an_editor_can_neither_send_nor_confirm_schools(client, editor):
    assert [send(client, SCHOOLS, a_table(a_row())).status_code, client.post(SCHOOLS, {"confirm": "1"}).status_code] == [403, 403]
    assert (Vacancy.objects.count(), kept()) == (0, [])


def test_nobody_else_gets_further_than_the_log_in(client):
    assert client.get(SCHOOLS)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(("role", "shown"), [(roles.EDITOR, False), (roles.PUBLISHER, True)])
def test_the_list_leads_there_for_those_who_may(client, role, shown):
    client.force_login(staff(role))
    for address, is_shown in ((SCHOOLS, shown), (ADVERTS, True)):
        assert (f'href="{address}"' in client.get(address.removesuffix("import/")).text) is is_shown


@pytest.mark.usefixtures("either_storage")
def test_a_file_is_looked_at_then_confirmed_then_done(client, publisher):
    page = send(client, ADVERTS, a_table(a_row(Title="Cook"), a_row(Title="Cleaner"))).text
    assert [words in page for words in ("2 adverts, as drafts.", "Cook, Fernhollow Primary School")] == [True, True]
    assert Vacancy.objects.count() == 0
    done = confirm(client, ADVERTS)
    assert "<strong>Done.</strong> 2 adverts, as drafts." in done
    assert done.rstrip().endswith("</html>")
    assert (Vacancy.objects.count(), {row.history_user for row in Vacancy.history.all()}, kept()) == (2, {publisher}, [])


def test_schools_show_their_progress(client, publisher, monkeypatch):
    monkeypatch.setattr("vacancies.imports.schools.TOGETHER", 5)
    page = send(client, SCHOOLS, a_file(*lines(100)), "edubase.csv").text
    assert "99 new, 1 changed" in page
    done = confirm(client, SCHOOLS)
    assert re.findall(r"<li>(\d+) lines read", done) == ["50", "100"]
    assert School.objects.count() == 100


def test_problems_are_a_table_and_there_is_nothing_to_confirm(client, publisher):
    page = send(client, ADVERTS, a_table(a_row(Weeks="some"))).text
    assert re.sub(r"\s+", "", "<tr><td>2</td><td>Weeks</td>") in re.sub(r"\s+", "", page)
    assert ('name="confirm"' in page, kept()) == (False, [])
    assert "Upload it again." in confirm(client, ADVERTS)


def test_a_school_in_doubt_does_not_hold_up_the_others(client, publisher):
    page = send(client, SCHOOLS, a_file(a_line(2), a_line(3, URN="x"))).text
    assert ('name="confirm"' in page, "is not a reference number" in page) == (True, True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "empty"), (b"\0\0", "NUL bytes"), (b"PK\x03\x04x", "damaged"), (b"a,b\n1,2\n", "Missing: ")],
)
@pytest.mark.parametrize("address", [SCHOOLS, ADVERTS])
def test_a_file_that_cannot_be_read_gets_a_sentence(client, publisher, address, content, sentence):
    response = client.post(address, {"file": SimpleUploadedFile("x.csv", content)})
    assert (response.status_code, sentence in response.text, kept()) == (200, True, [])


def test_a_reader_who_goes_away_in_the_middle_takes_everything_back(client, publisher):
    send(client, ADVERTS, a_table(*(a_row(Title=f"Cook {n}") for n in range(30))))
    [stored] = kept()
    told = admin.site._registry[Vacancy]._told("head<!-- progress -->foot", f"imports/{stored}", publisher)
    assert (next(told), next(told)) == ("head", "<li>10 of 30 adverts</li>")
    assert Vacancy.objects.count() == 10
    told.close()
    assert (Vacancy.objects.count(), kept()) == (0, [])


@pytest.mark.usefixtures("either_storage")
def test_a_second_file_takes_the_place_of_the_first(client, publisher):
    send(client, ADVERTS, a_table(a_row(Title="Cook")))
    [first] = kept()
    send(client, ADVERTS, a_table(a_row(Title="Cleaner")))
    assert len(kept()) == 1
    assert kept() != [first]
    confirm(client, ADVERTS)
    assert Vacancy.objects.get().title == "Cleaner"


@pytest.mark.usefixtures("either_storage")
@pytest.mark.parametrize(("over", "left"), [(timedelta(minutes=-1), 2), (timedelta(seconds=1), 1)])
def test_a_file_that_nobody_confirmed_is_kept_for_a_day(client, publisher, monkeypatch, over, left):
    send(client, ADVERTS, a_table(a_row(Title="Cook")))
    [old] = kept()
    stored_at = timezone.now() - timedelta(days=1) - over
    really = default_storage.get_modified_time
    client.cookies.clear()  # another visit, so that the new file does not take the place of the old one
    client.force_login(publisher)
    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "get_modified_time", lambda name: stored_at if name.endswith(old) else really(name))
        send(client, ADVERTS, a_table(a_row(Title="Cleaner")))
    assert len(kept()) == left


@pytest.mark.usefixtures("either_storage")
def test_of_two_clicks_at_once_only_one_imports(client, publisher, rf):
    """Both requests have read the session before either has stored it."""
    send(client, ADVERTS, a_table(a_row()))
    requests = [rf.post(ADVERTS), rf.post(ADVERTS)]
    for request in requests:
        request.session = client.session
        assert request.session["import:Import adverts"]
    assert [bool(importing._claim(request, importing.ADVERTS)) for request in requests] == [True, False]


def test_a_file_is_confirmed_only_by_who_sent_it(client, publisher, django_user_model):
    send(client, ADVERTS, a_table(a_row()))
    client.force_login(staff(roles.OWNER))
    assert "Upload it again." in confirm(client, ADVERTS)
    assert Vacancy.objects.count() == 0


def test_the_words_of_a_file_are_shown_and_not_run(client, publisher):
    page = send(client, ADVERTS, a_table(a_row(Title="<script>alert(1)</script>", Weeks="<b>x</b>")), "<i>x.csv").text
    assert "<script>alert(1)" not in page
    assert "<b>x</b>" not in page


def test_a_name_that_looks_like_a_formula_is_no_formula_in_the_template():
    name = '=HYPERLINK("https://evil.example","Maths")'
    Subject.objects.create(name=name, slug="x")
    book = openpyxl.load_workbook(BytesIO(template.as_xlsx()))
    cells = [cell for row in book["What may stand there"] for cell in row if cell.value == name]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_storage_that_goes_away_before_the_file_is_read_is_told_and_nothing_is_imported(client, publisher, monkeypatch):
    send(client, ADVERTS, a_table(a_row(Title="Cook")))
    [stored] = kept()

    def away(*_):
        raise StorageAway

    monkeypatch.setattr(FolderStorage, "_open", away)
    told = admin.site._registry[Vacancy]._told("head<!-- progress -->foot", f"imports/{stored}", publisher)
    assert "Nothing was imported. Upload it again in a few minutes." in "".join(told)
    assert Vacancy.objects.count() == 0
