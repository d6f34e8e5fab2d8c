"""The table of search words: phrases of a row mean the same, whichever rows else they stand in."""

import pytest

from vacancies.models import Synonym
from vacancies.search.index import Index
from vacancies.search.synonyms import Meaning, Thesaurus, meaning_of, meanings, phrases_of
from vacancies.search.words import clauses, tokens

from .usual import ROWS, USUAL


def titles(typed, *written, thesaurus=USUAL):
    """In order of how well they are found."""
    scores = Index({at: {"title": title} for at, title in enumerate(written)}).judge(clauses(tokens(typed), thesaurus)).scores
    return [written[at] for at in sorted(scores, key=lambda at: (-scores[at], at))]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_phrases_of_a_row_find_each_other(row):
    same = phrases_of(row.same)
    for typed in (*same, *phrases_of(row.typed)):
        assert titles(typed, *(f"Post of {written} here" for written in same)), typed
        assert len(titles(typed, *(f"Post of {written} here" for written in same))) == len(same), typed


def test_the_usual_rows_say_each_thing_once():
    same = [phrase.casefold() for row in ROWS for phrase in phrases_of(row.same)]
    assert sorted(same) == sorted(set(same))


def test_overlapping_synonyms_all_count():
    """ "early years" stands in "early years practitioner", which has a meaning of its own."""
    assert titles("EYFS", "Early Years Practitioner", "Reception Teacher") == ["Early Years Practitioner", "Reception Teacher"]
    assert titles("nursery nurse", "Early Years Practitioner", "Reception Teacher") == ["Early Years Practitioner"]
    assert titles("special educational needs", "Special Educational Needs Coordinator") == [
        "Special Educational Needs Coordinator"
    ]


ROW = Thesaurus((Meaning(("cook", "chef"), typed=("kitchen",), after=("baker",)), Meaning(("baker", "pastry hand"))))


def test_what_is_typed_for_others_is_found_last_and_what_comes_after_them_before_it():
    written = ["Kitchen Fitter", "Pastry Hand", "Chef", "Cook"]
    assert titles("kitchen", *written, thesaurus=ROW) == ["Chef", "Cook", "Pastry Hand", "Kitchen Fitter"]
    assert titles("cook", *written, thesaurus=ROW) == ["Cook", "Chef", "Pastry Hand"]
    assert titles("baker", *written, thesaurus=ROW) == ["Pastry Hand"]


def test_a_short_form_has_a_plural():
    thesaurus = Thesaurus((Meaning(("teaching assistant", "TA")),))
    assert titles("tas", "Teaching Assistant", thesaurus=thesaurus) == ["Teaching Assistant"]
    assert "ta" in thesaurus.same_as("teaching assistant")


def test_names_of_subjects_stay_together():
    thesaurus = Thesaurus(names=("Media Studies",))
    assert titles("media studies", "Media Studies", "Studies of Media", thesaurus=thesaurus) == ["Media Studies"]


def test_what_means_the_same_includes_what_is_typed_for_it_but_not_the_other_way_round():
    assert ROW.same_as("chef") == ("chef", "cook", "kitchen")
    assert ROW.same_as("kitchen") == ("kitchen",)
    assert ROW.same_as("porter") == ("porter",)


def test_a_row_is_read_as_staff_write_it():
    row = Synonym(same=" cook,  head   chef ,, -, cook", typed="", after="baker", in_text=True)
    assert meaning_of(row) == Meaning(("cook", "head chef"), (), ("baker",), True)
    assert str(row) == "cook"


@pytest.mark.django_db
def test_a_new_site_begins_with_the_usual_rows():
    assert meanings() == meanings(ROWS)
