from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vacancies.imports.schools import SchoolsReport, import_schools
from vacancies.imports.tables import Unreadable

EVERY = 5_000


class Command(BaseCommand):
    help = (
        "Take new, changed and closed schools from the DfE's extract (get-information-schools.service.gov.uk, all fields, CSV)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would change without changing anything.")

    def handle(self, *args: Any, file: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        self.next_word: float = EVERY if verbosity else float("inf")
        try:
            with file.open("rb") as opened:
                report = import_schools(opened, timezone.localdate(), dry_run=dry_run, progress=self.say)
        except (OSError, Unreadable) as error:
            raise CommandError(str(error)) from error
        if not verbosity:
            return
        for words in [*report.named, *map(str, report.problems)]:
            self.stdout.write(words)
        self.stdout.write(f"{'Nothing was changed. ' if dry_run else ''}{report}")

    def say(self, report: SchoolsReport) -> None:
        if report.lines >= self.next_word:
            self.stderr.write(report.so_far)
            self.next_word = report.lines + EVERY
