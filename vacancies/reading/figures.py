"""Every day, time of day, amount and number in a text, each written in one way, to see whether another text has them all."""

import re
from datetime import date

from .days import WEEKDAYS, clocks_in, days_in

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_WORDS = re.compile(
    r"\b(?:(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:days?|sdays?|nesdays?|rsdays?|urdays?|s|r|rs)?"
    r"|(?P<count>one|two|three|four|five|six|seven|eight|nine|ten)"
    r"|january|february|march|april|june|july|august|september|october|november|december|easter|summer|autumn|spring"
    r"|mornings?|afternoons?|evenings?)\b",
    re.IGNORECASE,
)
_COUNT_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: count for count, word in enumerate(_COUNT_WORDS, start=1)}
_SEASONS = {"easter", "summer", "autumn", "spring"}  # beside a day they say nothing more
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_LONGEST = 12  # figures of a number; what is longer is a telephone number


def facts_in(text: str, after: date) -> set[str]:
    """``Friday 11 December, 32½ hours`` as 2026-12-11, fri, december, 11, 2026 and 32.5."""
    if _NUMBER.fullmatch(text):
        return {_number(text)}
    for sign, decimal in _FRACTIONS.items():
        text = text.replace(sign, decimal)
    days = list(days_in(text, after))
    facts = {fact for day in days for fact in _said_of(day.on)}
    facts |= {text[day.start : day.end] for day in days if not day.is_that_weekday}
    rest = _blanked(text, [(day.start, day.end) for day in days])
    clocks = list(clocks_in(rest))
    facts |= {f"{clock.at:%H:%M}" for clock in clocks}
    rest = _blanked(rest, [(clock.start, clock.end) for clock in clocks])
    words = {_word(match) for match in _WORDS.finditer(rest)} - (_SEASONS if days else set())
    return facts | {_number(match[0]) for match in _NUMBER.finditer(rest)} | words


def _said_of(day: date) -> set[str]:
    return {day.isoformat(), WEEKDAYS[day.weekday()], f"{day:%B}".lower(), str(day.day), str(day.year)}


def _number(figures: str) -> str:
    return figures if len(figures) > _LONGEST else f"{float(figures.replace(',', '')):.10g}"


def _word(match: re.Match[str]) -> str:
    if match["count"]:
        return str(_COUNTS[match["count"].lower()])
    return (match["day"] or match[0]).lower().rstrip("s")


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
