"""What was read in a school's message, as the boxes of the form hold it: with the rows of this site that the words mean."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from ..models import RoleType, School, Subject
from ..reading.finds import Find, Value
from ..reading.kinds import Reading
from ..reading.pages import Page
from ..schedule import LONDON
from ..search.stemming import fold
from ..wording import moment_text

LONGEST_LIST = 20
_SITE = re.compile(r"^(?:https?://)?www\.")
MOST_LOOKED_AT = 500
_TOLD_APART_BY = 5  # letters of the most telling word: an apostrophe may stand behind them
_COMMON = {
    *("school", "primary", "infant", "junior", "first", "middle", "community", "academy", "college", "nursery", "special"),
    *("church", "england", "catholic"),
}
_SHARED_HOSTS = {"gmail.com", "outlook.com", "hotmail.com", "yahoo.co.uk", "btinternet.com"}


@dataclass(frozen=True)
class Suggestion:
    """``boxes`` are what goes in, by the name of the box; ``label`` is what a choice among rows shows for it."""

    boxes: dict[str, str | list[str]]
    shown: str
    phrase: str
    label: str | list[str] = ""
    why: str = ""

    def told(self) -> dict[str, Any]:
        return {"boxes": self.boxes, "shown": self.shown, "phrase": self.phrase, "label": self.label, "why": self.why}


def suggestions(reading: Reading) -> dict[str, Suggestion]:
    """By field. What this site has no row for, such as an unknown school, is not offered."""
    found = {name: made for name, find in reading.facts.items() if name != "school" and (made := _suggested(find))}
    schools = list(_schools(reading))
    return {"school": schools[0], **found} if len(schools) == 1 else found


def choices(reading: Reading) -> dict[str, list[Suggestion]]:
    """Where the text says two things, or the name fits two schools: all of them, for somebody to choose."""
    found = {name: [made for find in finds if (made := _suggested(find))] for name, finds in reading.choices.items()}
    schools = list(_schools(reading))
    return {**found, "school": schools} if len(schools) > 1 else found


def _suggested(find: Find) -> Suggestion | None:
    make = _MADE.get(find.field, _plain)
    return make(find)


def _plain(find: Find) -> Suggestion:
    text = _boxed(find.value)
    return Suggestion({find.field: text}, _shown(find.value), find.phrase, why=find.why)


def _boxed(value: Value) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _shown(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value).replace("_", " ")


def _day(find: Find) -> Suggestion:
    day = f"{date.fromisoformat(str(find.value)):%d/%m/%Y}"
    return Suggestion({find.field: day}, day, find.phrase, why=find.why)


def _moment(find: Find) -> Suggestion:
    at = datetime.fromisoformat(str(find.value)).replace(tzinfo=LONDON)
    boxes: dict[str, str | list[str]] = {"closes_at_0": f"{at:%d/%m/%Y}", "closes_at_1": f"{at:%H:%M}"}
    return Suggestion(boxes, moment_text(at), find.phrase, why=find.why)


def _role(find: Find) -> Suggestion | None:
    role = RoleType.objects.filter(slug=find.value).first()
    return Suggestion({"role_type": str(role.pk)}, role.name, find.phrase, role.name) if role else None


def _subjects(find: Find) -> Suggestion | None:
    names = find.value if isinstance(find.value, tuple) else (str(find.value),)
    rows = list(Subject.objects.filter(name__in=names))
    if not rows:
        return None
    labels = [row.name for row in rows]
    return Suggestion({"subjects": [str(row.pk) for row in rows]}, ", ".join(labels), find.phrase, labels)


_MADE: dict[str, Callable[[Find], Suggestion | None]] = {
    "closes_at": _moment,
    "starts_on": _day,
    "role_type": _role,
    "subjects": _subjects,
}


# The school


def _schools(reading: Reading) -> Iterator[Suggestion]:
    """Of the open schools, that of the name; where several have it, those that the domain or the telephone number fits."""
    find = reading.facts.get("school")
    named = _named(str(find.value)) if find else []
    known = [school for school in named if _is_vouched_for(school, reading.page)]
    phrase = find.phrase if find else ""
    rows = known if len(known) == 1 else named or list(_vouched_for(reading.page))
    for school in rows[:LONGEST_LIST]:
        yield Suggestion({"school": str(school.pk)}, str(school), phrase, str(school))


def schools_named(name: str) -> list[School]:
    """Open schools of this name; apostrophes, dots and accents do not count."""
    return [school for school in _alike(name) if fold(school.name) == fold(name)]


def _named(name: str) -> list[School]:
    """Those of the same name, else those of which one name begins with the other."""
    rows, wanted = _alike(name), fold(name)
    same = [school for school in rows if fold(school.name) == wanted]
    return same or [school for school in rows if wanted.startswith(fold(school.name)) or fold(school.name).startswith(wanted)]


def _alike(name: str) -> list[School]:
    """Those that share its most telling word, for a closer look."""
    wanted = fold(name)
    telling = max((word for word in wanted.split() if word not in _COMMON), key=len, default=wanted)
    return list(School.objects.open().filter(name__icontains=telling[:_TOLD_APART_BY])[:MOST_LOOKED_AT])


def _vouched_for(page: Page) -> Iterator[School]:
    """No name fits, but the address of the school's website or mailbox stands in the text."""
    query = Q()
    for host in _hosts(page):
        query |= Q(email__iendswith=f"@{host}") | Q(website__icontains=host)
    yield from School.objects.open().filter(query)[:LONGEST_LIST] if query else ()


def _is_vouched_for(school: School, page: Page) -> bool:
    hosts = _hosts(page)
    text = "".join(line.text for line in page.lines)
    phone = "".join(filter(str.isdigit, school.phone))
    return (
        any(host in school.website.lower() or school.email.lower().endswith(f"@{host}") for host in hosts)
        or (bool(school.postcode) and school.postcode in text)
        or (len(phone) > 9 and phone in "".join(filter(str.isdigit, text)))
    )


def _hosts(page: Page) -> set[str]:
    words = [word.strip(".,;:()<>[]'\"") for line in page.lines for word in line.text.lower().split()]
    mailboxes = {word.rpartition("@")[2] for word in words if "@" in word}
    sites = {
        word.removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0]
        for word in words
        if "www." in word
    }
    return {host for host in mailboxes | sites if "." in host} - _SHARED_HOSTS
