"""A text between reading and writing: a flat list of lines, each a paragraph, a heading or a list item, each made of runs.

Flat on purpose: a list of Word's, a list typed with dashes and a real one all become items with a level, and one writer
nests them again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["p", "heading", "item"]

_AROUND_BREAK = re.compile(r" *\n *")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_WRAPS_AT = 50
_MAY_GO_ON = re.compile(r"[\w,;’'\"”)–-]")
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")
_FIRST_HALVES = {
    "well",
    "self",
    "part",
    "full",
    "non",
    "co",
    "mid",
    "long",
    "short",
    "high",
    "low",
    "pre",
    "post",
    "e",
    "on",
    "off",
}
_NOTHING_BUT_RULES = re.compile(r"[\s_=*~\-–—·•.|]*")


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look. A newline in it is a line break."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    def with_text(self, text: str) -> "Run":
        """Another text of the same look. A cleaning does this hundreds of times, and ``dataclasses.replace`` is slow."""
        return self if text == self.text else Run(text, self.strong, self.em, self.href)

    def looks_like(self, other: "Run") -> bool:
        return (self.strong, self.em, self.href) == (other.strong, other.em, other.href)


@dataclass
class Line:
    kind: Kind = "p"
    level: int = 0
    """Of a heading (1 to 6) or of a list item (1 is the outermost)."""
    ordered: bool = False
    number: int = 0
    """What an ordered item counts as."""
    quote: bool = False
    joined: bool = False
    """Belongs to the item above it, as a second paragraph of that item does."""
    marker: str = ""
    """The bullet or number that Word wrote beside an item of its lists."""
    listed: bool = False
    """Looks like an item of a Word list that has lost its marks; its first word has to tell."""
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_empty(self) -> bool:
        return _NOTHING_BUT_RULES.fullmatch(self.text) is not None


def tidy(runs: Iterable[Run]) -> list[Run]:
    """One space between words, none at the ends or beside a break, and none in bold or linked that need not be."""
    runs = list(runs)
    if len(runs) == 1:  # Most lines are of one look; the rest of this would only cut them up and join them again.
        text = _AROUND_BREAK.sub("\n", runs[0].text).strip()
        return [runs[0].with_text(text)] if text else []
    pieces = list(_without_spare_space(_split_at_edges(runs)))
    return list(_merged(_plain_spaces(pieces)))


def split(runs: Iterable[Run], separator: str = "\n") -> list[list[Run]]:
    """The runs cut wherever the separator stands."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split(separator)
        parts[-1].append(run.with_text(first))
        parts.extend([run.with_text(other)] for other in others)
    return parts


def join(parts: Iterable[list[Run]]) -> list[Run]:
    """The opposite of ``split``."""
    runs: list[Run] = []
    for number, part in enumerate(parts):
        runs.extend([Run("\n"), *part] if number else part)
    return tidy(runs)


def is_broken_word(before: str, behind: str) -> bool:
    """Whether a word goes on in the next line of a PDF: ``experi-`` and ``enced``, not ``full-`` and ``or part-time``."""
    is_word = behind[:1].islower() and behind.split(maxsplit=1)[0] not in {"and", "or", "to"}
    return is_word and _BROKEN_WORD.search(before) is not None


def keeps_its_hyphen(before: str) -> bool:
    """``well-`` and ``established`` are two words with a hyphen wherever the line ends."""
    return before.rsplit(maxsplit=1)[-1].strip("-–(").lower() in _FIRST_HALVES


def unwrapped(runs: list[Run]) -> list[Run]:
    """Without the breaks that a PDF sets at the end of its lines: a long line that goes on in small letters was one sentence."""
    if not any("\n" in run.text for run in runs):
        return runs
    lines: list[list[Run]] = []
    last = ""
    for part in split(runs):
        text = "".join(run.text for run in part)
        if is_broken_word(last, text):
            if not keeps_its_hyphen(last):
                lines[-1] = _without_last_sign(lines[-1])
            lines[-1] = [*lines[-1], *part]
            last = f"{last}{text}"
        elif len(last) >= _WRAPS_AT and text[:1].islower() and _MAY_GO_ON.fullmatch(last[-1]):
            lines[-1] = [*lines[-1], Run(" "), *part]
            last = f"{last} {text}"
        else:
            lines.append(part)
            last = text
    return join(lines)


def _without_last_sign(runs: list[Run]) -> list[Run]:
    *others, last = tidy(runs)
    return [*others, last.with_text(last.text[:-1])]


def after(runs: Iterable[Run], count: int) -> list[Run]:
    """The runs without their first ``count`` characters."""
    rest = []
    for run in runs:
        rest.append(run.with_text(run.text[count:]))
        count = max(0, count - len(run.text))
    return tidy(rest)


def _split_at_edges(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        match = _EDGES.fullmatch(_AROUND_BREAK.sub("\n", run.text))
        for text in match.groups() if match else ():
            if text:
                yield run.with_text(text)


def _without_spare_space(pieces: Iterable[Run]) -> Iterator[Run]:
    """Each stretch of spaces and breaks as one piece: its breaks if it has any, else one space; none at either end."""
    waiting, begun = "", False
    for piece in pieces:
        if piece.text.isspace():
            waiting += piece.text
            continue
        if begun and waiting:
            yield Run("\n" * waiting.count("\n") or " ")
        waiting, begun = "", True
        yield piece


def _plain_spaces(pieces: list[Run]) -> Iterator[Run]:
    """Space has the look that its two neighbours share."""
    for index, piece in enumerate(pieces):
        if not piece.text.isspace():
            yield piece
            continue
        before, behind = pieces[index - 1], pieces[index + 1]
        href = before.href if before.href == behind.href else ""
        yield Run(piece.text, before.strong and behind.strong, before.em and behind.em, href)


def _merged(pieces: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one look as one run; quadratic joins are avoided by collecting their texts."""
    texts: list[str] = []
    last: Run | None = None
    for piece in pieces:
        if last and not last.looks_like(piece):
            yield last.with_text("".join(texts))
            texts = []
        texts.append(piece.text)
        last = piece
    if last:
        yield last.with_text("".join(texts))
