"""Which adverts say a phrase, where they say it, and how well."""

from dataclasses import replace

import pytest

from vacancies.search.index import WEIGHTS, Index
from vacancies.search.words import clauses, tokens

from .usual import USUAL


def order(typed, *documents, **options):
    """The numbers of the documents found, the best first."""
    scores = Index(dict(enumerate(documents))).judge(clauses(tokens(typed), USUAL), typed=typed, **options).scores
    return sorted(scores, key=lambda at: (-scores[at], at))


def test_fields_weigh_in_this_order():
    assert WEIGHTS == {
        "title": 100,
        "role": 60,
        "subject": 60,
        "school": 60,
        "said": 40,
        "place": 30,
        "trust": 30,
        "terms": 20,
        "text": 10,
    }
    documents = [{field: "kestrel"} for field in reversed(WEIGHTS)]
    assert [list(reversed(WEIGHTS))[at] for at in order("kestrel", *documents)] == [
        "title",
        "school",
        "subject",
        "role",
        "said",
        "trust",
        "place",
        "terms",
        "text",
    ]


def test_whole_words_come_before_begun_ones():
    assert order("kest", {"title": "Kestrels"}, {"title": "Kest Keeper"}, {"text": "kestrels"}) == [1, 0]


def test_phrases_come_before_scattered_words():
    assert order("blue lamp", {"title": "Lamp, blue"}, {"title": "The blue lamp man"}, {"title": "Blue lamp"}) == [2, 1, 0]


def test_a_quoted_phrase_is_found_in_one_piece_only():
    assert order('"blue lamp"', {"title": "Lamp, blue"}, {"title": "A blue lamp"}, {"text": "of blue lamps"}) == [1, 2]


def test_a_word_that_titles_say_often_is_not_looked_for_in_texts():
    titles = [{"title": "Warden"}] * 19
    assert len(order("warden", *titles, {"text": "a warden"})) == 20
    assert len(order("warden", *titles, {"title": "Warden"}, {"text": "a warden"})) == 20


def test_the_name_of_a_post_is_not_looked_for_in_texts_and_what_a_post_is_about_is():
    assert order("technician", {"text": "There is a technician."}) == []
    assert order("autism", {"text": "pupils with autism"}, {"title": "Autism Lead"}) == [1, 0]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cleaner experience", [1, 0, 2]),  # beside a post, a word that only texts say is a wish
        ("cleaner autism", [2, 0, 1]),
        ("cleaner xylophone", []),
        ("cleaner lodge", [2]),  # a name is none
        ("experience autism", []),
    ],
)
def test_beside_the_name_of_a_post_what_texts_say_is_a_wish(typed, found):
    documents = [{"title": "Cleaner"}, {"title": "Cleaner", "text": "experience"}, {"title": "Autism Cleaner", "school": "Lodge"}]
    assert order(typed, *documents) == found


def test_filters_make_a_wish_of_what_texts_say_too():
    documents = [{"title": "One"}, {"title": "Two", "text": "experience"}]
    assert (order("experience", *documents), order("experience", *documents, is_anchored=True)) == ([1], [1, 0])


def test_the_word_school_leaves_nobody_out():
    assert order("kestrel school", {"text": "a kestrel"}, {"title": "School Kestrel"}, {"text": "kestrel school"}) == [1, 2, 0]
    assert order("school", {"title": "School Cook"}, {"title": "Cook"}) == [0, 1]
    assert order("jobs in education", {"subject": "Physical Education"}, {"title": "Cook"}) == [0, 1]
    assert order("physical education", {"subject": "Physical Education"}, {"title": "Cook"}) == [0]


def test_what_is_not_wanted_is_looked_for_in_names_alone():
    assert order("cook not lantern", {"title": "Lantern Cook"}, {"title": "Cook", "text": "by lantern"}) == [1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("not cook", [1, 2]),
        ("no baker", [0, 1]),
        ("no bak", [0, 1, 2]),  # whole words only
        ("no weekends", [0, 1, 2]),
        ("not autism", [0, 2]),
        ("not SEN or cook", [1, 2]),
    ],
)
def test_what_is_not_wanted_leaves_out_who_says_it_and_what_nobody_says_leaves_out_nobody(typed, found):
    assert order(typed, {"title": "Cook"}, {"title": "Autism Lead"}, {"title": "Baker"}) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("maths mastery", [1, 2, 0]),
        ("mastery maths", [1, 2, 0]),
        ("maths", [0, 1]),
        ("maths xylophone", []),
        ("mastery", [1, 2, 3]),
        ("mastery not maths", [2, 3]),
    ],
)
def test_a_subject_beside_another_word_is_looked_for_in_texts_too_and_what_says_both_comes_first(typed, found):
    taught = replace(USUAL, subjects=("Mathematics",))
    documents = [
        {"subject": "Mathematics"},
        {"subject": "Mathematics", "text": "We teach for mastery."},
        {"text": "mathematics for mastery"},
        {"text": "mastery"},
    ]
    scores = Index(dict(enumerate(documents))).judge(clauses(tokens(typed), taught)).scores
    assert sorted(scores, key=lambda at: (-scores[at], at)) == found


def test_an_advert_that_fails_says_which_words_it_lacks():
    judged = Index({7: {"title": "Cook"}, 8: {"title": "Baker, blue"}}).judge(clauses(tokens("cook blue"), USUAL))
    assert (dict(judged.scores), dict(judged.failed)) == ({}, {7: (1,), 8: (0,)})


def test_schools_are_known_by_the_beginnings_of_their_names():
    index = Index({1: {"school": "St Wite's Catholic (VA) School\nSt Wite's Catholic School"}})
    assert index.named(["TA", "saint", "wites", "catholic", "mornings"]) == {1, 2, 3}
    assert index.named(["st", "wite's", "catholic", "school"]) == {0, 1, 2, 3}
    assert index.named(["catholic", "school", "wite"]) == frozenset()
