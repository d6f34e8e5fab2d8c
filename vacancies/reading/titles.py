"""The title of the post, how many there are, and where it is based."""

import re
from collections.abc import Iterator

from .finds import Advert, Find, Sentence
from .names import as_written, is_school, school_in
from .roles import names_a_role

LONGEST = 120
_COUNT_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = r"(?P<count>\d{1,2}|two|three|four|five|six)"
_POSTS = re.compile(
    rf"(?<!\s)\s*(?:[(–-]\s*)?(?:\bx\s?{_NUMBER}\b|\b{_NUMBER.replace('count', 'before')}\s?(?:x\b|(?:posts?"
    rf"|positions?|vacancies|roles)\b(?: available)?))\)?",
    re.IGNORECASE,
)
# What stands around the title on its line and is no part of it.
_BEFORE = re.compile(
    r"^(?:(?:job |staff )?vacancy\s*[:–-]\s*|vacancy for (?:an? )?|(?:we (?:require|need|are (?:seeking"
    r"|looking for))) (?:an? )?|wanted:?\s+|required:\s+"
    r"|an? (?:exciting )?(?:opportunity|vacancy) (?:for|has arisen for) (?:an? )?|\d[).]\s+|post \d:?\s+)",
    re.IGNORECASE,
)
_PAY_BESIDE = re.compile(r"(?<!\s)\s*(?:[(,–+-]\s*)?(?:plus |with |\+ ?)?(?:TLR|SEN allowance|£)[^)]*\)?$", re.IGNORECASE)
_FIGURES_BESIDE = re.compile(
    r"(?:\s+[–-]\s+|,\s+)(?=\d|£|(?:full|part)[- ]time\b|(?:needed|required|wanted|starting|permanent"
    r"|temporary)\b).*$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"@|£|https?:|www\.|\btel(?:ephone)?\b|\bclosing\b|\binterview|\bexperience of\b|\bqualif(?:ied"
    r"|ication)|\bhours per\b|[?!]$|\bline manager\b|\bresponsible to\b|\b20\d\d\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:we|you|your|our|are|is|will|who|they|should|must|please|has|have|seek|wishes|require|looking)\b", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(r"\s+[–-]\s+|\s*[|•]\s*|,\s+(?=[A-Z])|\s+at\s+(?=[A-Z])")


def title(advert: Advert) -> Iterator[Find]:
    """After a label ``Post:``, else the first line at the head that names a role and is no sentence."""
    for clause in advert.about("title"):
        if names_a_role(clause.value) or (clause.value and len(clause.value) <= LONGEST and not _SENTENCE.search(clause.value)):
            yield _title(clause, clause.value_from)
            return
    for clause in candidates(advert):
        yield _title(clause, 0)
        return


def candidates(advert: Advert) -> list[Sentence]:
    """Lines that could be the title. A heading comes before an item, and whatever names a role before what does not."""
    lines = [clause for clause in advert.head if _may_be_title(clause)]
    return (
        [*(one for one in lines if one.statement.strong), *(one for one in lines if not one.statement.strong)]
        if _has_strong_lead(lines)
        else lines
    )


def _has_strong_lead(lines: list[Sentence]) -> bool:
    """A line in bold wins over plain ones before it only where those are further away from looking like a title."""
    return bool(lines) and not lines[0].statement.strong and any(one.statement.strong for one in lines[:3])


def _may_be_title(clause: Sentence) -> bool:
    words = clause.text
    if clause.topic and clause.topic not in {"title", "subject"}:
        return False
    words = _bare(words)
    if len(words) > LONGEST or _NO_TITLE.search(_POSTS.sub("", words)) or words.endswith((".", ":")):
        return False
    bare = _BEFORE.sub("", words)
    return bool(not _SENTENCE.search(bare) and names_a_role(_without_school(bare)))


def _bare(words: str) -> str:
    """``Cleaner - 10 hours a week`` and ``Head of Art (TLR 2b £5,205)`` without what is another fact."""
    return _PAY_BESIDE.sub("", _FIGURES_BESIDE.sub("", words)).strip() or words


def _without_school(words: str) -> str:
    """``Site Manager – Oak School`` as ``Site Manager``; a line that is nothing but a school's name is no title."""
    parts = _SIDE_BY_SIDE.split(words)
    kept = [part for part in parts if not is_school(part)]
    if len(kept) == len(parts):
        return words
    return kept[0] if kept else ""


def _title(clause: Sentence, start: int) -> Find:
    words = clause.text[start:]
    before = _BEFORE.match(words)
    shown = words[before.end() :] if before else words
    shown = _bare(_without_school(shown) or shown)
    if not _is_last_count(shown):
        shown = _POSTS.sub(" ", shown, count=1)
    shown = shown.strip(" –-:,.")
    at = clause.text.find(shown, start)
    begin, end = (at, at + len(shown)) if at >= 0 else (start, len(clause.text))
    return clause.find("title", as_written(shown), begin, end)


def _is_last_count(words: str) -> bool:
    return not _POSTS.search(words)


def number_of_posts(advert: Advert, title: Find | None) -> Iterator[Find]:
    for clause in advert.about("posts"):
        word = clause.value.strip(" .").lower()
        count = int(word) if re.fullmatch(r"\d{1,2}", word) else _COUNT_WORDS.get(word, 0)
        if count:
            yield clause.find("posts", count, clause.value_from, len(clause.text))
            return
    for clause in advert.clauses:
        is_title = title is not None and clause.start <= title.start < clause.start + len(clause.text)
        match = _POSTS.search(clause.text) if is_title else None
        if match and (count := _count(match)) > 1:
            yield clause.of_match("posts", count, match)
            return


def _count(match: re.Match[str]) -> int:
    word = (match["count"] or match["before"]).lower()
    return _COUNT_WORDS.get(word) or int(word)


_BASED = re.compile(r"\b(?i:(?:initially )?based (?:at|in)) (?P<place>[A-Z\u00c0-\u024f][^.;:\n()]{3,150})")


def workplaces(advert: Advert) -> Iterator[Find]:
    """``Location:``, ``based at``, or a table whose rows are schools."""
    for clause in advert.about("place"):
        if clause.value and not re.search(r"\d{4}|@", clause.value):
            yield clause.find("workplaces", clause.value.strip(" ."), clause.value_from, len(clause.text))
            return
    for clause in advert.clauses:
        if (
            (match := _BASED.search(clause.text))
            and clause.start == clause.statement.start
            and len(clause.text) < 150
            and clause.is_fact
        ):
            yield clause.find("workplaces", match["place"].strip(" .,"), match.start("place"), match.end("place"))
            return
    rows = [row for clause in advert.clauses if (row := _row(clause))]
    if len(rows) > 1:
        first = rows[0][0]
        yield Find("workplaces", ", ".join(name for _, name in rows), first.text, first.start)


def _row(clause: Sentence) -> tuple[Sentence, str] | None:
    name, colon, rest = clause.text.partition(":")
    return (
        (clause, name)
        if colon and clause.start == clause.statement.start and is_school(name) and school_in(name) and re.search(r"\d", rest)
        else None
    )
