"""Lines that say nothing but what stands in the boxes, so that the page, the bulletin and the email need not say it twice."""

import re

from .figures import facts_in
from .finds import Find
from .pages import Page, Statement

# Words that state no fact of their own beside one.
_FILLER = re.compile(
    r"\b(?:per|annum|p\.?a|fte|actual|annual|salary|pay|pro|rata|hours?|week|weeks|date|on|at|by|from|to"
    r"|the|for|and|of|a|an|in|is|are|will|be|held|our|plus|or|time|term|only|both|posts?|please|required"
    r"|start"
    r"|year|years|available|applications?|approx|equivalent|full|which|paid|scp|point|points|grade|noon"
    r"|interviews?|closing|closes?|shortlisting|midnight|days?|training|inset|nor|\d{1,4})\b|[^\w\s]"
    r"|\b\w\b",
    re.IGNORECASE,
)
_RUNNING_TEXT = re.compile(
    r"\b(?:we|you|your|us|who|they|children|pupils|students|enthusiastic|seeking|looking|welcome|excellent)\b", re.IGNORECASE
)
_LEFT_OVER = 2  # words
# Figures that a box says in words.
_SAID_IN_WORDS = {
    "term_time_plus_inset": re.compile(r"\b(?:5|five) (?:inset|training|staff)\b|(?:plus|\+|and|&) (?:5|five)\b", re.IGNORECASE),
    "all_year": re.compile(r"\b52(?:\.\d+)? (?:weeks|wks)\b", re.IGNORECASE),
}
_SAID_MORE_FULLY = {
    *("safeguarding_text", "visits", "apply_method", "apply_email", "apply_url", "apply_phone", "ect_suitable", "cv_accepted"),
    *("may_close_early", "job_share", "contact_name", "contact_phone", "contact_email"),
}


def repeated(page: Page, facts: dict[str, Find]) -> frozenset[int]:
    """The numbers of these lines; none of a sentence that says more to a reader than its fact."""
    taken = [(find.start, find.end) for find in facts.values() if find.field not in _SAID_MORE_FULLY]
    known = {fact for find in facts.values() for fact in facts_in(_shown(find), page.after)}
    in_words = [pattern for value, pattern in _SAID_IN_WORDS.items() if value in {find.value for find in facts.values()}]
    return frozenset(
        number
        for statement in page.statements
        if _says_nothing_more(statement, taken) and facts_in(_without(statement.text, in_words), page.after) <= known
        for number in statement.numbers
    )


def _shown(find: Find) -> str:
    return " ".join(find.value) if isinstance(find.value, tuple) else str(find.value)


def _without(text: str, patterns: list[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


def _says_nothing_more(statement: Statement, taken: list[tuple[int, int]]) -> bool:
    inside = [
        (start - statement.start, end - statement.start)
        for start, end in taken
        if start < statement.start + len(statement.text) and end > statement.start
    ]
    if not inside or _RUNNING_TEXT.search(statement.text) or len(statement.text) > 220:
        return False
    rest = "".join(
        " " if any(start <= place < end for start, end in inside) else sign for place, sign in enumerate(statement.text)
    )
    rest = rest[statement.value_from :] if statement.topic else rest
    return len(_FILLER.sub(" ", rest).split()) <= _LEFT_OVER
