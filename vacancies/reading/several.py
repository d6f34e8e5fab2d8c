"""An advert of several different posts: what differs between them is true of none of the boxes, and is not offered."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .finds import Advert, Find, settled
from .pages import Page, Statement
from .titles import candidates

# What may differ from post to post; where to apply, by when, and the school are one.
OF_A_POST = frozenset(
    [
        "title",
        "role_type",
        "subjects",
        "key_stages",
        "posts",
        "contract",
        "contract_detail",
        "working_pattern",
        "hours_per_week",
        "hours_detail",
        "weeks",
        "weeks_detail",
        "weeks_worked",
        "weeks_paid",
        "fte",
        "pay_scale",
        "pay_points",
        "pay_min",
        "pay_max",
        "pay_unit",
        "actual_pay_min",
        "actual_pay_max",
        "hourly_pay",
        "pay_allowance",
        "start",
        "starts_on",
        "start_text",
    ]
)
_OWN_FACTS = re.compile(r"\b\d{1,2}(?:\.\d+)? ?(?:hours|hrs)\b|£\s?\d|\bgrade\b|\bscale\b|\bscp\b|\bMPS\b|\bFTE\b", re.IGNORECASE)


@dataclass(frozen=True)
class Together:
    facts: dict[str, Find]
    choices: dict[str, tuple[Find, ...]]
    posts: tuple[str, ...] = ()


def together(page: Page, found: list[Find], facts_of: Callable[[Page], dict[str, Find]]) -> Together:
    from_all, choices = settled(found)
    sections = _sections(page)
    if len(sections) < 2:
        return Together(from_all, choices)
    of_each = [facts_of(page.without(_others(page, section))) for section in sections]
    alike = {name for name in OF_A_POST if len({one[name].value if name in one else None for one in of_each}) == 1}
    facts = {name: find for name, find in from_all.items() if name not in OF_A_POST}
    facts |= {name: of_each[0][name] for name in alike if name in of_each[0]}
    rest = facts_of(page.without(page.left_out | {number for section in sections for number in section}))
    facts |= {
        name: find for name, find in rest.items() if name in {"start", "starts_on", "start_text", "weeks"} and name not in facts
    }
    facts = {name: _placed(find, page) for name, find in facts.items()}
    titles = tuple(page.lines[section[0]].text for section in sections)
    return Together(facts, {name: many for name, many in choices.items() if name not in OF_A_POST}, titles)


def _placed(find: Find, page: Page) -> Find:
    """A find in one section, where the same words stand in the whole."""
    return replace(find, start=max(page.text.find(find.phrase), 0))


def _sections(page: Page) -> list[list[int]]:
    """The lines of each post: a title, and the lines of facts under it."""
    starts = _titles(page)
    if len(starts) < 2:
        return []
    statements = page.statements
    places = [statements.index(start) for start in starts]
    sections = []
    for place, following in zip(places, [*places[1:], len(statements)], strict=True):
        section = [statements[place]]
        for statement in statements[place + 1 : following]:
            if not _OWN_FACTS.search(statement.text) and len(statement.text) > 60:
                break
            if re.match(r"both posts|all posts|closing|interview|how to apply|to apply", statement.text, re.IGNORECASE):
                break
            section.append(statement)
        sections.append(section)
    with_facts = [section for section in sections if any(_OWN_FACTS.search(one.text) for one in section)]
    return (
        [[number for one in section for number in one.numbers] for section in with_facts]
        if len(with_facts) == len(sections)
        else []
    )


def _titles(page: Page) -> list[Statement]:
    """Lines that could be titles and are not two ways to say one."""
    found = {clause.statement.start: clause.statement for clause in candidates(Advert(page))}
    found |= {one.start: one for one in page.statements if one.kind == "item" and one.start in found}
    statements = [found[start] for start in sorted(found)]
    unlike: list[Statement] = []
    for statement in statements:
        if not any(_is_like(statement.text, other.text) for other in unlike):
            unlike.append(statement)
    return unlike


def _is_like(one: str, other: str) -> bool:
    left, right = (set(re.findall(r"[^\W\d_]{3,}", text.lower())) for text in (one, other))
    return bool(left & right) and len(left & right) >= min(len(left), len(right)) - 1


def _others(page: Page, section: list[int]) -> frozenset[int]:
    return frozenset(range(len(page.lines))) - frozenset(section)
