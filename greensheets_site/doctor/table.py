"""Every check, in the order in which it is told: a new one is a function from a moment to a finding, and a line here."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import Error

from . import address, dns_records, machine, mail, monday
from .findings import Found, State, bad

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """``takes_time`` where it asks the network or works for seconds: no page waits for it."""

    name: str
    heading: str
    theme: str
    look: Callable[[datetime], Found]
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
    Check("settings", "Settings", MACHINE, machine.settings_checked, takes_time=True),
    Check("database", "Database", MACHINE, machine.database),
    Check("media", "Media", MACHINE, machine.media, takes_time=True),
    Check("disk", "Disk", MACHINE, machine.disk),
    Check("clock", "Clock", MACHINE, machine.clock),
    Check("static", "Static files", MACHINE, machine.static_files),
    Check("keys", "Keys", MACHINE, machine.keys),
    Check("workers", "Workers", MACHINE, machine.workers),
    Check("address", "Public address", MACHINE, address.public_address, takes_time=True),
    Check("relay", "Mail relay", MAIL, mail.relay, takes_time=True),
    Check("outbox", "Outbox", MAIL, mail.outbox),
    Check("bounces", "Bounces", MAIL, mail.bounces, takes_time=True),
    Check("spf", "SPF", MAIL, dns_records.spf, takes_time=True),
    Check("dkim", "DKIM", MAIL, dns_records.dkim, takes_time=True),
    Check("dmarc", "DMARC", MAIL, dns_records.dmarc, takes_time=True),
    Check("terms", "Terms", MONDAY, monday.terms),
    Check("edition", "Edition", MONDAY, monday.edition),
    Check("adverts", "Adverts", MONDAY, monday.adverts),
    Check("pdfs", "PDFs", MONDAY, monday.pdfs),
    Check("readers", "Readers", MONDAY, monday.readers),
    Check("email", "Weekly email", MONDAY, monday.weekly_email, takes_time=True),
)
# Only when it is asked for: it takes a processor for half a minute.
BUILD = Check("build", "Press", MONDAY, monday.build, takes_time=True)
# What a person would look at as well, and this does not.
NOT_LOOKED_AT = ("backups", "whether every machine sees the files of the others")


def run(checks: Iterable[Check], now: datetime) -> Iterator[Line]:
    for check in checks:
        found = _guarded(check, now)
        yield Line(check.name, check.heading, check.theme, found.state.value, found.says, found.advice)


def _guarded(check: Check, now: datetime) -> Found:
    """A check that fails is bad news itself, and keeps no other from its turn."""
    try:
        return check.look(now)
    except Error as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        return bad(f"The database does not answer this: {said[0][:200]}", "See DATABASE_URL and the database's own log; migrate.")
    except Exception as error:
        logger.exception("doctor could not look at %s", check.name)
        return bad(f"It could not be looked at ({type(error).__name__}).", "The log has the details.")


def states(lines: Iterable[Line]) -> list[State]:
    return [State(line.state) for line in lines]
