"""Every expression of the tree on input that is made to keep it busy: reading takes time that grows with its length."""

import importlib
import re
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("web", "files", "uploads", "richtext", "pictures", "vacancies", "editions", "mailing", "news", "greensheets_site")
LENGTH, SECONDS = 1_000, 1.0  # of the processor: how busy the machine is does not count
PUMPS = ["a", "1", " ", ".", "-", "<", "@", "a.", "1,", "\n", "(", "£1", "a b ", "<a"]
AROUND = [("", "!"), ("a@", ""), ("<a ", "x")]


def modules():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if not {"migrations", "management", "wsgi", "settings"} & set(parts) and path.stem != "__main__":
                yield ".".join(parts).removesuffix(".__init__")


def patterns():
    """Those that stand in modules, by their name; patterns in lists and tables too."""
    found = {}
    for name in modules():
        for held, value in vars(importlib.import_module(name)).items():
            for one in several(value):
                if isinstance(one, re.Pattern):
                    found.setdefault((one.pattern, one.flags), (f"{name}.{held}", one))
    return list(found.values())


def several(value):
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list | tuple | set) else [value]


def slowest(pattern):
    worst = (0.0, "")
    binary = isinstance(pattern.pattern, bytes)
    for pump in PUMPS:
        for before, after in AROUND:
            text = before + pump * (LENGTH // len(pump)) + after
            began = time.process_time()
            pattern.search(text.encode() if binary else text)
            worst = max(worst, (time.process_time() - began, f"{before}{pump}…{after}"))
            if worst[0] > SECONDS:
                return worst
    return worst


@pytest.mark.parametrize(("name", "pattern"), [pytest.param(*one, id=one[0]) for one in patterns()])
def test_an_expression_is_not_kept_busy(name, pattern):
    taken, by = slowest(pattern)
    assert taken < SECONDS, f"{name} takes {taken:.1f} seconds for {by!r} of {LENGTH} letters"
