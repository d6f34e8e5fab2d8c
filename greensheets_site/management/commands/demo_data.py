from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from greensheets_site.demo.build import AlreadyThere, build
from greensheets_site.demo.people import STAFF, password


class Command(BaseCommand):
    help = "Fill an empty site with invented content, the same each time. Does nothing if there are schools or adverts already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Demo content is only for demo mode: set GREENSHEETS_DEMO=1 (or DEBUG=1) and run this again.")
        try:
            build(timezone.now(), say=self.stdout.write)
        except AlreadyThere:
            self.stdout.write("There are schools or adverts here already: nothing was added.")
            return
        self.stdout.write("Demo log-ins for /admin/ (name, password):")
        for username, _, _ in STAFF:
            self.stdout.write(f"  {username}  {password(username)}")
