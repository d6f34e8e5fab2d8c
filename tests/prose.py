"""Reads what people read: the words of templates, of Python's texts and of the documents, and the numbers in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["editions", "files", "greensheets_site", "mailing", "news", "pictures", "richtext", "vacancies", "web"]
TEMPLATES = ["templates", "pictures/templates"]
WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
DIGITS = {word: str(number) for number, word in enumerate(WORDS, 1)} | {"twenty": "20", "thirty": "30", "forty": "40"}
FIGURES = {
    "a quarter of an hour": "15 minutes",
    "half an hour": "30 minutes",
    "half a minute": "30 seconds",
    "a fortnight": "14 days",
}
UNITS = ["seconds?", "minutes?", "hours?", "days?", "weeks?", "months?", "years?", "kb", "mb", "gb"]
TIMES = r"\bnoon\b|\b\d{1,2}(?:\.\d\d)?[ap]m\b|\b[012]\d:[0-5]\d\b"
# "An hour" is a number of the business only as a period: £12.65 an hour is none.
PERIODS = r"(?<=\bfor )an? (?:{u})\b|(?<=\bwithin )an? (?:{u})\b|(?<=\bafter )an? (?:{u})\b|(?<=\bthan )an? (?:{u})\b"
NUMBER = re.compile(
    rf"\b\d[\d.,]*[ -](?:working )?(?:{'|'.join(UNITS)})\b|\b\d[\d.]* ?(?:%|per cent)|{PERIODS.format(u='|'.join(UNITS))}|{TIMES}"
)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
ELEMENTS = re.compile(r"<[^>]*>")
EXAMPLES = re.compile(r"``.*?``", re.DOTALL)


def in_figures(text: str) -> str:
    """On one line, in small letters, with every number in figures."""
    plain = " ".join(text.split()).lower()
    for words, figure in FIGURES.items():
        plain = re.sub(rf"\b{words}\b", figure, plain)
    return re.sub(rf"\b({'|'.join(DIGITS)})\b", lambda found: DIGITS[found[1]], plain)


def phrases(text: str) -> list[str]:
    """The numbers with a unit and the times of day in a text."""
    return [found.group().rstrip(".") for found in NUMBER.finditer(in_figures(EXAMPLES.sub(" ", text)))]


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(path for folder in TEMPLATES for path in (ROOT / folder).rglob("*") if path.suffix in {".html", ".txt"}):
        yield path.relative_to(ROOT).as_posix(), ELEMENTS.sub(" ", TAGS.sub("|", path.read_text()))


def strings() -> Iterator[tuple[str, str]]:
    """Every text in Python: literals, f-strings with their values left out, docstrings."""
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not re.search(r"/migrations/|^greensheets_site/demo/", name):
            tree = ast.parse(path.read_text())
            inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
            for node in ast.walk(tree):
                if isinstance(node, ast.JoinedStr):
                    yield name, "".join(str(part.value) if isinstance(part, ast.Constant) else "|" for part in node.values)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                    yield name, node.value
