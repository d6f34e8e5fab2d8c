"""The page about security names tests that exist, and says of every line whether it holds, does not apply or is accepted."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
LINES = re.findall(r"^\| (\d[^|]*) \| ([^|]*) \| (.+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED}))
def test_every_test_that_the_page_names_exists(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    assert [name for of, name in NAMED if of == path and f"def {name}(" not in text] == []


def test_every_line_says_what_becomes_of_it_and_by_what():
    assert len(LINES) > 60
    assert [line for line in LINES if line[1] not in {"holds", "does not apply", "accepted"} or not line[2].strip()] == []


def test_no_line_stands_there_twice():
    numbers = [number for line in LINES for number in re.findall(r"\d+\.\d+\.\d+", line[0])]
    assert len(numbers) == len(set(numbers))
