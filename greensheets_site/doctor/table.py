"""Every check, in the order in which it is told: a new one is a function from a moment to a finding, and a line here."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import Error

from ..watching.findings import Finding, State
from . import address, dns_records, machine, mail, monday
from .findings import wrong

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """``takes_time`` where it asks the network or works for seconds: no page waits for it."""

    name: str
    heading: str
    theme: str
    look: Callable[[datetime], Finding]
    takes_time: bool = False


@dataclass(frozen=True)
class Line:
    """What one check found, as it is shown, stored and sent as JSON."""

    name: str
    heading: str
    theme: str
    state: str
    says: str
    advice: str = ""


MACHINE, MAIL, MONDAY = "This machine", "Email", "Next Monday"
CHECKS = (
    Entry("settings", "Settings", MACHINE, machine.settings_checked, takes_time=True),
    Entry("database", "Database", MACHINE, machine.database_checked),
    Entry("media", "Media", MACHINE, machine.media_checked, takes_time=True),
    Entry("shared", "Shared media", MACHINE, machine.shared_checked, takes_time=True),
    Entry("backups", "Backups", MACHINE, machine.backups_checked),
    Entry("disk", "Disk", MACHINE, machine.disk_checked),
    Entry("clock", "Clock", MACHINE, machine.clock),
    Entry("static", "Static files", MACHINE, machine.static_files),
    Entry("keys", "Keys", MACHINE, machine.keys),
    Entry("trail", "Trail", MACHINE, machine.trail_whole),
    Entry("workers", "Workers", MACHINE, machine.workers),
    Entry("address", "Public address", MACHINE, address.public_address, takes_time=True),
    Entry("relay", "Mail relay", MAIL, mail.relay, takes_time=True),
    Entry("outbox", "Outbox", MAIL, mail.outbox_checked),
    Entry("bounces", "Bounces", MAIL, mail.bounces, takes_time=True),
    Entry("spf", "SPF", MAIL, dns_records.spf, takes_time=True),
    Entry("dkim", "DKIM", MAIL, dns_records.dkim, takes_time=True),
    Entry("dmarc", "DMARC", MAIL, dns_records.dmarc, takes_time=True),
    Entry("terms", "Terms", MONDAY, monday.terms),
    Entry("edition", "Edition", MONDAY, monday.edition),
    Entry("adverts", "Adverts", MONDAY, monday.adverts),
    Entry("pdfs", "PDFs", MONDAY, monday.pdfs_checked),
    Entry("readers", "Readers", MONDAY, monday.readers_checked),
    Entry("email", "Weekly email", MONDAY, monday.weekly_email, takes_time=True),
)
# Only when it is asked for: it takes a processor for half a minute.
BUILD = Entry("build", "Press", MONDAY, monday.build_tried, takes_time=True)


def run(checks: Iterable[Entry], now: datetime) -> Iterator[Line]:
    for check in checks:
        found = _guarded(check, now)
        yield Line(check.name, check.heading, check.theme, found.state.value, found.sentence, found.advice)


def _guarded(check: Entry, now: datetime) -> Finding:
    """A check that fails is bad news itself, and keeps no other from its turn."""
    try:
        return check.look(now)
    except Error as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        return wrong(f"The database does not answer this: {said[0][:200]}", "See DATABASE_URL and the database's log; migrate.")
    except Exception as error:
        logger.exception("doctor could not look at %s", check.name)
        return wrong(f"It could not be looked at ({type(error).__name__}).", "The log has the details.")


def states(lines: Iterable[Line]) -> list[State]:
    return [State(line.state) for line in lines]
