"""Dates decide: what is live, upcoming, closed, gone and printed, by the minute."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import resolve

from tests.builders import MONDAY, a_break, a_role, a_school, a_term, a_vacancy, an_authority, london
from vacancies.models import Break, Phase, RoleType, StaffGroup, Term, Vacancy, calendar
from vacancies.schedule import Span

pytestmark = pytest.mark.django_db
CLOSES = london(2026, 5, 12, 12)
MINUTE = timedelta(minutes=1)


def seen(at):
    """Which of the rules hold for the only advert at a moment."""
    rules = ["upcoming", "published", "live", "closed", "with_page", "gone"]
    return [rule for rule in rules if getattr(Vacancy.objects, rule)(at).exists()]


@pytest.mark.parametrize(
    ("at", "rules"),
    [
        pytest.param(london(2026, 4, 23, 12), ["upcoming"], id="Thursday before"),
        pytest.param(london(2026, 4, 26, 23, 59), ["upcoming"], id="Sunday, a minute to midnight"),
        pytest.param(london(2026, 4, 27, 0), ["published", "live", "with_page"], id="Monday, midnight in London"),
        pytest.param(CLOSES - MINUTE, ["published", "live", "with_page"], id="a minute before closing"),
        pytest.param(CLOSES, ["published", "closed", "with_page"], id="the moment of closing"),
        pytest.param(CLOSES + timedelta(days=90) - MINUTE, ["published", "closed", "with_page"], id="the ninetieth day"),
        pytest.param(CLOSES + timedelta(days=90), ["published", "closed", "gone"], id="ninety days after"),
    ],
)
def test_an_approved_advert_appears_and_goes_by_its_dates_alone(at, rules):
    a_vacancy(closes_at=CLOSES)
    assert seen(at) == rules


def test_summer_time_decides_which_day_it_is():
    """At 23:30 UTC on Sunday it is Monday in London from the end of March to the end of October."""
    a_vacancy()
    at = london(2026, 4, 27, 0, 30)
    assert at.utcoffset() == timedelta(hours=1)
    assert Vacancy.objects.live(at).exists()


@pytest.mark.parametrize("at", [london(2026, 4, 20), london(2026, 4, 28), london(2027, 1, 1)])
def test_a_draft_is_never_to_be_seen(at):
    a_vacancy(status="draft")
    assert seen(at) == []


def test_a_withdrawn_advert_is_gone_if_it_had_been_published():
    a_vacancy(status="withdrawn")
    assert seen(london(2026, 4, 26)) == []
    assert seen(london(2026, 4, 28)) == ["gone"]


@pytest.mark.parametrize("at", [london(2026, 4, 26, 23, 59), london(2026, 4, 27), CLOSES - MINUTE, CLOSES, london(2027, 1, 1)])
@pytest.mark.parametrize("status", ["approved", "draft", "withdrawn"])
def test_a_row_in_hand_answers_as_the_queryset_does(at, status):
    vacancy = a_vacancy(status=status, closes_at=CLOSES)
    assert vacancy.is_live(at) == Vacancy.objects.live(at).exists()
    assert vacancy.is_published(at) == Vacancy.objects.published(at).exists()
    assert vacancy.is_closed(at) == Vacancy.objects.closed(at).exists()


def test_a_draft_needs_only_a_title_and_a_school():
    draft = Vacancy.objects.create(title="Caretaker", school=a_school())
    assert (draft.staff_group, draft.is_live(), draft.is_closed()) == (None, False, False)


def test_an_edition_prints_the_adverts_whose_run_covers_its_monday_in_the_order_of_the_paper():
    avon, hale = an_authority("Avonmere"), an_authority("Haleworth")
    in_hale, in_avon = a_school("Hale School", authority=hale), a_school("Avon School", authority=avon)
    head = a_vacancy("Head of Hale", school=in_hale, role="headteacher")
    teacher = a_vacancy("Teacher of Art", school=in_avon)
    second = a_vacancy("Teacher of Biology", school=in_avon, print_from=date(2026, 4, 20))
    assistant = a_vacancy("Teaching Assistant", school=in_avon, role="teaching-assistant")
    a_vacancy("Over before", school=in_avon, print_from=date(2026, 4, 20), print_until=date(2026, 4, 20))
    a_vacancy("Not yet", school=in_avon, print_from=date(2026, 5, 4), print_until=date(2026, 5, 4))
    a_vacancy("Web only", school=in_avon, print_from=None, print_until=None)
    a_vacancy("Draft", school=in_avon, status="draft")
    assert list(Vacancy.objects.printed_in(MONDAY, StaffGroup.TEACHING)) == [teacher, second, head]
    assert list(Vacancy.objects.printed_in(MONDAY, StaffGroup.SUPPORT)) == [assistant]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"role_type": None}, "vacancy_approved_has_role_and_dates"),
        ({"publish_on": None}, "vacancy_approved_has_role_and_dates"),
        ({"closes_at": None}, "vacancy_approved_has_role_and_dates"),
        ({"status": "live"}, "vacancy_status_known"),
        ({"print_from": None}, "vacancy_print_dates_in_order"),
        ({"print_until": None}, "vacancy_print_dates_in_order"),
        ({"print_until": date(2026, 4, 20)}, "vacancy_print_dates_in_order"),
        ({"pay_min": 200, "pay_max": 100}, "vacancy_pay_in_order"),
        ({"actual_pay_min": 200, "actual_pay_max": 100}, "vacancy_actual_pay_in_order"),
        ({"fte": 0}, "vacancy_fte_is_a_share"),
        ({"fte": "1.5"}, "vacancy_fte_is_a_share"),
        ({"posts": 0}, "vacancy_has_a_post"),
    ],
)
def test_the_database_refuses_an_advert_that_cannot_be(fields, constraint):
    vacancy = a_vacancy()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Vacancy.objects.filter(pk=vacancy.pk).update(**fields)


@pytest.mark.parametrize(
    ("fields", "is_reduced"),
    [
        ({"weeks_paid": Decimal(52)}, False),
        ({"weeks_paid": Decimal("51.999")}, True),
        ({"weeks_paid": Decimal(44), "weeks": "all_year"}, False),
        ({"weeks": "term_time_only"}, True),
        ({"weeks": "all_year"}, False),
        ({"fte": Decimal(1)}, False),
        ({"fte": Decimal("0.99")}, True),
        ({"working_pattern": "part_time"}, True),
        ({"working_pattern": "either"}, False),
    ],
)
def test_a_post_is_reduced_that_is_paid_less_than_the_full_time_figure(fields, is_reduced):
    assert a_vacancy(**fields).is_reduced == is_reduced


@pytest.mark.parametrize(
    ("fields", "is_paid_in_full"),
    [
        ({}, True),
        ({"working_pattern": "either"}, False),
        ({"working_pattern": "casual"}, False),
        ({"weeks": "term_time_only"}, False),
        ({"working_pattern": "", "hours_per_week": Decimal(37), "full_time_hours": Decimal(37)}, True),
        ({"working_pattern": "", "hours_per_week": Decimal("36.99"), "full_time_hours": Decimal(37)}, False),
        ({"working_pattern": "full_time", "hours_per_week": Decimal("32.5"), "full_time_hours": Decimal(37)}, True),
        ({"working_pattern": ""}, True),
    ],
)
def test_who_takes_a_post_is_paid_the_full_time_figure_or_not(fields, is_paid_in_full):
    assert a_vacancy(**fields).is_paid_in_full == is_paid_in_full


def test_the_days_left_are_counted_in_london_days():
    vacancy = a_vacancy(closes_at=london(2026, 5, 12, 0, 30))
    moments = [london(2026, 5, 11, 23, 59), london(2026, 5, 12, 0, 10), london(2026, 5, 14), london(2026, 5, 1)]
    assert [vacancy.days_left(at) for at in moments] == [1, 0, -2, 11]


@pytest.mark.parametrize(
    ("phase", "covers"),
    [
        (Phase.PRIMARY, [Phase.PRIMARY]),
        (Phase.MIDDLE, [Phase.PRIMARY, Phase.SECONDARY]),
        (Phase.ALL_THROUGH, [Phase.PRIMARY, Phase.SECONDARY]),
        (Phase.SPECIAL, [Phase.SPECIAL]),
    ],
)
def test_middle_and_all_through_schools_count_under_both_phases(phase, covers):
    assert list(phase.covers) == covers


def test_the_safeguarding_statement_is_the_adverts_own_else_the_schools():
    school = a_school(safeguarding_text="The school's.")
    assert a_vacancy(school=school).safeguarding == "The school's."
    assert a_vacancy(school=school, safeguarding_text="Our own.").safeguarding == "Our own."


def test_contacts_are_overdue_twelve_weeks_after_closing():
    named = a_vacancy(contact_name="Mrs J. Pell", closes_at=CLOSES)
    a_vacancy("Nobody named", closes_at=CLOSES)
    due = CLOSES + timedelta(weeks=12)
    assert list(Vacancy.objects.with_overdue_contact(due - MINUTE)) == []
    assert list(Vacancy.objects.with_overdue_contact(due)) == [named]


def test_the_calendar_is_the_terms_less_the_breaks():
    a_term()
    a_break()
    assert calendar().terms == (Span(date(2026, 4, 13), date(2026, 7, 21)),)
    assert calendar().breaks == frozenset({date(2026, 5, 25)})


def test_terms_may_not_overlap():
    a_term()
    with pytest.raises(ValidationError, match="overlap Summer term 2026"):
        Term(name="Another", starts_on=date(2026, 7, 21), ends_on=date(2026, 8, 1)).full_clean()


def test_a_break_is_a_monday():
    with pytest.raises(ValidationError, match="Choose a Monday"):
        Break(on=date(2026, 5, 26), reason="half-term").full_clean()


def test_a_term_ends_after_it_starts():
    with pytest.raises(IntegrityError, match="term_ends_after_it_starts"), transaction.atomic():
        a_term(date(2026, 7, 1), date(2026, 6, 1))


def test_the_role_types_of_the_product_are_shipped():
    names = {group: list(RoleType.objects.filter(staff_group=group).values_list("name", flat=True)) for group in StaffGroup}
    assert [len(names[StaffGroup.TEACHING]), len(names[StaffGroup.SUPPORT])] == [8, 9]
    assert (names[StaffGroup.TEACHING][0], names[StaffGroup.SUPPORT][-1]) == ("Headteacher", "Other support")
    assert a_role("senco").name == "SENCO"


def test_what_belongs_to_an_advert_has_an_address_below_that_of_the_advert():
    vacancy = a_vacancy("Café assistant")
    assert [
        resolve(path).view_name for path in (vacancy.get_absolute_url(), vacancy.get_card_url(), vacancy.get_calendar_url())
    ] == [
        "vacancies:vacancy",
        "vacancies:card",
        "vacancies:closing_date",
    ]
    assert resolve(vacancy.get_card_url()).kwargs == {"pk": vacancy.pk, "slug": "cafe-assistant"}


@pytest.mark.parametrize(
    ("fields", "is_booked"),
    [
        ({}, True),
        ({"status": "draft"}, True),
        ({"print_from": None, "print_until": None}, True),
        ({"publish_on": date(2026, 4, 20), "print_from": date(2026, 4, 20), "print_until": MONDAY}, True),
        ({"publish_on": date(2026, 4, 20), "print_from": date(2026, 4, 20), "print_until": date(2026, 4, 20)}, False),
        ({"status": "withdrawn"}, False),
    ],
    ids=["printed", "a draft", "appears that day", "printed for weeks", "printed before", "withdrawn"],
)
def test_an_edition_is_what_an_advert_is_printed_in_or_appears_with(fields, is_booked):
    a_vacancy(**fields)
    assert Vacancy.objects.booked_for(MONDAY).exists() == is_booked


@pytest.mark.parametrize("field", ["contact_name", "contact_phone", "contact_email"])
def test_a_name_a_telephone_number_or_an_address_is_a_contact(field):
    a_vacancy("Without")
    named = a_vacancy("With", **{field: "x"})
    assert list(Vacancy.objects.naming_a_contact()) == [named]
