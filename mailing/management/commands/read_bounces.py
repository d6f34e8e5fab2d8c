from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mailing.readers import bounces


class Command(BaseCommand):
    help = "Read a mailbox for reports of emails that did not arrive. The worker does this by itself if BOUNCES_MAILBOX is set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mailbox", nargs="?", default=settings.BOUNCES_MAILBOX, help="maildir:///folder or imaps://...")

    def handle(self, *args: Any, mailbox: str, **options: Any) -> None:
        if not mailbox:
            raise CommandError("Name a mailbox, maildir:///folder or imaps://user:password@host/FOLDER, or set BOUNCES_MAILBOX.")
        self.stdout.write(bounces.read_mailbox(timezone.now(), mailbox) or "Nothing has come in.")
