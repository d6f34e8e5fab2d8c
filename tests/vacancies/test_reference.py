import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies import reference


@given(st.integers(1, 10**9))
def test_a_reference_leads_back_to_its_advert(pk):
    assert reference.to_pk(reference.from_pk(pk)) == pk


@pytest.mark.parametrize("typed", ["GS10427", "gs10427", " gs 10427 ", "GS-10427"])
def test_a_reference_is_understood_however_it_is_typed(typed):
    assert reference.to_pk(typed) == 427


@pytest.mark.parametrize(
    "typed",
    [
        "GS10427",
        "gs 10427",
        "10427",
        "ref GS10427",
        "Ref: GS10427",
        "ref. 10427",
        "ref no. gs10427",
        "reference GS10427",
        "reference number 10427",
        "job ref GS10427",
        "vacancy reference: #GS10427",
    ],
)
def test_a_reference_is_understood_with_what_readers_write_before_it(typed):
    assert reference.typed_reference(typed) == "GS10427"


@pytest.mark.parametrize("typed", ["", "ref", "reference number", "job GS10427", "ref cook", "GS10427 cook", "1042"])
def test_other_words_are_looked_for_as_words(typed):
    assert reference.typed_reference(typed) == ""


@pytest.mark.parametrize("typed", ["", "10427", "GS", "GS1", "GS10000", "GS104a7", "GS1042799999999", "GS\x0010427", "teacher"])
def test_anything_else_is_no_reference(typed):
    assert reference.to_pk(typed) is None
