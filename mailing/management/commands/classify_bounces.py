from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mailing.verdicts.reports import Reading, read
from mailing.verdicts.table import Outcome


class Command(BaseCommand):
    help = (
        "Say what messages that came back come to, and change nothing: a line for each, with its file, its verdict "
        f"({', '.join(Outcome)}), the key of the email that it is about, and why, separated by tabs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        for file in files:
            try:
                reading = _reading(Path(file).read_bytes())
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
            self.stdout.write("\t".join([file, reading.outcome, reading.key.hex if reading.key else "-", reading.why]))


def _reading(content: bytes) -> Reading:
    try:
        return read(content)
    except Exception as error:  # it may be broken in any way, and the other files are still to be read
        return Reading(Outcome.NONE, None, f"it is broken ({type(error).__name__})", understood=False)
