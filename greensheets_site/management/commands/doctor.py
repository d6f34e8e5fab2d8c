import functools
import shutil
import sys
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from greensheets_site.doctor import mail, table, telling
from greensheets_site.doctor.findings import ORDER, worst
from greensheets_site.starting.checks import is_mail_address


class Command(BaseCommand):
    help = "Look at everything before trusting next Monday. Exits 0: all good, 1: look, 2: bad."
    requires_system_checks = []  # it tells them itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [check.name for check in table.CHECKS]
        parser.add_argument(
            "--only", action="append", choices=names, metavar="NAME", help=f"One of {', '.join(names)}; repeatable."
        )
        parser.add_argument("--json", action="store_true", help="For a monitor.")
        parser.add_argument(
            "--build", action="store_true", help="Set both bulletins of next Monday in the press; nothing is kept."
        )
        parser.add_argument("--send-to", metavar="ADDRESS", help="Really send one test email.")

    def handle(self, *args: Any, only: list[str] | None, build: bool, send_to: str | None, **options: Any) -> None:
        if send_to and not is_mail_address(send_to):
            raise CommandError(f"“{send_to}” is no email address.")
        checks = [check for check in table.CHECKS if not only or check.name in only]
        if send_to:
            sending = functools.partial(mail.send, send_to)
            checks = [replace(check, look=sending) if check.name == "relay" else check for check in checks]
        lines = list(table.run([*checks, *([table.BUILD] if build else [])], timezone.now()))
        if options["json"]:
            self.stdout.write(telling.as_json(lines))
        else:
            in_colour = self.stdout.isatty() and not options["no_color"]
            self.stdout.write("\n".join(telling.as_text(lines, shutil.get_terminal_size((100, 40)).columns, in_colour)))
        sys.exit(ORDER.index(worst(table.states(lines))))
