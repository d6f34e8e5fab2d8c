from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from ...backups import making
from ...backups.faults import BackupFault
from ...backups.places import store_at


class Command(BaseCommand):
    help = "Make one whole backup of database and media while the site runs. The last line is the name of the set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", default="", metavar="PLACE", help="A folder, or s3://KEY:SECRET@host/bucket/folder; BACKUPS by default."
        )

    def handle(self, *args: str, to: str, **options: object) -> None:
        now = timezone.now()
        try:
            store, place = store_at(to)
            manifest = making.back_up(store, place, now, self.stdout.write)
        except (BackupFault, OSError) as fault:
            raise CommandError(str(fault)) from fault
        copied = filesizeformat(manifest.copied).replace("\xa0", " ")
        whole = filesizeformat(manifest.size).replace("\xa0", " ")
        self.stdout.write(f"Files: {len(manifest.files)}. The set holds {whole}, of which {copied} were new.")
        for name in manifest.went:
            self.stdout.write(f"Deleted while it was made: {name}")
        for name in manifest.missing:
            self.stdout.write(f"Missing already, though a row names it: {name}")
        try:
            gone = making.prune(store, place, timezone.now())
        except BackupFault as fault:  # The set is good all the same.
            self.stderr.write(f"Older sets were not tidied: {fault}")
        else:
            self.stdout.write(f"Older sets removed: {', '.join(gone) or 'none'}")
        self.stdout.write(manifest.name)
