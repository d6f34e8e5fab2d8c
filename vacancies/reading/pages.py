"""What was sent, as lines, and as statements: lines that were broken in the middle of a sentence are one statement."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from richtext.cleaning import from_lines, html_of_text, lines_of
from richtext.lines import Line, Run, is_broken_word, join, keeps_its_hyphen, split
from richtext.signs import closed_up, meant

from . import labels
from .columns import side_by_side
from .page_numbers import set_apart
from .surroundings import beside

LONGEST = 60_000  # characters; an advert has 3,000
_IS_HTML = re.compile(r"<(?:!doctype|html|body|meta|div|p|span|table|tbody|ul|ol|h[1-6]|b|br|article|section|main)\b[^>]*>", re.I)
_GOES_ON = re.compile(
    r"(?:[,(+&/–]|\b(?:and|or|the|a|an|at|of|to|for|by|with|in|on|from|our|is|be|as|than|that|this|please"
    r"|based|before|until|up|during|between|into|commencing|beginning|w/c|w/b|St\.|Mr|Mrs|Ms|Miss|Dr))$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.|\S+@)", re.IGNORECASE)
_WRAPS_AT, _WIDE = 28, 60
_COUNT = re.compile(r"(?:\d{1,2}|one|two|three|four|five|six)\b", re.IGNORECASE)
_IS_SENTENCE = re.compile(
    r"\b(?:we|you|your|our|us|are|is|will|who|they|should|must|please|need|has|have|was|were|can|would|return|send|contact|ring|email)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class SentLine:
    """``place`` is where it stands in the text: which paragraph, and which of its lines."""

    text: str
    place: tuple[int, int] = (0, 0)
    kind: str = "p"
    strong: bool = False
    links: tuple[tuple[int, int, str], ...] = ()
    beside: bool = False
    """In the navigation, an aside or the foot of a web page."""


@dataclass(frozen=True)
class Statement:
    text: str
    start: int
    numbers: tuple[int, ...]
    """Of its lines."""
    kind: str = "p"
    strong: bool = False
    links: tuple[tuple[int, int, str], ...] = ()
    topic: str = ""
    value_from: int = 0
    """Where the value begins, behind a label: in the text of the statement."""

    @property
    def value(self) -> str:
        return self.text[self.value_from :]


@dataclass(frozen=True)
class Page:
    """``after`` is the day on or after which a day without a year falls; ``today`` the same for visits."""

    lines: tuple[SentLine, ...]
    after: date
    paragraphs: tuple[Line, ...] = ()
    left_out: frozenset[int] = field(default_factory=frozenset)
    """Numbers of the lines that are correspondence."""

    @cached_property
    def statements(self) -> list[Statement]:
        return _statements(self)

    @cached_property
    def text(self) -> str:
        """All that is the advert; the places of finds are counted in it."""
        return "\n".join(statement.text for statement in self.statements)

    def without(self, numbers: frozenset[int]) -> "Page":
        return replace(self, left_out=numbers)

    def html(self, left_out: frozenset[int]) -> str:
        """The text without these lines, as the form keeps it."""
        gone = {self.lines[number].place for number in left_out}
        kept = []
        for index, paragraph in enumerate(self.paragraphs):
            parts = split(paragraph.runs)
            stay = [part for number, part in enumerate(parts) if (index, number) not in gone]
            if stay:
                kept.append(replace(paragraph, runs=join(stay)))
        return from_lines(kept)


def read(source: str, after: date) -> Page:
    source = source[: LONGEST * 5]
    is_html = _IS_HTML.search(source)
    paragraphs = lines_of(source if is_html else html_of_text(repaired(source)))
    around = {" ".join(line.split()) for line in beside(source)} if is_html else set()
    lines = []
    for index, paragraph in enumerate(paragraphs):
        for number, runs in enumerate(split(paragraph.runs)):
            if line := _line(runs, (index, number), paragraph):
                lines.append(replace(line, beside=True) if " ".join(line.text.split()) in around else line)
    return Page(tuple(lines), after, tuple(paragraphs))


def repaired(text: str) -> str:
    """Plain text, as PDFs and programs leave it, with its words whole and its columns under each other."""
    lines = [closed_up(line) for line in meant(text.replace("\r\n", "\n").replace("\f", "\n")).expandtabs(8).split("\n")]
    return "\n".join(map(labels.with_colon, side_by_side(set_apart(lines))))


def _line(runs: list[Run], place: tuple[int, int], paragraph: Line) -> SentLine | None:
    text, links = "", []
    for run in runs:
        if run.href:
            links.append((len(text), len(text) + len(run.text), run.href))
        text += run.text
    if not text.strip():
        return None
    strong = paragraph.kind == "heading" or all(run.strong or not run.text.strip() for run in runs)
    return SentLine(text, place, paragraph.kind, strong, tuple(links))


def _statements(page: Page) -> list[Statement]:
    found: list[Statement] = []
    position = 0
    for group in _together(page):
        texts, links, length = [""], [], 0
        for line in (page.lines[number] for number in group):
            glue, cut = _glue(texts[-1], line.text)
            if cut:
                texts[-1] = texts[-1][:-1]
                length -= 1
            length += len(glue)
            links += [(start + length, end + length, href) for start, end, href in line.links]
            texts += [glue, line.text] if glue else [line.text]
            length += len(line.text)
        text, first = "".join(texts), page.lines[group[0]]
        topic, value_from = labels.label_before(first.text if labels.stands_alone(first.text) else text)
        if len(group) > 1 and labels.stands_alone(first.text):
            value_from = min(len(first.text) + 1, len(text))
        found.append(Statement(text, position, tuple(group), first.kind, first.strong, tuple(links), topic, value_from))
        position += len(text) + 1
    return found


def _together(page: Page) -> list[list[int]]:
    groups: list[list[int]] = []
    for number, line in enumerate(page.lines):
        if number in page.left_out:
            continue
        if groups and _goes_on(page, groups[-1], line):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _goes_on(page: Page, group: list[int], line: SentLine) -> bool:
    """A label that stands alone is told by the next line; a line that was broken goes on in it."""
    last, first = page.lines[group[-1]], page.lines[group[0]]
    if labels.stands_alone(" ".join(page.lines[number].text for number in group)) and len(group) == 1:
        return not labels.label_before(line.text)[0] and line.kind != "item" and not _is_heading(last.text, line.text)
    if line.place[0] != last.place[0] or line.kind == "heading" or _begins_with_label(line.text):
        return False
    if _ADDRESS.match(line.text):
        return bool(_GOES_ON.search(last.text)) or last.text.endswith(("/", ":"))
    if first.text.count("(") > first.text.count(")") or last.text.rfind("(") > last.text.rfind(")"):
        return True
    if line.text[0].islower() and last.text[-1] not in ".!?":
        return len(last.text) >= _WRAPS_AT or bool(_GOES_ON.search(last.text)) or last.text.endswith(("/", "-"))
    is_open = bool(_GOES_ON.search(last.text)) and (len(last.text) >= _WRAPS_AT or last.text[-1] == ",")
    return is_open or _fills_its_line(page, group, line)


def _is_heading(label: str, below: str) -> bool:
    """``Vacancies`` above a title is the heading of a page; above a number it is a label."""
    return labels.label_before(label)[0] == "posts" and not _COUNT.match(below)


def _fills_its_line(page: Page, group: list[int], line: SentLine) -> bool:
    """A sentence that was broken before a name: ``Return the form to Mrs Rusk, Oak School, Crewkerne`` / ``Road, Chard``."""
    last = page.lines[group[-1]]
    is_fact = len(line.text) < _WRAPS_AT and line.text[-1] not in ".!?"
    if not line.text[0].isupper() or last.text[-1] in ".!?:" or line.strong != last.strong or is_fact:
        return False
    if _ADDRESS.match(last.text.rsplit(maxsplit=1)[-1]) or not _IS_SENTENCE.search(
        " ".join(page.lines[number].text for number in group)
    ):
        return False
    widest = max((len(one.text) for one in page.lines if one.place[0] == last.place[0]), default=0)
    first_word = line.text.split(maxsplit=1)[0]
    return len(last.text) >= _WIDE or (len(last.text) >= _WRAPS_AT and len(last.text) + len(first_word) + 1 > widest - 2)


def _begins_with_label(text: str) -> bool:
    return labels.stands_alone(text) or (bool(labels.label_before(text)[0]) and ":" in text[:40])


def _glue(before: str, text: str) -> tuple[str, bool]:
    """What joins two lines, and whether the hyphen at the end of the first is one of the setting."""
    if not before:
        return "", False
    if is_broken_word(before, text):
        return "", not keeps_its_hyphen(before)
    if before.endswith("/") and _ADDRESS.search(before.rsplit(maxsplit=1)[-1]):
        return "", False
    return " ", False
