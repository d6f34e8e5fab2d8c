"""Two columns that a PDF sets side by side come under each other, the left one first."""

import re
from collections import Counter

FEWEST = 4  # lines that begin their second column in one place
_GAP = re.compile(r"(?:(?<=\S) {3,}|^ {16,})(?=\S)")


def side_by_side(lines: list[str]) -> list[str]:
    """
    We seek a creative      Salary: MPS      ->  We seek a creative
    teacher of art.         Start: April         teacher of art.

                                                 Salary: MPS
                                                 Start: April
    """
    begins = Counter(match.end() for line in lines for match in _GAP.finditer(line))
    place, count = begins.most_common(1)[0] if begins else (0, 0)
    found = [number for number, line in enumerate(lines) if _has_column_at(line, place)]
    if count < FEWEST or place < 16 or not _is_running_text([lines[number][:place] for number in found]):
        return lines
    first, last = found[0], found[-1]
    inside = lines[first : last + 1]
    left = [line[:place].rstrip() if _has_column_at(line, place) else line.rstrip() for line in inside]
    right = [lines[number][place:].strip() for number in found]
    return [*lines[:first], *_without_double_blanks(left), "", *right, "", *lines[last + 1 :]]


def _has_column_at(line: str, place: int) -> bool:
    return any(match.end() == place for match in _GAP.finditer(line))


def _is_running_text(left: list[str]) -> bool:
    """Labels with their values beside them are one column of facts, not two of text."""
    words = [len(text.split()) for text in left if text.strip()]
    labels = sum(text.rstrip().endswith(":") for text in left)
    return bool(words) and labels < len(words) / 3 and sum(words) / len(words) >= 3


def _without_double_blanks(lines: list[str]) -> list[str]:
    return [line for line, before in zip(lines, ["", *lines], strict=False) if line.strip() or before.strip()]
