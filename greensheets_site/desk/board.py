"""What the desk's first page says: the next edition, what is closing, what came in, the last email, the worker, the backup.

Every number is a ``Figure`` with the address of the list that it counts. A part is left out for staff who may not open its lists.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Min, Model
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.http import urlencode

from editions import readiness
from editions.models import Edition
from mailing import rules as mailing_rules
from mailing.filters import since
from mailing.models import ContactMessage, Delivery, DeliveryKind, DeliveryState, Mailout, MessageState, StrayMessage, Subscriber
from news.models import Article
from vacancies import rules as vacancies_rules
from vacancies import wording
from vacancies.editing import review
from vacancies.models import StaffGroup, Status, Vacancy
from vacancies.schedule import DAY, live_moment
from web.quantities import period

from ..backups import state
from ..doctor import looking, telling
from ..doctor.views import MAY_LOOK
from ..models import BackupRun, Heartbeat, Look
from ..watching.findings import State

# Whoever opens the desk while an email is being sent wants to see these even when they are none.
ALWAYS_SHOWN = {DeliveryState.SENT}
ASKS_FOR_STAFF = {DeliveryState.FAILED, DeliveryState.UNCERTAIN}


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts; ``is_urgent`` when a person should look at it."""

    label: str
    count: int
    url: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Row:
    """One bulletin of the next edition, or the adverts that belong to neither yet."""

    label: str
    figures: list[Figure]
    pdf: readiness.BulletinBoard | None = None


@dataclass(frozen=True)
class Coming:
    """The edition that staff are working on."""

    board: readiness.EditionBoard
    deadline: str
    rows: list[Row]
    others: list[Figure]
    readers: Figure | None

    @property
    def edition(self) -> Edition:
        return self.board.edition

    @property
    def figures(self) -> list[Figure]:
        return [*(figure for row in self.rows for figure in row.figures), *self.others, *filter(None, [self.readers])]


@dataclass(frozen=True)
class Part:
    """A heading, the numbers under it, and a sentence where numbers do not say enough."""

    heading: str
    figures: list[Figure] = field(default_factory=list)
    sentence: str = ""
    url: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Board:
    coming: Coming | None
    parts: list[Part]

    @property
    def figures(self) -> list[Figure]:
        return [*(self.coming.figures if self.coming else []), *(figure for part in self.parts for figure in part.figures)]


def look(user: User, now: datetime) -> Board:
    parts = [on_the_website, came_in, readers, last_email, news, worker, backups, doctor]
    found = [part(user, now) for part in parts]
    return Board(coming(user, now), [part for part in found if part])


def may_see(user: User, model: type[Model]) -> bool:
    label, name = model._meta.app_label, model._meta.model_name
    return user.has_perm(f"{label}.view_{name}") or user.has_perm(f"{label}.change_{name}")


def listing(model: type[Model], **filters: str | int | date) -> str:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode({name: str(value) for name, value in filters.items()})}" if filters else address


def coming(user: User, now: datetime) -> Coming | None:
    if not (may_see(user, Edition) and may_see(user, Vacancy)):
        return None
    board = readiness.next_board(now)
    if board is None:
        return None
    monday = board.edition.on
    adverts = list(Vacancy.objects.booked_for(monday).select_related("school", "role_type"))
    found = review.review(adverts, now)
    return Coming(
        board=board,
        deadline=deadline(board.edition, now),
        rows=_rows(board, adverts, found.keys()),
        others=_others(monday, adverts),
        readers=_readers(user),
    )


def deadline(edition: Edition, now: datetime) -> str:
    """``Copy deadline Thursday 26 November 2026, noon: in 2 days``."""
    at = edition.copy_deadline_at
    days = (timezone.localdate(at) - timezone.localdate(now)).days
    left = "passed" if at <= now else {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"Copy deadline {wording.moment_text(at)}: {left}"


def _rows(board: readiness.EditionBoard, adverts: list[Vacancy], with_problems: Iterable[int]) -> list[Row]:
    monday = board.edition.on
    pdfs = {pdf.bulletin.staff_group: pdf for pdf in board.bulletins}
    counts = Counter((_group(vacancy), _column(vacancy, monday, set(with_problems))) for vacancy in adverts)
    rows = [Row(label, _of_group(group, monday, counts), pdfs.get(group)) for group, label in StaffGroup.choices]
    if counts["none", "draft"]:
        rows.append(Row("No role type yet", _of_group("none", monday, counts)[-1:]))
    return rows


def _group(vacancy: Vacancy) -> str:
    return vacancy.role_type.staff_group if vacancy.role_type else "none"


def _column(vacancy: Vacancy, monday: date, with_problems: set[int]) -> str:
    if vacancy.status == Status.DRAFT:
        return "draft"
    if not vacancy.is_in_span_of_print(monday):
        return "unprinted"
    return "check" if vacancy.pk in with_problems else "ready"


def _of_group(group: str, monday: date, counts: Counter[tuple[str, str]]) -> list[Figure]:
    printed: dict[str, str | date] = {"printed": monday, "group": group}
    return [
        Figure("Ready", counts[group, "ready"], listing(Vacancy, **printed, attention="none")),
        Figure("To check", counts[group, "check"], listing(Vacancy, **printed, attention="any"), is_urgent=True),
        Figure("Drafts", counts[group, "draft"], listing(Vacancy, edition=monday, group=group, state="draft"), is_urgent=True),
    ]


def _others(monday: date, adverts: list[Vacancy]) -> list[Figure]:
    """What the two bulletins do not show and staff may have forgotten."""
    web_only = sum(vacancy.status == Status.APPROVED and vacancy.print_from is None for vacancy in adverts)
    figures = [
        Figure("on the website only", web_only, listing(Vacancy, edition=monday, printed="no")),
        Figure("without a date yet", Vacancy.objects.for_no_edition().count(), listing(Vacancy, edition="none")),
    ]
    return [figure for figure in figures if figure.count]


def _readers(user: User) -> Figure | None:
    if not may_see(user, Subscriber):
        return None
    count = Subscriber.objects.active().count()
    return Figure("reader" if count == 1 else "readers", count, listing(Subscriber, readers="reading"))


def on_the_website(user: User, now: datetime) -> Part | None:
    if not may_see(user, Vacancy):
        return None
    live = list(Vacancy.objects.live(now).order_by().values_list("role_type__staff_group", "closes_at"))
    groups = Counter(group for group, _ in live)
    today = timezone.localdate(now)
    moments = [at for _, at in live if at]
    closing = [sum(at < live_moment(today + days * DAY) for at in moments) for days in (1, vacancies_rules.CLOSING_SOON.days)]
    return Part(
        "On the website",
        [
            *(Figure(label, groups[group], listing(Vacancy, state="live", group=group)) for group, label in StaffGroup.choices),
            Figure("Closing today", closing[0], listing(Vacancy, closing="today")),
            Figure(f"Closing within {period(vacancies_rules.CLOSING_SOON)}", closing[1], listing(Vacancy, closing="week")),
        ],
    )


def came_in(user: User, now: datetime) -> Part | None:
    if not may_see(user, ContactMessage):
        return None
    new = ContactMessage.objects.filter(state=MessageState.NEW).count()
    return Part("Messages", [Figure("New", new, listing(ContactMessage, state__exact=MessageState.NEW.value), is_urgent=True)])


def readers(user: User, now: datetime) -> Part | None:
    if not may_see(user, Subscriber):
        return None
    rows, week = Subscriber.objects, since(mailing_rules.LATELY, now)
    strays = StrayMessage.objects.count() if may_see(user, StrayMessage) else 0
    return Part(
        "Mailing list",
        [
            Figure(
                f"Joined in {period(mailing_rules.LATELY)}", rows.joined_since(week).count(), listing(Subscriber, lately="joined")
            ),
            Figure(f"Left in {period(mailing_rules.LATELY)}", rows.left_since(week).count(), listing(Subscriber, lately="left")),
            Figure("Not confirmed yet", rows.waiting().count(), listing(Subscriber, readers="waiting")),
            Figure(
                f"Bounced in {period(mailing_rules.BOUNCES_SHOWN)}",
                rows.unreachable_since(since(mailing_rules.BOUNCES_SHOWN, now)).count(),
                listing(Subscriber, lately="unreachable"),
            ),
            *([Figure("Came back and could not be read", strays, listing(StrayMessage))] if strays else []),
        ],
    )


def last_email(user: User, now: datetime) -> Part | None:
    """The newest weekly email that has begun to go out."""
    if not (may_see(user, Mailout) and may_see(user, Delivery)):
        return None
    mailout = Mailout.objects.filter(frozen_at__isnull=False).select_related("edition").first()
    if mailout is None:
        return None
    which: dict[str, str | int] = {"mailout": mailout.pk, "kind__exact": DeliveryKind.BULLETIN.value}
    figures = [
        Figure(
            DeliveryState(state).label,
            count,
            listing(Delivery, **which, state__exact=state),
            is_urgent=state in ASKS_FOR_STAFF,
        )
        for state, count in mailout.progress().items()
        if count or state in ALWAYS_SHOWN
    ]
    word = f"{mailout.state} {wording.moment_text(mailout.finished_at)}" if mailout.finished_at else mailout.state
    sentence = f"{word}. {mailout.pause_reason}".strip()
    return Part(
        f"Email of {format_date(mailout.edition.on, 'j F')}", figures, sentence, listing(Mailout), bool(mailout.pause_reason)
    )


def news(user: User, now: datetime) -> Part | None:
    if not may_see(user, Article):
        return None
    return Part(
        "News",
        [
            Figure("Drafts", Article.objects.filter(published_at=None).count(), listing(Article, state="draft")),
            Figure("Planned", Article.objects.filter(published_at__gt=now).count(), listing(Article, state="planned")),
        ],
    )


def worker(user: User, now: datetime) -> Part | None:
    """Whether anything happens by itself at the moment."""
    if not may_see(user, Heartbeat):
        return None
    heartbeat, url = Heartbeat.latest(now), listing(Heartbeat)
    if heartbeat is None:
        return Part("Worker", sentence="Never seen. Nothing will be published or sent until it runs.", url=url, is_urgent=True)
    if heartbeat.is_ahead(now):
        wrong = (
            f"The clock of {heartbeat.worker} is or was wrong by {ago(heartbeat.seen_at - now)}: no worker is known to "
            "be running."
        )
        return Part("Worker", sentence=wrong, url=url, is_urgent=True)
    seen = f"Last seen {ago(now - heartbeat.seen_at)} ago"
    if heartbeat.is_stale(now):
        return Part("Worker", sentence=f"{seen}. Nothing will be published or sent until it runs.", url=url, is_urgent=True)
    return Part("Worker", sentence=f"{seen}: {heartbeat.doing[:1].lower()}{heartbeat.doing[1:]}.", url=url)


def doctor(user: User, now: datetime) -> Part | None:
    """What the machines found when they last looked at everything; looking itself would keep the desk waiting."""
    if not user.has_perm(MAY_LOOK):
        return None
    url, lines = reverse("admin:doctor"), looking.stored()
    if not lines:
        return Part("Before next Monday", sentence="Look at everything that the site leans on.", url=url)
    is_urgent = any(line.state == State.BAD for line in lines)
    looked = Look.objects.aggregate(first=Min("looked_at"))["first"]
    said = f"{telling.summary(lines)} Looked {ago(now - looked)} ago." if looked else telling.summary(lines)
    return Part("Before next Monday", sentence=said, url=url, is_urgent=is_urgent)


def backups(user: User, now: datetime) -> Part | None:
    """What a restore could go back to."""
    if not may_see(user, BackupRun):
        return None
    latest = state.latest(now)
    return Part("Latest backup", sentence=latest.sentence, url=listing(BackupRun), is_urgent=not latest.ok)


def ago(span: timedelta) -> str:
    """``12 s``, ``4 min``, ``3 h``, ``2 days``."""
    seconds = max(0, int(span.total_seconds()))
    for size, unit in ((86_400, "day"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            count = seconds // size
            return f"{count} days" if unit == "day" and count > 1 else f"{count} {unit}"
    return f"{seconds} s"
