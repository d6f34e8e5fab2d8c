import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.search.words import SYNONYMS, fold, has_all, nearest_spelling, searchable, stem, telling, terms, trimmed


def finds(query, text):
    return has_all(searchable(text), terms(query))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("St. Aldwyn's", "st aldwyns"),
        ("St Aldwyn’s", "st aldwyns"),
        ("Café  Zoë", "cafe zoe"),
        ("SENDCo (non-class-based)", "sendco non class based"),
        ("Straße", "strasse"),
        ("a\0b", "a b"),
        ("'’", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
def test_an_advert_is_found_by_all_of_its_own_words(text):
    assert finds(text, text)


def test_words_are_found_by_their_beginnings_and_all_are_needed():
    text = "Class Teacher. Fernhollow Primary School. Fernhollow"
    assert finds("teach fern", text)
    assert not finds("teach castle", text)
    assert not finds("eacher", text)


def test_one_finds_many_and_many_find_one():
    assert [stem(word) for word in ("supervisors", "secretaries", "class", "pe")] == ["supervisor", "secretary", "class", "pe"]
    assert finds("school secretaries", "School Secretary")
    assert finds("secretary", "Two Secretaries")


@pytest.mark.parametrize("row", SYNONYMS)
def test_synonyms_work_both_ways(row):
    for typed in row:
        for written in row:
            assert finds(typed, f"Post of {written} at a school"), (typed, written)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("TAs", "Teaching Assistant"),
        ("dinner ladies", "Midday Supervisors"),
        ("TA", "Teaching Assistants"),
        ("PE", "P.E. Teacher"),
    ],
)
def test_words_are_understood_as_readers_type_them(typed, written):
    assert finds(typed, written)


def test_no_phrase_stands_in_two_rows_of_synonyms():
    phrases = [phrase for row in SYNONYMS for phrase in row]
    assert sorted(phrases) == sorted(set(phrases))
    assert [fold(phrase) for phrase in phrases] == phrases


def test_short_forms_are_whole_words():
    assert not finds("ta", "Tall Trees School")
    assert not finds("pe", "Penhallow")
    assert finds("ta", "Teaching Assistant")


def test_a_synonym_of_several_words_does_not_lend_its_words_one_by_one():
    assert not finds("science teacher", "Teacher of Computing")
    assert finds("computer science teacher", "Teacher of Computing")
    assert finds("science", "Computer Science Teacher")
    assert not finds("key worker", "GCSE Teacher")


def test_a_phrase_is_found_in_the_words_of_a_longer_one_too():
    assert finds("special educational needs", "Special Educational Needs Coordinator")
    assert finds("head of faculty", "Head of Department: Art")


def test_the_longest_phrase_counts_so_that_a_deputy_is_not_taken_for_a_head():
    assert not finds("head of school", "Deputy Head Teacher, Castle Down")
    assert finds("vice principal", "Deputy Head Teacher")


def test_an_endless_query_is_cut():
    assert terms("a" * 10_000) == (((" " + "a" * 200,),),)


def test_no_words_find_everything():
    assert finds("  ", "anything")


@pytest.mark.parametrize(
    ("word", "singular"),
    [("ties", "tie"), ("duties", "duty"), ("bus", "bus"), ("cooks", "cook"), ("heads", "head"), ("boss", "boss"), ("s", "s")],
)
def test_only_a_plural_loses_its_ending(word, singular):
    assert stem(word) == singular


def test_a_short_form_of_four_letters_is_a_whole_word_too():
    assert finds("send", "SEND Teacher")
    assert not finds("send", "Sending Office")
    assert not finds("cook", "Cookery Teacher")
    assert finds("cleane", "Cleaner")


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
    assert trimmed(typed) == left


VOCABULARY = {"teaching", "assistant", "trowbridge", "cook", "cleaner", "chemistry", "castle"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("teching asistant", "teaching assistant"),
        ("Chemestry castle", "chemistry castle"),
        ("teach", ""),  # the beginning of a word that there is
        ("cok", ""),  # too short to tell
        ("xylophone", ""),
        ("saltmere teaching", ""),
        ("", ""),
        ("teching " * 7, " ".join(["teaching"] * 6 + ["teching"])),
    ],
)
def test_a_word_that_no_advert_has_is_read_as_the_nearest_one_that_some_have(typed, meant):
    assert nearest_spelling(typed, VOCABULARY) == meant


@given(st.text(max_size=60))
def test_any_text_has_a_nearest_spelling_or_none(text):
    meant = nearest_spelling(text, VOCABULARY)
    assert meant == "" or len(meant.split()) == len(text[:200].split())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("jobs near Saltmere", "Saltmere"),
        ("vacancies for a post of cook", "cook"),
        ("Teacher with an interest in the arts", "Teacher interest arts"),
        ("-", ""),
        ("in at to", ""),
    ],
)
def test_words_that_every_post_has_tell_nothing(typed, told):
    assert telling(typed) == told
