"""What happens in print when something is done to an advert, in sentences for staff (design/product.md, rule 10).

A bulletin that readers hold stays as it is. Those to come follow automatically, unless the print shop already has its PDF.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from .. import bank_holidays, wording
from ..models import Status, Vacancy
from ..schedule import DAY, Calendar, copy_deadline, live_moment

Says = Callable[["Run"], str]
_OLD_TIME = "Anybody who reads it there will see the old closing time."


@dataclass(frozen=True)
class Run:
    """The editions of an advert seen from one moment: those that are out, those to come, and the one that would be next."""

    status: str
    out: tuple[date, ...]
    coming: tuple[date, ...]
    following: date | None
    closes_at: datetime | None
    at: datetime

    @property
    def past(self) -> str:
        """What readers hold on paper; empty if none of it was printed. For a withdrawn advert nobody can say."""
        if not self.out or self.status == Status.DRAFT:
            return ""
        if self.status == Status.WITHDRAWN:
            return f"What {editions(self.out)} printed stays as it is."
        bulletins = "that bulletin stays as it is" if len(self.out) == 1 else "those bulletins stay as they are"
        return f"It was printed in {editions(self.out)}; {bulletins}."

    @property
    def too_late(self) -> str:
        """The print shop may have the next bulletin already; the deadline is the usual one, which a publisher may have moved."""
        if not self.coming or copy_deadline(self.coming[0], bank_holidays.before(self.coming[0])) > self.at:
            return ""
        passed = f"The usual copy deadline of {editions(self.coming[:1])} has passed"
        return f"{passed}: if the print shop has its PDF, send the new one."


def run(vacancy: Vacancy, days: Calendar, at: datetime) -> Run:
    """Of an advert, or of a row of its history."""
    today = timezone.localdate(at)
    first, last = vacancy.print_from, vacancy.print_until
    mondays = tuple(days.mondays(first, last)) if first and last else ()
    return Run(
        status=vacancy.status,
        out=tuple(day for day in mondays if day <= today),
        coming=tuple(day for day in mondays if day > today),
        following=days.next_on(max(last or today, today) + DAY),
        closes_at=vacancy.closes_at,
        at=at,
    )


def editions(mondays: Collection[date]) -> str:
    """``the edition of 27 April 2026``, ``the editions of 27 April 2026 to 11 May 2026``."""
    first, last = wording.day_text(min(mondays)), wording.day_text(max(mondays))
    return f"the edition of {first}" if first == last else f"the editions of {first} to {last}"


def becomes(vacancy: Vacancy, says: Says, days: Calendar, at: datetime) -> str:
    """What is said about an advert before a step is taken."""
    seen = run(vacancy, days, at)
    late = seen.too_late if vacancy.status != Status.DRAFT else ""
    return " ".join(filter(None, (seen.past, says(seen), late))) or "It is not printed."


def kept(seen: Run) -> str:
    """What an advert's form says about copies that readers already hold; empty if there are none."""
    if not seen.past:
        return ""
    return f"{seen.past} Changes reach the website{f' and {editions(seen.coming)}' if seen.coming else ' only'}."


def left_out(seen: Run) -> str:
    return f"It is left out of {editions(seen.coming)}." if seen.coming else ""


def closes_early(seen: Run) -> str:
    return f"{_OLD_TIME} {left_out(seen)}".strip() if seen.past else left_out(seen)


def closes_late(seen: Run) -> str:
    new = f"The new closing time is printed in {editions(seen.coming)}." if seen.coming else ""
    return f"{_OLD_TIME} {new}".strip() if seen.past else new


def moved(seen: Run) -> str:
    instead = f" instead of {editions(seen.coming)}" if seen.coming else ""
    return f"It is printed in the edition that you choose{instead}{_once_approved(seen)}."


def one_more(seen: Run) -> str:
    if seen.following is None:
        return "There is no edition after that."
    if seen.closes_at and seen.closes_at <= live_moment(seen.following):
        return f"It closes before {editions([seen.following])}: extend it first."
    return f"It is printed in {editions((*seen.coming, seen.following))}."


def printed_again(seen: Run) -> str:
    return f"It is printed in {editions(seen.coming)}{_once_approved(seen)}." if seen.coming else ""


def untouched(seen: Run) -> str:
    where = "printed in the first edition on or after its day" if seen.out or seen.coming else "on the website only"
    return f"Nothing changes in print for this advert. Once it is approved, the copy is {where}."


def undone(before: Run) -> Says:
    return lambda seen: left_out(seen) if before.status == Status.WITHDRAWN else printed_again(before) or left_out(seen)


def _once_approved(seen: Run) -> str:
    return ", once it is approved" if seen.status == Status.DRAFT else ""
