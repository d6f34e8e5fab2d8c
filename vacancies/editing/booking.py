"""What staff do to an advert after it was approved: move, run again, extend, end early, withdraw, copy.

Each changes one advert by ``save``, so that its history has an entry; ``print_consequences`` says what happens in print.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from .. import wording
from ..models import Start, Status, Vacancy
from ..schedule import DAY, Calendar, live_moment
from . import defaults, documents

BOOKED = ("status", "publish_on", "print_from", "print_until", "closes_at")


class CannotBook(Exception):
    """Its message is the sentence for staff."""


@transaction.atomic
def move_out_of_break(adverts: Iterable[Vacancy], monday: date, days: Calendar) -> list[Vacancy]:
    """Book the adverts of a Monday that no longer has an edition for the next one; return those that close before it."""
    following = days.next_on(monday + DAY)
    if following is None:
        raise CannotBook("There is no edition after that: add the next term first.")
    too_late = []
    for vacancy in adverts:
        if vacancy.closes_at and vacancy.closes_at <= live_moment(following):
            too_late.append(vacancy)
            continue
        _shift(vacancy, monday, following, days)
        vacancy.save()
    return too_late


def _shift(vacancy: Vacancy, monday: date, following: date, days: Calendar) -> None:
    if vacancy.publish_on == monday:
        vacancy.publish_on = following
    if vacancy.print_until and vacancy.is_in_span_of_print(monday):
        # The run keeps its number of editions: what the break takes away is added at its end.
        vacancy.print_until = days.next_on(vacancy.print_until + DAY) or following
        if vacancy.print_from == monday:
            vacancy.print_from = following


def move_to(vacancy: Vacancy, monday: date, days: Calendar) -> None:
    """Book the advert for another edition instead of the ones it is booked for."""
    _must_be_edition(monday, days)
    if vacancy.closes_at and vacancy.closes_at <= live_moment(monday):
        raise CannotBook(f"{vacancy} closes before {wording.long_day(monday)}. Change its closing time first.")
    if not vacancy.is_published():
        vacancy.publish_on = monday
    vacancy.print_from = vacancy.print_until = monday
    vacancy.save()


def run_again(vacancy: Vacancy, days: Calendar, at: datetime | None = None) -> date:
    """Print the advert in one more edition, under the same address and reference; return that Monday."""
    at = at or timezone.now()
    after = max(vacancy.print_until or timezone.localdate(at), timezone.localdate(at))
    monday = days.next_on(after + DAY)
    if monday is None:
        raise CannotBook("There is no edition after that: add the next term first.")
    if vacancy.status != Status.APPROVED:
        raise CannotBook(f"{vacancy} is not approved.")
    if vacancy.closes_at and vacancy.closes_at <= live_moment(monday):
        raise CannotBook(f"{vacancy} closes before {wording.long_day(monday)}. Extend it first, or copy it as a new advert.")
    # A run is one span: an advert that paused for a week starts a new span rather than claim the weeks between.
    continues = vacancy.print_until and days.next_on(vacancy.print_until + DAY) == monday
    vacancy.print_from = vacancy.print_from if continues else monday
    vacancy.print_until = monday
    vacancy.save()
    return monday


def extend(vacancy: Vacancy, closes_at: datetime, at: datetime | None = None) -> None:
    if closes_at <= (at or timezone.now()):
        raise CannotBook("Choose a closing time in the future.")
    if vacancy.closes_at and closes_at <= vacancy.closes_at:
        raise CannotBook(f"{vacancy} already closes on {wording.closing(vacancy)}. Choose a later time, or end it early.")
    vacancy.closes_at = closes_at
    vacancy.save()


def end_early(vacancy: Vacancy, at: datetime | None = None) -> None:
    """Close the advert now; its page stays, marked as closed, and editions still to come leave it out."""
    at = at or timezone.now()
    if not vacancy.is_live(at):
        raise CannotBook(f"{vacancy} is not live.")
    vacancy.closes_at = at
    today = timezone.localdate(at)
    if vacancy.print_until and vacancy.print_until > today:
        _stop_printing(vacancy, today)
    vacancy.save()


def withdraw(vacancy: Vacancy) -> None:
    if vacancy.status == Status.WITHDRAWN:
        raise CannotBook(f"{vacancy} has already been withdrawn.")
    vacancy.status = Status.WITHDRAWN
    vacancy.save()


def bring_back(vacancy: Vacancy) -> None:
    """Undo a withdrawal: the advert goes back to what it was before."""
    if vacancy.status != Status.WITHDRAWN:
        raise CannotBook(f"{vacancy} has not been withdrawn.")
    before = vacancy.history.exclude(status=Status.WITHDRAWN).first()
    vacancy.status = before.status if before else Status.DRAFT
    if vacancy.status == Status.APPROVED and not (vacancy.role_type_id and vacancy.publish_on and vacancy.closes_at):
        vacancy.status = Status.DRAFT
    vacancy.save()


def put_back(vacancy: Vacancy, saved_as: int) -> None:
    """Give the advert the dates and the status that it had before the history entry ``saved_as``, if nothing came after it."""
    entries = list(vacancy.history.all()[:2])
    if len(entries) < 2 or entries[0].pk != saved_as:
        raise CannotBook(f"{vacancy} has been saved since then. Change it in its form.")
    for name in BOOKED:
        setattr(vacancy, name, getattr(entries[1], name))
    vacancy.save()


@transaction.atomic
def copy(
    vacancy: Vacancy,
    *,
    publish_on: date | None = None,
    closes_at: datetime | None = None,
    starts_on: date | None = None,
    start_text: str = "",
    days: Calendar | None = None,
) -> Vacancy:
    """A new draft with the same words and documents. It gets the dates given here: the old ones are never copied."""
    subjects = list(vacancy.subjects.all())
    twin = Vacancy.objects.get(pk=vacancy.pk)
    twin.pk = None
    twin._state.adding = True
    twin.status = Status.DRAFT
    twin.publish_on, twin.closes_at = publish_on, closes_at
    printed = defaults.print_days(publish_on, days) if publish_on and days and vacancy.print_from else None
    twin.print_from, twin.print_until = printed or (None, None)
    if twin.start != Start.ASAP or starts_on or start_text:
        twin.start = Start.DATE if starts_on else ""
    twin.starts_on, twin.start_text = starts_on, start_text
    twin.interview, twin.shortlisting = "", ""
    twin.save()
    twin.subjects.set(subjects)
    documents.copy_all(vacancy, twin)
    return twin


def _stop_printing(vacancy: Vacancy, today: date) -> None:
    if not vacancy.print_from or vacancy.print_from > today:
        vacancy.print_from = vacancy.print_until = None
    else:
        vacancy.print_until = max(vacancy.print_from, today - timedelta(days=today.weekday()))


def _must_be_edition(monday: date, days: Calendar) -> None:
    if not days.is_publication_day(monday):
        raise CannotBook(f"{wording.long_day(monday)} has no edition. Choose a publication Monday.")
