"""A word that no advert has is read as the nearest one that some have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.search.spelling import corrected, distance, nearest

VOCABULARY = {"teaching": 90, "teacher": 80, "assistant": 70, "cook": 5, "cleaner": 9, "chemistry": 3, "coach": 2, "couch": 1}


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [
        ("cook", "cook", 0),
        ("cok", "cook", 1),
        ("coook", "cook", 1),
        ("cock", "cook", 1),
        ("ocok", "cook", 1),  # changed over
        ("geogaphry", "geography", 2),
        ("cook", "baker", 3),  # more than is asked
        ("", "cook", 3),
    ],
)
def test_letters_apart(one, other, away):
    assert distance(one, other, 2) == away


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_way_there_is_as_long_as_the_way_back(one, other):
    assert distance(one, other, 6) == distance(other, one, 6)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("teching", "teaching"),
        ("techer", "teacher"),
        ("chemestry", "chemistry"),
        ("chemsitri", "chemistry"),  # two slips in a word of eight letters or more
        ("cleenar", ""),  # one in a shorter one
        ("coech", "coach"),  # as near as couch, and said more often
        ("cok", ""),  # too short to tell
        ("c00k", ""),
        ("gs10044", ""),
        ("xylophone", ""),
    ],
)
def test_the_nearest_word_is_the_one_that_was_meant(typed, meant):
    assert nearest(typed, VOCABULARY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["teching", "asistant"], ["teaching", "assistant"]),
        (["Chemestry", "castle"], ["chemistry", "castle"]),
        (["teachingassistant"], ["teaching assistant"]),
        (['"teching"', "teching"], ['"teching"', "teaching"]),
        (["teching"] * 7, ["teaching"] * 6 + ["teching"]),
        ([], []),
    ],
)
def test_only_words_that_nobody_uses_are_corrected(typed, meant):
    assert corrected(typed, lambda word: word not in VOCABULARY and word != "castle", VOCABULARY) == meant


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_words_can_be_corrected(words):
    assert len(corrected(words, lambda word: True, VOCABULARY)) == len(words)
