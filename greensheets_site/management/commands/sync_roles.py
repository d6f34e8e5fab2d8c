from typing import Any

from django.core.management.base import BaseCommand

from ...accounts import roles


class Command(BaseCommand):
    help = "Create the roles Editor, Publisher and Owner, or set their permissions right. Run it after every migrate."

    def handle(self, *args: Any, **options: Any) -> None:
        roles.sync()
        self.stdout.write(f"Roles are in order: {', '.join(roles.ROLES)}.")
