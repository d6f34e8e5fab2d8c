import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vacancies.reading.files import NotReadable, source_of
from vacancies.reading.kinds import Reading, read_advert
from vacancies.schedule import monday_on_or_after


class Command(BaseCommand):
    help = "Say what the form would offer for an advert that a school sent: its facts, and the lines that are no advert."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="A text, a web page, a Word document, a PDF or an email.")
        parser.add_argument("--json", action="store_true", help="As one JSON document.")
        parser.add_argument("--edition", type=date.fromisoformat, help="The Monday on or after which a day without a year falls.")

    def handle(self, *args: Any, file: Path, edition: date | None, **options: Any) -> None:
        try:
            source = source_of(file.name, file.read_bytes())
        except (OSError, NotReadable) as error:
            raise CommandError(str(error)) from error
        reading = read_advert(source, edition or monday_on_or_after(timezone.localdate()))
        if options["json"]:
            self.stdout.write(json.dumps(told(reading), ensure_ascii=False, indent=1))
            return
        for find in reading.facts.values():
            self.stdout.write(f"{find.field}: {find.value}  <- {find.phrase}")
        for name, answers in reading.choices.items():
            self.stdout.write(f"{name}? {' | '.join(str(find.value) for find in answers)}")
        for number in sorted(reading.left_out):
            self.stdout.write(f"not for print: {reading.page.lines[number].text}")


def told(reading: Reading) -> dict[str, Any]:
    lines = [line.text for line in reading.page.lines]
    return {
        "fields": {name: find.value for name, find in reading.facts.items()},
        "phrases": {name: find.phrase for name, find in reading.facts.items()},
        "choices": {name: [find.value for find in answers] for name, answers in reading.choices.items()},
        "not_for_print": [lines[number] for number in sorted(reading.left_out)],
        "repeated_in_box": [lines[number] for number in sorted(reading.repeated)],
        "text_kept": "\n".join(text for number, text in enumerate(lines) if number not in reading.left_out),
        "separate_posts": list(reading.separate_posts),
    }
