from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greensheets_site.desk.differences import KEPT_AROUND, Piece, changes, preload, shown, words
from tests.builders import a_school, a_vacancy, london
from vacancies.models import Subject, Vacancy

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "maths", "art."]), max_size=60).map(" ".join)


def test_words_that_went_and_came_stand_in_order():
    assert words("apply by Monday noon", "apply by Friday noon") == [
        Piece("same", "apply by "),
        Piece("old", "Monday "),
        Piece("new", "Friday "),
        Piece("same", "noon"),
    ]


def test_of_what_stayed_only_the_words_next_to_a_change_are_kept():
    stayed = " ".join(f"word{number}" for number in range(40))
    start, _, end = words(f"first {stayed} last", f"First {stayed} last")[:3]
    assert (start, end) == (Piece("old", "first "), words(f"first {stayed} last", f"First {stayed} last")[2])
    assert end.text.split()[:KEPT_AROUND] == [f"word{number}" for number in range(KEPT_AROUND)]
    assert end.text.endswith("… ")


@given(TEXTS, TEXTS)
def test_the_old_and_the_new_pieces_hold_every_word_that_only_one_text_has(old, new):
    found = words(old, new)
    gone = {word for piece in found if piece.kind == "old" for word in piece.text.split()}
    came = {word for piece in found if piece.kind == "new" for word in piece.text.split()}
    assert set(old.split()) - set(new.split()) <= gone
    assert set(new.split()) - set(old.split()) <= came


@given(TEXTS)
def test_equal_texts_have_nothing_that_went_or_came(text):
    assert {piece.kind for piece in words(text, text)} <= {"same"}


def numbered(first, last):
    return " ".join(f"w{number}" for number in range(first, last + 1))


def test_a_short_run_of_words_between_two_changes_stays_whole_and_a_longer_one_is_cut_in_its_middle():
    whole = words(f"a {numbered(1, 12)} a", f"b {numbered(1, 12)} b")
    cut = words(f"a {numbered(1, 13)} a", f"b {numbered(1, 13)} b")
    assert [piece.text for piece in whole if piece.kind == "same"] == [f"{numbered(1, 12)} "]
    assert [piece.text for piece in cut if piece.kind == "same"] == [f"{numbered(1, 6)} … {numbered(8, 13)} "]


def test_of_the_beginning_and_the_end_only_what_is_next_to_the_change_is_kept():
    assert words(f"{numbered(1, 20)} old {numbered(21, 40)}", f"{numbered(1, 20)} new {numbered(21, 40)}") == [
        Piece("same", f"… {numbered(15, 20)} "),
        Piece("old", "old "),
        Piece("new", "new "),
        Piece("same", f"{numbered(21, 26)} … "),
    ]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", ""),
        ("starts_on", None, ""),
        ("starts_on", date(2026, 9, 1), "1 September 2026"),
        ("closes_at", london(2026, 5, 12, 15, 15), "12 May 2026, 3.15pm"),
        ("job_share", True, "Yes"),
        ("job_share", False, "No"),
        ("ect_suitable", None, ""),
        ("fte", Decimal("0.5000"), "0.5"),
        ("pay_min", Decimal("25000.00"), "25000"),
        ("hourly_pay", Decimal("0.00"), "0"),
        ("posts", 2, "2"),
        ("working_pattern", "part_time", "Part time"),
        ("working_pattern", "retired_choice", "retired_choice"),
        ("body", "<p>The <strong>governors</strong> wish.</p>", "The governors wish."),
        ("school", None, ""),
    ],
)
def test_a_value_is_shown_as_staff_read_it(name, value, words):
    field = Vacancy._meta.get_field(name)
    assert shown(field, Vacancy(**{field.attname: value})) == words


@pytest.mark.django_db
def test_a_change_names_its_field_and_what_the_machine_writes_is_none():
    vacancy = a_vacancy("Cook", role="other-support", pay_min=Decimal("25000"))
    vacancy.title, vacancy.cv_accepted, vacancy.pay_min = "Chef", False, Decimal("25000.00")
    vacancy.save()
    newer, older = vacancy.history.all()
    assert [(one.name, one.label, one.old, one.new, one.pieces) for one in changes(newer, older)] == [
        ("title", "Title", "Cook", "Chef", []),
        ("cv_accepted", "CVs accepted", "", "No", []),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("long", "short"), [("x" * 81, "y"), ("y", "x" * 81)])
def test_a_text_of_more_than_eighty_letters_is_compared_word_by_word_whichever_version_is_the_long_one(long, short):
    vacancy = a_vacancy(visits=long)
    vacancy.visits = short
    vacancy.save()
    [change] = changes(*vacancy.history.all())
    assert change.pieces == [Piece("old", long), Piece("new", short)]
    vacancy.visits = long[:80]
    vacancy.save()
    [change] = changes(*vacancy.history.all()[:2])
    assert (change.pieces == []) == (len(long) == 81)


@pytest.mark.django_db
def test_a_version_may_be_compared_with_the_row_itself_in_either_order():
    vacancy = a_vacancy("Cook")
    Vacancy.objects.filter(pk=vacancy.pk).update(title="Chef")
    row, record = Vacancy.objects.get(pk=vacancy.pk), vacancy.history.get()
    assert [(one.old, one.new) for one in [*changes(row, record), *changes(record, row)]] == [("Cook", "Chef"), ("Chef", "Cook")]


@pytest.mark.django_db
def test_a_school_that_is_gone_is_said_to_be_and_subjects_stand_in_the_order_of_the_alphabet():
    lost, kept = a_school("Lost School"), a_school("Kept School", town="")
    vacancy = a_vacancy(school=lost)
    vacancy.school = kept
    vacancy.save()
    for name in ("Physics", "Art", "Maths"):
        vacancy.subjects.add(Subject.objects.create(name=name, slug=name.lower()))
    lost.delete()
    records = list(vacancy.history.all())
    preload(records)
    assert [(one.label, one.old, one.new) for one in changes(records[0], records[-1])] == [
        ("School", "(deleted)", "Kept School"),
        ("Subjects", "", "Art, Maths, Physics"),
    ]
