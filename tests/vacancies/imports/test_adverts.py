import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.builders import MONDAY, a_break, a_school, a_term, a_vacancy, london
from vacancies.imports import adverts, template
from vacancies.imports.adverts import import_adverts
from vacancies.imports.columns import COLUMNS
from vacancies.imports.tables import Unreadable
from vacancies.models import Status, Vacancy

NAMED = "Teaching Assistant, Fernhollow Primary School, Fernhollow"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school():
    a_term()
    return a_school(urn=100_001)


def a_table(*rows: dict[str, str]) -> BytesIO:
    text = StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode())


def a_row(**cells: str) -> dict[str, str]:
    return {"School URN": "100001", "Title": "Cook", **{name.replace("_", " "): value for name, value in cells.items()}}


def take(*rows, **options):
    return import_adverts(a_table(*rows), **options)


def problems(*rows):
    return [str(problem) for problem in take(*rows).problems]


def test_the_template_as_it_is_handed_out_can_be_imported_as_csv_and_as_workbook(school):
    for file in (template.as_csv(), template.as_xlsx()):
        report = import_adverts(BytesIO(file))
        advert = Vacancy.objects.get()
        assert (report.problems, report.named, advert.school) == (
            [],
            ["Teaching Assistant, Fernhollow Primary School, Fernhollow"],
            school,
        )
        assert (advert.status, advert.role_type.slug, advert.pay_min) == (Status.DRAFT, "teaching-assistant", Decimal("23893"))
        assert (advert.publish_on, advert.print_from, advert.print_until) == (MONDAY, MONDAY, MONDAY)
        assert (advert.closes_at, advert.weeks, advert.contract) == (london(2026, 5, 12, 12), "term_time_only", "permanent")
        assert "<li>Experience in Key Stage 1</li>" in advert.body
        advert.delete()


def test_the_workbook_says_what_may_stand_where_there_is_a_choice():
    known = openpyxl.load_workbook(BytesIO(template.as_xlsx()))["What may stand there"]
    lines = {line[0]: [value for value in line[1:] if value] for line in known.iter_rows(values_only=True)}
    assert lines["Weeks"][:2] == ["All year round", "Term time only"]
    assert "Teaching assistant" in lines["Role type"]


def test_every_column_has_a_name_of_its_own():
    names = [column.name for column in COLUMNS]
    assert len(names) == len(set(names))


def test_whatever_can_be_typed_at_the_desk_can_be_imported(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    form = site.get_model_admin(Vacancy).get_form(request)
    assert set(form.base_fields) - {column.field for column in COLUMNS} == {"version"}


def test_fields_of_every_kind_arrive_as_they_were_written():
    take(
        a_row(
            Key_stages="KS1, KS2",
            Suitable_for_ECTs="yes",
            Place_of_work="Both sites",
            May_close_early="Yes",
            Job_share="No",
            Weeks_detail="and five training days",
            Weeks_paid="44.2",
            **{"Full-time_equivalent": "0.6", "Full-time_hours": "36", "Start is": "On a date"},
            Starts_on="1 September 2026",
            Hourly_pay="£12.65",
            Allowance="TLR 1b",
            CVs_accepted="No",
        )
    )
    advert = Vacancy.objects.get()
    assert (advert.key_stages, advert.ect_suitable, advert.workplaces, advert.may_close_early, advert.job_share) == (
        "KS1, KS2",
        True,
        "Both sites",
        True,
        False,
    )
    assert (advert.weeks_detail, advert.weeks_paid, advert.fte, advert.full_time_hours, advert.starts_on) == (
        "and five training days",
        Decimal("44.2"),
        Decimal("0.6"),
        Decimal(36),
        date(2026, 9, 1),
    )
    assert (advert.hourly_pay, advert.pay_allowance, advert.cv_accepted) == (Decimal("12.65"), "TLR 1b", False)


def test_what_is_not_said_is_what_the_desk_would_store():
    take(a_row(Role_type="Teacher"))
    advert = Vacancy.objects.get()
    assert (advert.full_time_hours, advert.ect_suitable, advert.cv_accepted, advert.job_share) == (
        Decimal("32.5"),
        None,
        None,
        False,
    )


def test_numbers_that_cannot_be_are_refused_in_the_words_of_the_desk():
    assert problems(a_row(Hourly_pay="-3", **{"Full-time_equivalent": "1.5"})) == [
        "Line 2, Hourly pay: Enter 0 or more.",
        "Line 2, Full-time equivalent: Enter a number above 0 and up to 1: full time is 1, half time is 0.5.",
    ]


def test_a_row_with_a_school_and_a_title_is_a_draft(school):
    take(a_row())
    advert = Vacancy.objects.get()
    assert (advert.title, advert.school, advert.status, advert.publish_on, advert.posts) == (
        "Cook",
        school,
        Status.DRAFT,
        None,
        1,
    )


def test_a_school_may_be_named_if_only_one_open_school_is_called_so(school):
    a_school("Oakfield"), a_school("Oakfield"), a_school("Fernhollow Primary School", closed_on=date(2020, 1, 1))
    take({"School": "fernhollow primary school", "Title": "Cook"})
    assert Vacancy.objects.get().school == school
    assert problems(
        {"School": "Oakfield", "Title": "Cook"}, {"School": "Elsewhere", "Title": "Cook"}, {"School": "", "Title": "Cook"}
    ) == [
        "Line 2, School: More than one school is called “Oakfield”. Give its URN.",
        "Line 3, School: No school is called “Elsewhere”. Give its URN.",
        "Line 4, School: The school is missing: give its URN or its name.",
    ]


def test_each_problem_names_its_line_its_column_and_its_reason():
    found = problems(
        a_row(Title=""),
        a_row(School_URN="999"),
        a_row(Title="A", Role_type="Astronaut"),
        a_row(Title="B", Closing_date="soon", Closing_time="noon"),
        a_row(Title="C", Hours_a_week="lots"),
        a_row(Title="D", Full_time_pay_from="x"),
        a_row(Title="E", Apply_email="office"),
        a_row(Title="F", Weeks="some"),
        a_row(Title="G", In_the_bulletin="perhaps"),
        a_row(Title="x" * 151),
    )
    assert [problem.split(": ")[0] for problem in found] == [
        "Line 2, Title",
        "Line 3, School URN",
        "Line 4, Role type",
        "Line 5, Closing date",
        "Line 6, Hours a week",
        "Line 7, Full-time pay from",
        "Line 8, Apply email",
        "Line 9, Weeks",
        "Line 10, In the bulletin",
        "Line 11, Title",
    ]
    assert "“Astronaut” is not known. Choose one of these: " in found[2]
    assert "Enter a date such as 12/05/2026" in found[3]


def test_pay_and_days_of_print_in_the_wrong_order_are_said_in_words():
    rows = [
        {**a_row(Title="A"), "Full-time pay from": "£25,000", "Full-time pay to": "£24,000"},
        a_row(Title="B", Printed_from="04/05/2026", Printed_until="27/04/2026"),
    ]
    assert problems(*rows) == [
        "Line 2, Full-time pay to: This is before or below “Full-time pay from”.",
        "Line 3, Printed until: This is before or below “Printed from”.",
    ]


def test_one_bad_line_and_nothing_is_imported():
    report = take(a_row(Title="Cook"), a_row(Title="Cleaner", Weeks="x"))
    assert (len(report.problems), Vacancy.objects.count(), report.done) == (1, 0, 0)
    assert str(report) == "2 lines, 1 problem: nothing will be imported until everything is right."


def test_a_dry_run_names_the_adverts_and_imports_none():
    report = take(a_row(), dry_run=True)
    assert (report.named, Vacancy.objects.count()) == (["Cook, Fernhollow Primary School, Fernhollow"], 0)


def test_the_same_advert_is_not_imported_twice():
    row = a_row(On_the_website_from="27/04/2026")
    assert problems(row, row) == ["Line 3, Title: This is the same advert as on line 2."]
    there = a_vacancy("Cook", school=Vacancy._meta.get_field("school").related_model.objects.get())
    assert problems(row) == [f"Line 2, Title: This advert already exists: {there.reference}."]


def test_an_advert_is_printed_in_the_next_edition_unless_the_table_says_otherwise():
    a_break(date(2026, 5, 25))
    take(
        a_row(Title="A", On_the_website_from="25/05/2026", In_the_bulletin=""),
        a_row(Title="B", On_the_website_from="25/05/2026", In_the_bulletin="no"),
    )
    assert list(Vacancy.objects.order_by("title").values_list("print_from", flat=True)) == [date(2026, 6, 1), None]


def test_a_text_is_cleaned_on_its_way_in():
    take(a_row(Text="<p onclick=x()>Come</p><script>alert(1)</script>"))
    assert Vacancy.objects.get().body == "<p>Come</p>"


def test_a_formula_in_a_cell_stays_words():
    take(a_row(Title='=HYPERLINK("http://x.example")'))
    assert Vacancy.objects.get().title == '=HYPERLINK("http://x.example")'


def test_history_says_who_and_why():
    user = User.objects.create(username="pat")
    take(a_row(), user=user)
    assert [(row.history_user, row.history_change_reason) for row in Vacancy.history.all()] == [(user, "Import of adverts")]


def test_an_error_half_way_keeps_nothing():
    def fail(report):
        if report.done == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        take(*(a_row(Title=f"Cook {n}") for n in range(4)), progress=fail)
    assert (Vacancy.objects.count(), Vacancy.history.count()) == (0, 0)


def test_a_table_without_adverts_is_refused():
    with pytest.raises(Unreadable, match="no adverts"):
        import_adverts(BytesIO(b"Title,School URN\n"))


def test_two_thousand_adverts_are_imported_at_once_and_no_more(monkeypatch, school):
    """What a line says is looked at elsewhere; here it is good."""
    line = SimpleNamespace(instance=Vacancy(title="Cook", school=school), cleaned_data={})
    monkeypatch.setattr(adverts._Book, "read", lambda book, number, row: (line, []))
    assert import_adverts(BytesIO(b"Title\n" + b"Cook\n" * 2000), dry_run=True).lines == 2000
    with pytest.raises(Unreadable, match="more than 2,000 adverts"):
        import_adverts(BytesIO(b"Title\n" + b"Cook\n" * 2001), dry_run=True)


def test_the_command_imports_and_says_what_it_did(tmp_path, capsys):
    path = tmp_path / "adverts.xlsx"
    call_command("import_vacancies", path, "--template")
    call_command("import_vacancies", path, "--dry-run")
    assert (Vacancy.objects.count(), capsys.readouterr().out.splitlines()[-1]) == (
        0,
        "Nothing was imported. 1 advert, as drafts.",
    )
    call_command("import_vacancies", path)
    assert Vacancy.objects.count() == 1
    with pytest.raises(CommandError, match="1 problem"):
        call_command("import_vacancies", path)


def test_a_school_is_found_whichever_apostrophe_its_name_has():
    school = a_school("St Aldhelm's Catholic Primary School")
    take({"School": "St Aldhelm’s Catholic Primary School", "Title": "Cook"})
    assert Vacancy.objects.get().school == school


@pytest.mark.parametrize(
    ("typed", "clock"), [("12.3", (12, 30)), ("9.3", (9, 30)), ("0.5", (12, 0)), ("0.375", (9, 0)), ("12.05pm", (12, 5))]
)
def test_a_time_that_excel_took_for_a_number_is_the_time_that_was_typed(typed, clock):
    take(a_row(Closing_date="15/12/2026", Closing_time=typed))
    closes_at = Vacancy.objects.get().closes_at.astimezone(london(2026, 12, 15).tzinfo)
    assert (closes_at.hour, closes_at.minute) == clock


def test_a_day_in_a_column_of_words_is_written_out():
    take(a_row(Interview="2026-12-18"))
    assert Vacancy.objects.get().interview == "18 December 2026"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Pay_points": "2026-06-04"}, "Pay points: Excel has made a date of this: 2026-06-04."),
        ({"Pay_points": "04-Jun"}, "Pay points: Excel has made a date of this: 04-Jun."),
        ({"Hours_detail": "True"}, "Hours detail: Excel has made TRUE of this."),
        ({"Pay_scale": "#N/A"}, "Pay scale: This cell holds an error of Excel’s, #N/A. Correct it there."),
        ({"Hours_a_week": "#REF!"}, "Hours a week: This cell holds an error of Excel’s, #REF!. Correct it there."),
    ],
)
def test_what_excel_made_of_something_else_is_refused_by_its_cell(cells, problem):
    assert [one.partition(" Set the column")[0] for one in problems(a_row(**cells))] == [f"Line 2, {problem}"]


def test_every_value_is_shown_as_it_was_understood_and_what_was_reshaped_comes_first():
    row = a_row(Closing_date="15/12/2026", Closing_time="12.3", Hours_a_week="27.50 hours", Contract="permanent")
    (line,) = take(row, dry_run=True).understood
    assert [(value.column, value.typed, value.value, value.is_reshaped) for value in line.values] == [
        ("Closing date", "15/12/2026", "Tuesday 15 December 2026", True),
        ("Closing time", "12.3", "Tuesday 15 December 2026, 12.30pm", True),
        ("Hours a week", "27.50 hours", "27.5", True),
        ("School URN", "100001", "100001", False),
        ("Title", "Cook", "Cook", False),
        ("Contract", "permanent", "Permanent", False),
    ]
    assert (line.number, line.name, line.reshaped) == (2, "Cook, Fernhollow Primary School, Fernhollow", 3)


def test_of_many_adverts_those_with_most_to_look_at_are_shown():
    rows = [a_row(Title=f"Cook {number}", Hours_a_week="27.50 hours" if number == 59 else "27.5") for number in range(60)]
    shown = take(*rows, dry_run=True).understood
    assert (len(shown), shown[0].number) == (50, 61)
