"""Before search words are saved, staff see what readers would find."""

import pytest
import time_machine

from tests.builders import a_vacancy, london
from vacancies.search.comparing import SearchChange, effects, phrases_of_both
from vacancies.search.directory import Directory, directory
from vacancies.search.live import LiveAdverts
from vacancies.search.synonyms import Meaning

NOW = london(2026, 4, 28, 9)


@pytest.mark.django_db
def test_each_phrase_says_what_it_finds_and_would_find():
    for title in ("Cook", "Chef", "Chef", "Gardener"):
        a_vacancy(title, role="other-support")
    names = directory().names
    before = Directory(names, (Meaning(("cook", "gardener")),))
    after = Directory(names, (Meaning(("cook", "chef")),))
    with time_machine.travel(NOW, tick=False):
        found = effects(LiveAdverts(NOW), before, after, ["cook", "gardener", "porter"])
    assert found == [
        SearchChange("cook", 2, 3, "Cook", "Cook", ("Chef (2)",), ("Gardener",)),
        SearchChange("gardener", 2, 1, "Gardener", "Gardener", (), ("Cook",)),
        SearchChange("porter", 0, 0, "", "", (), ()),
    ]
    assert [one.is_any for one in found] == [True, True, False]


def test_the_phrases_of_a_row_are_those_it_has_and_those_it_would_have():
    assert phrases_of_both(Meaning(("Cook", "chef"), ("kitchen",)), Meaning(("cook", "baker"), after=("pies",))) == [
        "cook",
        "baker",
        "chef",
        "kitchen",
    ]
    assert phrases_of_both(None, Meaning(("cook",))) == ["cook"]
