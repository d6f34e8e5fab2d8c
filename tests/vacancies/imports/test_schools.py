from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.builders import a_school, an_authority
from vacancies.imports.schools import import_schools
from vacancies.imports.tables import Unreadable
from vacancies.models import Phase, School

from .gias_files import COLUMNS, a_file, a_line, lines

TODAY = date(2026, 4, 27)
SUM = "1,001 lines: 1,001 new, 0 changed, of which 0 closed, 0 unchanged, 0 of no concern, 0 in doubt"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def saltmere():
    return an_authority("Saltmere", code="802")


def take(*rows, **options):
    return import_schools(a_file(*rows, encoding=options.pop("encoding", "cp1252")), TODAY, **options)


def counts(report):
    return report.new, report.changed, report.closed, report.unchanged, report.elsewhere


def test_a_line_becomes_a_school_with_everything_that_it_says(saltmere):
    take(
        a_line(
            7,
            EstablishmentName="St Mary’s School",
            Easting="530268",
            Northing="179641",
            **{"PhaseOfEducation (name)": "All-through"},
        )
    )
    school = School.objects.get()
    assert (school.urn, school.name, school.authority, school.kind) == (100_007, "St Mary’s School", saltmere, "Community school")
    assert (school.phase, school.age_from, school.age_to, school.head) == (Phase.ALL_THROUGH, 4, 11, "Mrs Zoë Pope")
    assert (school.address, school.town, school.website) == ("7 Mill Lane", "Fernhollow", "https://www.school7.example")
    assert (school.latitude, school.longitude) == pytest.approx((51.5007, -0.1246), abs=0.0001)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_file_may_be_windows_text_or_utf_8(encoding):
    take(a_line(1, EstablishmentName="Ysgol Sant Siôr – “Zoë’s”"), encoding=encoding)
    assert School.objects.get().name == "Ysgol Sant Siôr – “Zoë’s”"


@pytest.mark.parametrize(
    ("said", "kind", "phase"),
    [
        ("Nursery", "Local authority nursery school", "nursery"),
        ("Primary", "Academy converter", "primary"),
        ("Middle deemed primary", "Community school", "middle"),
        ("Middle deemed secondary", "Community school", "middle"),
        ("Secondary", "Foundation school", "secondary"),
        ("16 plus", "Further education", "sixteen_plus"),
        ("Not applicable", "Community special school", "special"),
        ("Not applicable", "Pupil referral unit", "special"),
        ("Not applicable", "Offshore schools", ""),
    ],
)
def test_the_phases_of_the_extract_are_those_of_the_product(said, kind, phase):
    take(a_line(1, **{"PhaseOfEducation (name)": said, "TypeOfEstablishment (name)": kind}))
    assert School.objects.get().phase == phase


def test_a_second_run_changes_nothing():
    rows = list(lines(30))
    first, second = take(*rows), take(*rows)
    assert (counts(first), counts(second)) == ((30, 0, 0, 0, 0), (0, 0, 0, 30, 0))
    assert School.history.count() == 30


def test_a_school_that_has_closed_is_flagged_and_one_nobody_knew_is_not_added():
    a_school(urn=100_001)
    closed = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2025"}
    report = take(a_line(1, **closed), a_line(2, **closed))
    assert (counts(report), [school.closed_on for school in School.objects.all()]) == ((0, 1, 1, 0, 1), [date(2025, 8, 31)])


def test_a_school_that_closed_without_a_date_closed_today_at_the_latest():
    a_school(urn=100_001)
    take(a_line(1, **{"EstablishmentStatus (name)": "Closed", "CloseDate": ""}))
    assert School.objects.get().closed_on == TODAY


def test_a_school_that_is_going_to_close_is_open_and_one_that_is_going_to_open_waits():
    report = take(
        a_line(1, **{"EstablishmentStatus (name)": "Open, but proposed to close"}),
        a_line(2, **{"EstablishmentStatus (name)": "Proposed to open"}),
    )
    assert (counts(report), School.objects.get().closed_on) == ((1, 0, 0, 0, 1), None)


def test_schools_of_other_authorities_are_of_no_concern():
    assert counts(take(a_line(1, **{"LA (code)": "999"}))) == (0, 0, 0, 0, 1)


def test_what_only_the_office_knows_stays_and_a_gap_erases_nothing():
    a_school(urn=100_001, email="a@b.example", copies=3, safeguarding_text="Ours.", head="Mr Old", website="https://kept.example")
    take(a_line(1, SchoolWebsite="not an address", **{"HeadTitle (name)": "", "HeadFirstName": "", "HeadLastName": ""}))
    school = School.objects.get()
    assert (school.email, school.copies, school.safeguarding_text, school.head) == ("a@b.example", 3, "Ours.", "Mr Old")
    assert school.website == "https://kept.example"


def test_a_school_that_staff_entered_without_a_number_is_known_again(saltmere):
    entered = a_school("St. Peters School", authority=saltmere, postcode="zz1 2ab")
    report = take(a_line(1, EstablishmentName="St Peter's School", Postcode="ZZ1 2AB"))
    entered.refresh_from_db()
    assert (counts(report), entered.urn) == ((0, 1, 0, 0, 0), 100_001)


def test_two_that_look_alike_are_left_alone(saltmere):
    for _ in range(2):
        a_school("Oakfield", authority=saltmere, postcode="ZZ1 2AB")
    assert counts(take(a_line(1, EstablishmentName="Oakfield", Postcode="ZZ1 2AB"))) == (1, 0, 0, 0, 0)


def test_a_school_that_moved_to_another_authority_moves():
    tidewell = an_authority("Tidewell", code="803")
    take(a_line(1))
    take(a_line(1, **{"LA (code)": "803"}))
    assert School.objects.get().authority == tidewell


def test_lines_in_doubt_are_left_out_and_named_and_the_others_are_taken():
    report = take(a_line(1, URN="12x"), a_line(2, NumberOfPupils="many"), a_line(3), a_line(4, EstablishmentName=""))
    assert [str(problem) for problem in report.problems] == [
        "Line 2, URN: “12x” is not a reference number, which has five to seven digits.",
        "Line 3, NumberOfPupils: “many” is not a whole number.",
        "Line 5, EstablishmentName: The school has no name.",
    ]
    assert School.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"StatutoryLowAge": "11", "StatutoryHighAge": "4"}, "StatutoryHighAge"),
        ({"Easting": "999999", "Northing": "5"}, "Easting"),
        ({"EstablishmentStatus (name)": "Closed", "CloseDate": "soon"}, "CloseDate"),
    ],
)
def test_a_line_that_the_table_would_refuse_is_in_doubt(cells, column):
    report = take(a_line(1, **cells))
    assert ([problem.column for problem in report.problems], School.objects.count()) == ([column], 0)


def test_texts_that_are_too_long_are_cut_to_what_the_table_holds():
    take(a_line(1, EstablishmentName="x" * 300, Street="y" * 300))
    school = School.objects.get()
    assert (len(school.name), len(school.address)) == (150, 200)


def test_a_dry_run_says_the_same_and_changes_nothing():
    rows = list(lines(3))
    assert counts(take(*rows, dry_run=True)) == (3, 0, 0, 0, 0)
    assert School.objects.count() == 0
    assert take(*rows, dry_run=True).named[0].startswith("New: ")


def test_history_says_who_and_why():
    user = User.objects.create(username="pat")
    take(a_line(1), user=user)
    take(a_line(1, Town="Tidewell"), user=user)
    assert [(row.history_user, row.history_change_reason) for row in School.history.all()] == [(user, "Import of schools")] * 2


def test_an_error_half_way_keeps_nothing(monkeypatch):
    monkeypatch.setattr("vacancies.imports.schools.TOGETHER", 2)
    calls = []

    def fail_late(report):
        calls.append(report.lines)
        if len(calls) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        take(*lines(6), progress=fail_late)
    assert (calls, School.objects.count(), School.history.count()) == ([2, 4], 0, 0)


def test_a_file_without_the_columns_is_refused_in_a_sentence():
    with pytest.raises(Unreadable, match=r"Missing: URN, LA \(code\)"):
        import_schools(BytesIO(b"Name,Town\nx,y\n"), TODAY)


def test_columns_are_found_by_name_in_any_order():
    file = a_file(a_line(1), columns=COLUMNS[::-1])
    assert counts(import_schools(file, TODAY)) == (1, 0, 0, 0, 0)


def test_the_command_shows_its_progress_and_its_sum(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("vacancies.management.commands.import_schools.EVERY", 500)
    path = tmp_path / "edubase.csv"
    path.write_bytes(a_file(*lines(1001)).getvalue())
    call_command("import_schools", path)
    shown = capsys.readouterr()
    assert shown.err.splitlines() == ["500 lines read, 500 new, 0 changed", "1,000 lines read, 1,000 new, 0 changed"]
    assert shown.out.splitlines()[-1] == SUM


def test_the_command_says_what_is_wrong_with_a_file(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(CommandError, match="This file is empty"):
        call_command("import_schools", tmp_path / "empty.csv")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_schools", tmp_path / "missing.csv")
