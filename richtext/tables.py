"""Tables as lines. Two columns of facts become "Closing date: noon on Friday"; a table that only arranges a page goes away."""

from dataclasses import dataclass, field
from itertools import zip_longest

from .lines import Line, Run, join, tidy

LONGEST_LABEL = 80
MOST_COLUMNS = 20
WANTED = {"essential", "desirable", "essential criteria", "desirable criteria", "required", "preferred", "necessary"}
_HEAD_WITHIN = 3  # rows: a title may stand above the head

Cell = list[Line]


@dataclass
class Table:
    kind: str = "table"
    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    """How many cells of the first row are marked as headings."""
    widths: list[int] = field(default_factory=list)
    """Of the cells that are open: how many columns each spans."""
    is_grid: bool = False
    """Set by ``lines``: the table had more to it than lines can show."""

    def start_row(self) -> None:
        self.rows.append([])

    def start_cell(self, is_head: bool, is_label: bool, width: int) -> None:
        """``is_label`` is a ``dt``, which begins a row; a second ``dd`` begins one too, without a label."""
        if is_label or not self.rows or (self.kind == "dl" and len(self.rows[-1]) > 1):
            self.rows.append([] if is_label or self.kind == "table" else [[]])
        self.heads += is_head and len(self.rows) == 1
        self.widths.append(width)

    def add_cell(self, lines: list[Line]) -> None:
        tidied = [line for line in lines if _tidied(line)]
        padding = min(self.widths.pop(), MOST_COLUMNS) - 1
        self.rows[-1].extend([tidied, *([] for _ in range(padding))])

    def lines(self) -> list[Line]:
        rows = _without_empty(self.rows)
        columns = max(map(len, rows), default=0)
        if (
            columns == 2
            and not _heads_criteria(rows[0])
            and all(_is_label(row[0]) for row in rows)
            and any(row[0] and row[1] for row in rows)
        ):
            return [line for row in rows for line in _fact(*row)]
        if (found := _criteria(rows)) is not None:
            return found
        self.is_grid = columns > 1 and len(rows) > 1 and all(len(cell) <= 1 for row in rows for cell in row)
        if self.is_grid:
            return _grid(rows, has_head=self.heads > 1 or all(_is_bold(cell) for cell in rows[0]))
        return [line for row in rows for cell in row for line in cell]


def _heads_criteria(row: list[Cell]) -> bool:
    """The head of a person specification: two of its columns, or more, say how much something is wanted."""
    return sum(_words(cell).lower() in WANTED for cell in row) > 1


def _criteria(rows: list[list[Cell]]) -> list[Line] | None:
    """A person specification column by column: "Essential" and what is, "Desirable" and what is."""
    head = next((index for index, row in enumerate(rows[:_HEAD_WITHIN]) if _heads_criteria(row)), None)
    if head is None or head + 1 == len(rows):
        return None
    above = [line for row in rows[:head] for cell in row for line in cell]
    return above + [line for place in range(len(rows[head])) for line in _column(rows[head:], place)]


def _column(rows: list[list[Cell]], place: int) -> list[Line]:
    name = _words(rows[0][place])
    if name.lower() not in WANTED:
        return []
    items = [item for row in rows[1:] for item in _items(_label_of(row, rows[0]), row[place])]
    return [Line(runs=[Run(name, strong=True)]), *items] if items else []


def _label_of(row: list[Cell], head: list[Cell]) -> str:
    """What the row is about, where its first column says so."""
    return _words(row[0]) if _words(head[0]).lower() not in WANTED else ""


def _items(label: str, cell: Cell) -> list[Line]:
    """One item for each line of a cell; behind the row's label if there is one, under it if there are several."""
    if label and len(cell) > 1:
        return [_item([Run(label)], 1), *(_item(line.runs, 2) for line in cell)]
    return [_item([Run(f"{label}: "), *line.runs] if label else line.runs, 1) for line in cell]


def _item(runs: list[Run], level: int) -> Line:
    return Line(kind="item", level=level, runs=tidy(runs))


def _tidied(line: Line) -> bool:
    line.runs = tidy(line.runs)
    return bool(line.runs)


def _without_empty(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Every row equally long, without the rows and columns in which nothing stands."""
    columns = list(zip_longest(*rows, fillvalue=[]))
    kept = [column for column in columns if any(column)]
    return [list(row) for row in zip(*kept, strict=True) if any(row)]


def _is_label(cell: Cell) -> bool:
    return not cell or (len(cell) == 1 and cell[0].kind != "item" and len(cell[0].text) <= LONGEST_LABEL)


def _is_bold(cell: Cell) -> bool:
    return bool(cell) and all(run.strong or run.text.isspace() for line in cell for run in line.runs)


def _fact(label: Cell, value: Cell) -> list[Line]:
    if not label:
        return value
    name = " ".join(label[0].text.split())
    if not value:
        return [Line(runs=[Run(name, strong=True)])]
    words = Run(name if name.endswith((":", "?")) else f"{name}:", strong=True)
    count = next((index for index, line in enumerate(value) if line.kind != "p"), len(value))
    told = join([line.runs for line in value[:count]])
    return [Line(runs=[words, Run(" "), *told]), *value[count:]]


def _grid(rows: list[list[Cell]], has_head: bool) -> list[Line]:
    """One line a row; each value after the name of its column, if the columns have names."""
    names = [_words(cell) for cell in rows[0]] if has_head else ["" for _ in rows[0]]
    return [_grid_line(names, row) for row in rows[has_head:]]


def _grid_line(names: list[str], row: list[Cell]) -> Line:
    first, *others = row
    runs = [Run(f"{_words(first)}: ", strong=True)] if first else []
    told = [(name, cell[0].runs) for name, cell in zip(names[1:], others, strict=True) if cell]
    for number, (name, value) in enumerate(told):
        runs += [Run("; " if number else ""), Run(f"{name} " if name else ""), *value]
    return Line(runs=tidy(runs))


def _words(cell: Cell) -> str:
    return " ".join(" ".join(line.text for line in cell).split()).rstrip(":")
