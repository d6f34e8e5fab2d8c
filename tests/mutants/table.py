"""Reads the tables of rules, and says where they no longer speak of the code as it is."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TABLES = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """A promise in words, and how it is broken: ``whole``, which stands once in the module, becomes ``broken``."""

    says: str
    module: str
    whole: str
    broken: str
    tests: tuple[str, ...]


def rules(folder: Path = TABLES) -> list[Rule]:
    return [rule for table in sorted(folder.glob("*.toml")) for rule in _rules_of(tomllib.loads(table.read_text("utf-8")))]


def _rules_of(table: dict[str, dict[str, Any]]) -> Iterator[Rule]:
    for module, about in table.items():
        usual = [*_mirrored(module), *about.get("tests", [])]
        for says, whole, broken, *own in about["rules"]:
            yield Rule(says, module, whole, broken, tuple(f"tests/{name}" for name in own or usual))


def _mirrored(module: str) -> list[str]:
    """``vacancies/search/words.py`` is held by ``tests/vacancies/search/test_words.py``."""
    path = Path(module)
    mirror = path.with_name(f"test_{path.name}")
    return [mirror.as_posix()] if (ROOT / "tests" / mirror).is_file() else []


def faults(of: Iterable[Rule], root: Path = ROOT) -> list[str]:
    """Rules that cannot be broken any more as the table says, and those that no test would notice."""
    found = []
    for rule in of:
        path = root / rule.module
        times = path.read_text("utf-8").count(rule.whole) if path.is_file() else 0
        if times != 1:
            found.append(f"{rule.module}: “{rule.whole}” stands there {times} times, and must once ({rule.says})")
        if rule.whole == rule.broken:
            found.append(f"{rule.module}: nothing is broken ({rule.says})")
        if not rule.tests:
            found.append(f"{rule.module}: no tests are named ({rule.says})")
        found += [f"{name}: no such tests ({rule.says})" for name in rule.tests if not (root / name).is_file()]
    return found


def numbers(root: Path = ROOT) -> list[tuple[str, str]]:
    """Every number of the business: the module of its room, and its name."""
    return [
        (path.relative_to(root).as_posix(), name)
        for path in sorted(root.glob("*/rules.py"))
        for line in ast.parse(path.read_text("utf-8")).body
        if isinstance(line, ast.Assign)
        for name in (target.id for target in line.targets if isinstance(target, ast.Name))
    ]
