"""Lines of a printed page that end or begin with its number."""

import re

# Oak School | High Street Page 1 of 2 ; not: the form is on page 3
_PAGE_BEHIND = re.compile(
    r"^(?!.*[.!?]\s+[A-Z]).{3,120}?(?<!\bon)(?<!\bsee)(?<!\bin)(?<!\bto)(?<!\bthe)[\s|•·–-]+(?:page|p\.)\s?\d{1,2}(?:\s?(?:of|/)\s?\d{1,2})?$",
    re.IGNORECASE,
)
_PAGE_BEFORE = re.compile(r"^page\s?\d{1,2}(?:\s?(?:of|/)\s?\d{1,2})?[\s|•·–-]+(?!.*[.!?]\s).{3,100}(?<![.!?])$", re.IGNORECASE)
_PAGE_ALONE = re.compile(r"page\s?\d{1,2}(?:\s?(?:of|/)\s?\d{1,2})?", re.IGNORECASE)
_NUMBER_FAR_OFF = re.compile(r".{20,}\S {3,}\d{1,2}")  # Oak School – Site Manager 2026/27                2


def has_page_number(text: str) -> bool:
    return bool(_PAGE_BEHIND.match(text) or _PAGE_BEFORE.match(text))


def is_page_number(text: str) -> bool:
    return _PAGE_ALONE.fullmatch(text.strip()) is not None


def set_apart(lines: list[str]) -> list[str]:
    """Such lines with blank ones around them, so that a sentence which goes on over the page is not joined to them."""
    parted: list[str] = []
    for line in lines:
        is_of_page = has_page_number(" ".join(line.split())) or _NUMBER_FAR_OFF.fullmatch(line)
        parted += ["", line, ""] if is_of_page else [line]
    return parted
