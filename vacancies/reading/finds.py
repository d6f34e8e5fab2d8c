"""A fact that was found: for which box of the form, what goes in, and where the text says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from . import labels
from .pages import Page, Statement

Value = str | bool | int | tuple[str, ...]
_SENTENCE_ENDS = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bSt)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bNo)(?<!\bno)(?<!\bp\.a)(?<!approx)(?<!incl)(?<!\betc)[.!?][)’”]?\s+(?=[A-Z£\d“•✓])"
    r"|\s[•·|]\s|;\s"
)


@dataclass(frozen=True)
class Find:
    field: str
    value: Value
    phrase: str
    start: int
    certain: bool = True
    """What is doubtful is only ever offered as a choice."""
    why: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.phrase)


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a line of facts. ``topic`` is what the label before it announces."""

    text: str
    start: int
    statement: Statement
    topic: str = ""
    value_from: int = 0

    @property
    def value(self) -> str:
        return self.text[self.value_from :]

    @property
    def is_fact(self) -> bool:
        """A labelled line or a short one that is no sentence, as facts stand at the head of an advert."""
        return bool(self.topic) or (len(self.text) <= FACT_LENGTH and not _IS_SENTENCE.search(self.text))

    @property
    def sentence(self) -> str:
        """With what stands behind a semicolon, from the value on."""
        begin = self.start - self.statement.start + self.value_from
        end = begin + len(self.value)
        while (match := _GOES_ON.match(self.statement.text, end)) is not None:
            end = match.end()
        return self.statement.text[begin:end].strip()

    def find(self, field: str, value: Value, start: int, end: int, *, certain: bool = True, why: str = "") -> Find:
        return Find(field, value, self.text[start:end], self.start + start, certain, why)

    def of_match(self, field: str, value: Value, match: re.Match[str]) -> Find:
        return self.find(field, value, match.start(), match.end())

    def links(self) -> Iterator[tuple[int, int, str]]:
        """The links in it, placed in its own text."""
        offset = self.start - self.statement.start
        for start, end, href in self.statement.links:
            if offset <= start < offset + len(self.text):
                yield start - offset, end - offset, href


# The second half of a sentence, and the sentence that tells how to book.
_GOES_ON = re.compile(
    r";\s[^.;]+(?:\.(?=\S)[^.;]+)*|\.?\s+(?:Tel\b|(?:Please |To )?(?:book|ring|call|contact|telephone|arrange)\b)"
    r"(?:[^.]|\.(?=\S))+\.?",
    re.IGNORECASE,
)
LONGEST = 1_500  # characters of a sentence: in a longer one nothing is looked for, since patterns are slow on it
FACT_LENGTH = 130
_IS_SENTENCE = re.compile(
    r"\b(?:we|you|your|our|us|are|is|will|who|they|should|must|please|need|has|have|was|were|can|would"
    r"|do)\b(?!.*\b(?:early|considered)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Advert:
    """What the rules read: the page, its clauses, and the day on or after which a day without a year falls."""

    page: Page

    @property
    def after(self) -> date:
        return self.page.after

    @cached_property
    def clauses(self) -> list[Sentence]:
        return [clause for statement in self.page.statements for clause in _clauses(statement)]

    def about(self, *topics: str) -> list[Sentence]:
        return [clause for clause in self.clauses if clause.topic in topics]

    @cached_property
    def head(self) -> list[Sentence]:
        """Short lines before the running text, where title and school stand."""
        return [clause for clause in self.clauses if clause.start == clause.statement.start and clause.statement.kind != "item"]


def _clauses(statement: Statement) -> Iterator[Sentence]:
    start = 0
    ends = [
        *(
            (match.start() + 1 if match[0][0] in ".!?" else match.start(), match.end())
            for match in _SENTENCE_ENDS.finditer(statement.text)
            if match.end() > statement.value_from
        )
    ]
    label = statement.topic
    for end, following in [*ends, (len(statement.text), len(statement.text))]:
        text = statement.text[start:end][:LONGEST].rstrip()
        if text.strip(" •·|"):
            topic, value_from = labels.label_before(text)
            if not topic and start == 0:
                topic, value_from = label, statement.value_from
            yield Sentence(text, statement.start + start, statement, topic, min(value_from, len(text)))
        start = following


def settled(found: list[Find]) -> tuple[dict[str, Find], dict[str, tuple[Find, ...]]]:
    """One answer for each field; of what is doubtful or said in two ways, all answers."""
    facts: dict[str, Find] = {}
    choices: dict[str, tuple[Find, ...]] = {}
    for name in dict.fromkeys(find.field for find in found):
        answers = list({find.value: find for find in reversed(found) if find.field == name}.values())[::-1]
        if len(answers) == 1 and answers[0].certain:
            facts[name] = next(find for find in found if find.field == name)
        else:
            choices[name] = tuple(answers)
    return facts, choices
