"""Whole messages, as schools send them, and everything that is read in each. The texts are in ``corpus``: the message, then
what it states (``field: value``, ``?`` before fields that are a matter of view) and its lines of correspondence (``-``)."""

import re
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vacancies.reading.kinds import Reading, read_advert

AFTER = date(2026, 12, 7)
CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())
YES_NO = {"yes": True, "no": False}


def reading_of(path: Path) -> tuple[Reading, list[str]]:
    source, _, expected = path.read_text(encoding="utf-8").partition("\n###\n")
    return read_advert(source, AFTER), expected.strip().splitlines()


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_what_a_message_states_is_read_and_nothing_else(path):
    reading, expected = reading_of(path)
    views = {name for line in expected if line.startswith("? ") for name in line[2:].split()}
    stated = dict(line.split(": ", 1) for line in expected if line[:2] not in {"? ", "- "})
    read = {name: find.value for name, find in reading.facts.items() if name not in views}
    assert {name: shown(value) for name, value in read.items()} == stated


def shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_its_lines_of_correspondence_are_found_and_no_other(path):
    reading, expected = reading_of(path)
    lines = [squeezed(line[2:]) for line in expected if line.startswith("- ")]
    found = [squeezed(reading.page.lines[number].text) for number in sorted(reading.left_out)]
    assert [line for line in found if line] == [line for line in lines if line]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_each_fact_shows_the_phrase_that_it_comes_from(path):
    reading, _ = reading_of(path)
    text = reading.page.text
    misplaced = {
        name: find.phrase for name, find in reading.facts.items() if not find.why and text[find.start : find.end] != find.phrase
    }
    assert misplaced == {}


@given(st.text(max_size=400), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
@settings(max_examples=40, deadline=None)
def test_any_text_is_read_without_a_fault(text, after):
    read_advert(f"{text}\nClosing date: {text} 29 February noon", after)


@pytest.mark.parametrize(
    "text",
    [
        "closing 1.1.1.1 " * 4_000,
        "a@" * 30_000,
        "1" * 60_000,
        "apply by " * 7_000,
        "A" * 60_000,
        "Mr A " * 12_000,
        "£1,000 " * 8_000,
        "The Oak School of the " * 3_000,
        "(" * 30_000,
        "\n".join(["Cook, 20 hours a week"] * 2_000),
    ],
    ids=lambda text: text[:12].strip(),
)
def test_a_long_hostile_text_is_read_to_a_bound(text):
    began = process_time()
    read_advert(text, AFTER)
    assert process_time() - began < 5
