"""The table of rules that ``make mutants`` breaks: it speaks of the code as it is, and leaves no number of the business out."""

from pathlib import Path

import pytest

from tests.mutants.table import Rule, faults, numbers, rules

LINE = "MOST = 20\n"


def test_every_rule_of_the_table_can_be_broken_and_has_tests_that_ought_to_notice():
    assert faults(rules()) == []


def test_every_number_of_the_business_has_a_rule():
    told = {(rule.module, name) for rule in rules() for name in [rule.whole.partition(" = ")[0]]}
    assert [number for number in numbers() if number not in told] == []


def test_no_promise_is_made_twice_of_one_module():
    said = [(rule.module, rule.says) for rule in rules()]
    assert sorted({promise for promise in said if said.count(promise) > 1}) == []


@pytest.fixture
def room(tmp_path) -> Path:
    (tmp_path / "mailing").mkdir()
    (tmp_path / "mailing" / "rules.py").write_text(LINE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_limits.py").touch()
    return tmp_path


def a_rule(**fields) -> Rule:
    usual = {"says": "Twenty are sent", "module": "mailing/rules.py", "whole": "MOST = 20", "broken": "MOST = 21"}
    return Rule(**{**usual, "tests": ("tests/test_limits.py",), **fields})


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, []),
        ({"whole": "MOST = 30"}, ["mailing/rules.py: “MOST = 30” stands there 0 times, and must once (Twenty are sent)"]),
        ({"module": "mailing/gone.py"}, ["mailing/gone.py: “MOST = 20” stands there 0 times, and must once (Twenty are sent)"]),
        ({"broken": "MOST = 20"}, ["mailing/rules.py: nothing is broken (Twenty are sent)"]),
        ({"tests": ()}, ["mailing/rules.py: no tests are named (Twenty are sent)"]),
        ({"tests": ("tests/test_gone.py",)}, ["tests/test_gone.py: no such tests (Twenty are sent)"]),
    ],
    ids=["as it should be", "other text", "no module", "not broken", "no tests", "tests that went"],
)
def test_a_table_that_is_out_of_date_says_so(room, fields, found):
    assert faults([a_rule(**fields)], room) == found


def test_what_stands_in_a_module_twice_cannot_be_broken(room):
    (room / "mailing" / "rules.py").write_text(LINE * 2)
    assert [fault.split("stands ")[1] for fault in faults([a_rule()], room)] == ["there 2 times, and must once (Twenty are sent)"]


def test_a_rule_is_held_by_the_tests_that_mirror_its_module_and_by_those_that_are_named(tmp_path):
    (tmp_path / "room.toml").write_text(
        '["news/models.py"]\ntests = ["news/test_views.py"]\nrules = [["A", "b", "c"], ["D", "e", "f", "news/test_admin.py"]]\n'
        '["vacancies/reference.py"]\nrules = [["G", "h", "i"]]\n'
    )
    assert [(rule.says, rule.tests) for rule in rules(tmp_path)] == [
        ("A", ("tests/news/test_views.py",)),
        ("D", ("tests/news/test_admin.py",)),
        ("G", ("tests/vacancies/test_reference.py",)),
    ]
