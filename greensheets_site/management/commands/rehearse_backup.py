from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vacancies.wording import moment_text

from ...backups import manifests, rehearsing
from ...backups.faults import BackupFault
from ...backups.places import store_at


class Command(BaseCommand):
    help = (
        "Restore the latest backup beside the site and compare every row and every file. Changes nothing except its own record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("set", nargs="?", default="latest", help="The name of a set; the latest by default.")
        parser.add_argument(
            "--from", dest="place", default="", metavar="PLACE", help="A folder, or s3://KEY:SECRET@host/bucket/folder."
        )

    def handle(self, *args: str, place: str, **options: str) -> None:
        name = options["set"]
        try:
            store, place = store_at(place)
            name = manifests.latest_name(store) if name == "latest" else name
            seen = rehearsing.rehearse(store, place, name, timezone.now())
        except (BackupFault, OSError) as fault:
            raise CommandError(str(fault)) from fault
        made = moment_text(seen.manifest.moment)
        self.stdout.write(f"Set {name}, made {made} by version {seen.manifest.release}")
        self.stdout.write(f"Restored beside the site: {seen.tables} tables, {seen.rows} rows, {seen.files} files")
        for line in seen.manifest.missing:
            self.stdout.write(f"Missing already when it was made: {line}")
        if not seen.is_good:
            raise CommandError("This backup is not good:\n" + "\n".join(seen.faults[:50]))
        self.stdout.write("Every row and every file matches what was recorded when the set was made.")
