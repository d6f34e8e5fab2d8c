import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from greensheets_site.beginning import filling, owners


class Command(BaseCommand):
    help = (
        "Make an empty site complete: roles, subjects, the fixed pages, the authorities of a region, proposals for two school "
        "years of terms. Safe to run again: nothing is done twice, and nothing that staff have changed is touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", action="append", help="A region of England, such as “South West”. May be given again.")
        parser.add_argument(
            "--owner", nargs=2, metavar=("NAME", "EMAIL"), help="The first owner; prints a link to set a password."
        )

    def handle(self, *args: Any, region: list[str] | None, owner: list[str] | None, **options: Any) -> None:
        regions = [self._known(name) for name in region or self._ask()]
        filling.begin(regions, timezone.now(), self.stdout.write)
        if owner:
            self._add_owner(*owner)

    def _ask(self) -> list[str]:
        if not sys.stdin.isatty():
            raise CommandError(f"Which region? Give one with --region: {', '.join(filling.region_names())}.")
        self.stdout.write(f"The regions are: {', '.join(filling.region_names())}.")
        return [input("Which one is yours? ")]

    def _known(self, name: str) -> str:
        if known := filling.region_called(name):
            return known
        raise CommandError(f"There is no region “{name}”. The regions are: {', '.join(filling.region_names())}.")

    def _add_owner(self, name: str, email: str) -> None:
        try:
            outcome = owners.invite(name, email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(outcome)
