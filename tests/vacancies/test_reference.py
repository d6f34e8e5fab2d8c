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


@pytest.mark.parametrize("typed", ["", "10427", "GS", "GS1", "GS10000", "GS104a7", "GS1042799999999", "GS\x0010427", "teacher"])
def test_anything_else_is_no_reference(typed):
    assert reference.to_pk(typed) is None
