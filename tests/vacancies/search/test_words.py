"""What is typed is read as phrases with a meaning and as words, as either of several, and as not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.search.index import Index
from vacancies.search.words import Condition, clauses, is_noise, telling, tokens, trimmed

from .usual import USUAL

TAUGHT = replace(USUAL, subjects=("Mathematics", "Physics", "Music", "Drama"))


def read(typed, names=()):
    """Each clause as what was typed of it."""
    return [
        ("not " if clause.is_not else "") + " | ".join(term.typed for term in clause.terms)
        for clause in clauses(tokens(typed), TAUGHT, names)
    ]


def finds(typed, title):
    return bool(Index({1: {"title": title}}).judge(clauses(tokens(typed), USUAL)).scores)


@pytest.mark.parametrize(
    ("typed", "taken_apart"),
    [
        ("maths teacher", ["maths", "teacher"]),
        ("cook,cleaner", ["cook", ",", "cleaner"]),
        ("TA/HLTA", ["TA", "/", "HLTA"]),
        ("p/t TA", ["p/t", "TA"]),
        ("TA (not 1:1)", ["TA", "not", "1:1"]),
        ("Years 5/6", ["Years", "5/6"]),
        ('phonics "village school"', ["phonics", '"village school"']),
        ("“village school”", ["“village school”"]),
        ("TA near me", ["TA"]),
        ("a" * 300, ["a" * 200]),
        ("", []),
    ],
)
def test_what_is_typed_is_taken_apart(typed, taken_apart):
    assert tokens(typed) == taken_apart


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("french or spanish", ["french | spanish"]),
        ("cleaner, caretaker, cook", ["cleaner | caretaker | cook"]),
        ("TA/HLTA", ["ta | hlta"]),
        ("cook or kitchen assistant mornings", ["cook | kitchen assistant", "mornings"]),
        ("or cook or", ["cook"]),
        ("TA not 1:1", ["ta", "not 1to1"]),
        ("admin no weekends", ["admin", "not weekends"]),
        ("without maths", ["not maths"]),
        ("cook other than cleaner or driver", ["cook", "not cleaner | driver"]),
        ("cook, not cleaner, driver", ["cook", "not cleaner", "driver"]),
        ("cook and not cleaner", ["cook", "not cleaner"]),
        ("cook not", ["cook"]),
        ("music and drama", ["music | drama"]),
        ("cleaner & caretaker", ["cleaner | caretaker"]),
        ("head of maths and physics", ["head of", "maths | physics"]),
        ("cook and drama", ["cook", "drama"]),
        ("autism and speech", ["autism", "speech"]),
        ("speech and language and autism", ["speech and language", "autism"]),
        ("and cook and mornings", ["cook", "mornings"]),
        ("head of maths", ["head of", "maths"]),
        ("head of faculty", ["head of faculty"]),
        ("deputy head teacher", ["deputy headteacher"]),
        ("speech and language", ["speech and language"]),
        ("yr 3", ["year3"]),
        ("head of year 11", ["head of year", "year11"]),
        ('"village school" cook', ['"village school"', "cook"]),
        ('""', []),
        ("I am looking for a job in the kitchen", ["kitchen"]),
        ("IT technician", ["it technician"]),
        ("what is there for me", []),
        ("looking for a job for mums", []),
        ("start january", ["january"]),
        ("cook cook", ["cook"]),
    ],
)
def test_phrases_with_a_meaning_stay_together_and_words_around_them_ask_for_nothing(typed, asked):
    assert read(typed) == asked


def test_the_name_of_a_school_stays_together():
    assert read("TA castle down primary", {("castl", "down"), ("castl", "down", "primari")}) == ["ta", "castle down primary"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("TAs", "Teaching Assistant"),
        ("T.A.", "Teaching Assistants"),
        ("LSA", "Teaching Assistant"),
        ("MSA", "Midday Supervisory Assistants (2 posts)"),
        ("dinner ladies", "Midday Supervisors"),
        ("PE", "P.E. Teacher"),
        ("P.E.", "Teacher of Physical Education"),
        ("D&T", "Head of Design and Technology"),
        ("EYFS", "Early Years Practitioner"),
        ("nursery nurse", "Early Years Educator"),
        ("food tech", "Teacher of Food and Nutrition"),
        ("languages", "Head of Spanish"),
        ("science", "Teacher of Physics"),
        ("Y6", "Class Teacher (Years 5 and 6)"),
        ("Year 4", "Class Teacher (Key Stage 2)"),
        ("KS2", "Class Teacher (Years 3 and 4)"),
        ("1:1", "Teaching Assistant (one-to-one SEND support)"),
        ("janitor", "Site Manager"),
        ("site", "Premises Officer"),
        ("secretary", "Receptionist"),
        ("admin", "School Administrator"),
        ("SLT", "Deputy Head"),
        ("chem", "Teacher of Chemistry"),
        ("UKS2", "Class Teacher (Years 5 and 6)"),
        ("lower key stage two", "Class Teacher (Year 3)"),
        ("PRU", "Teacher, Hillside Alternative Provision"),
        ("t a", "Teaching Assistant"),
        ("acting head", "Headteacher"),
        ("faith school", "Teacher, St Wite's Catholic Primary"),
        ("TLR", "Head of Year"),
        ("main scale", "Teacher, MPS/UPS"),
        ("QTS", "Class Teacher"),
        ("cleane", "Cleaner"),
    ],
)
def test_what_readers_type_finds_what_adverts_say(typed, written):
    assert finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("physics", "Teacher of Physical Education"),
        ("early years", "Head of Year 11"),
        ("reception", "Receptionist"),
        ("nurse", "Nursery Teacher"),
        ("TA", "Tall Trees Cook"),
        ("PE", "Penhallow"),
        ("art", "Party Organiser"),
        ("office", "Finance Officer"),
        ("computer science", "Science Technician"),
        ("business teacher", "School Business Manager"),
        ("key worker", "GCSE Teacher"),
        ("eacher", "Teacher"),
        ("teach castle", "Class Teacher, Fernhollow"),
        ("cook not assistant", "Assistant Cook"),
    ],
)
def test_what_readers_type_does_not_find_something_else(typed, written):
    assert not finds(typed, written)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    assert all(isinstance(clause, Condition) and clause.terms for clause in clauses(tokens(text), USUAL))


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("jobs near Saltmere", "Saltmere"),
        ("head of faculty", "head of faculty"),
        ("maths in", "maths"),
        ("a job in the", ""),
        ("", ""),
    ],
)
def test_words_that_tell_nothing_are_left_out_at_the_ends(typed, left):
    assert " ".join(trimmed(typed.split())) == left


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jobs near Saltmere", "Saltmere"),
        ("vacancies for a post of cook", "cook"),
        ("-", ""),
        ("in at to", ""),
    ],
)
def test_words_that_every_post_has_tell_nothing(typed, told):
    assert telling(typed) == told


def test_what_is_quoted_is_meant():
    assert (is_noise("the"), is_noise('"the"')) == (True, False)
