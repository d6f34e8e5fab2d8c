from typing import Any

from django.core.management.base import BaseCommand

from mailing.readers import retention


class Command(BaseCommand):
    help = "Delete personal data that has outlived its purpose. Safe to run on any day, any number of times."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, count in retention.purge().items():
            self.stdout.write(f"{count} {what}")
