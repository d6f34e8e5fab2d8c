import sys

from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vacancies.wording import moment_text

from ...backups import departures, making, manifests, restoring, settling
from ...backups.faults import BackupFault
from ...backups.manifests import Manifest
from ...backups.places import store_at


class Command(BaseCommand):
    help = "Put a backup back: onto an empty machine, or over what is there. Stop web and worker first."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("set", nargs="?", default="", help="The name of a set, or “latest”. Without it the sets are listed.")
        parser.add_argument(
            "--from", dest="place", default="", metavar="PLACE", help="A folder, or s3://KEY:SECRET@host/bucket/folder."
        )
        parser.add_argument("--yes", action="store_true", help="Do not ask.")
        parser.add_argument("--while-running", action="store_true", help="Even if a worker or another session is there.")
        parser.add_argument("--without-safety-set", action="store_true", help="Do not back up what is there now first.")
        parser.add_argument("--other-keys", action="store_true", help="Even if SUPPRESSION_KEY is a different one.")

    def handle(self, *args: str, place: str, **options: object) -> None:
        try:
            store, place = store_at(place)
            name = str(options["set"])
            if not name:
                self._list(store)
                return
            manifest = manifests.read_manifest(store, manifests.latest_name(store) if name == "latest" else name)
            self._restore(store, place, manifest, options)
        except (BackupFault, OSError) as fault:
            raise CommandError(str(fault)) from fault

    def _list(self, store: Storage) -> None:
        for name in manifests.names(store):
            manifest = manifests.read_manifest(store, name)
            made = timezone.localtime(manifest.moment)
            self.stdout.write(f"{name}  {made:%a %d %b %Y %H:%M}  version {manifest.release}  {manifest.size // 10**6} MB")

    def _restore(self, store: Storage, place: str, manifest: Manifest, options: dict[str, object]) -> None:
        now = timezone.now()
        restoring.check(store, manifest, other_keys=bool(options["other_keys"]))
        running = restoring.who_is_running(now)
        if running and not options["while_running"]:
            raise BackupFault(f"Still running: {', '.join(running)}. Stop web and worker, or add --while-running.")
        is_empty = restoring.is_empty()
        if not is_empty:
            self._confirm(manifest, bool(options["yes"]))
            self._keep_what_is_there(store, place, bool(options["without_safety_set"]))
        done = restoring.restore_set(store, manifest, now, self.stdout.write)
        if done.removed:
            self.stdout.write(f"Files that the set does not have, removed: {done.removed}")
        settling.settle(store, place, manifest, now, self.stdout.write)
        for line in manifest.missing:
            self.stdout.write(f"Missing already when the set was made: {line}")
        if manifest.keys["SECRET_KEY"] != manifests.fingerprints()["SECRET_KEY"]:
            self.stdout.write("SECRET_KEY is a different one: everybody with two-step log-in needs a recovery code.")
        self.stdout.write(f"Restored {manifest.name}. Start web and worker.")

    def _confirm(self, manifest: Manifest, yes: bool) -> None:
        made = moment_text(manifest.moment)
        self.stdout.write(
            f"This puts everything back to {made} (version {manifest.release}). What was entered after that is lost."
        )
        if yes:
            return
        if not sys.stdin.isatty():
            raise BackupFault("Nobody is there to ask: add --yes.")
        if input("Type yes to go on: ").strip().lower() != "yes":
            raise BackupFault("Nothing was changed.")

    def _keep_what_is_there(self, store: Storage, place: str, is_unwanted: bool) -> None:
        """The way back from the way back; also the list of who has left, which must be of now."""
        if is_unwanted:
            self._note_departures(store)
            return
        try:
            kept = making.back_up(store, place, timezone.now(), note=manifests.BEFORE_A_RESTORE)
        except Exception as error:
            raise BackupFault(
                f"What is there now could not be backed up first ({error}). Add --without-safety-set to go on without."
            ) from error
        self.stdout.write(f"What is there now was kept as {kept.name}")

    def _note_departures(self, store: Storage) -> None:
        try:
            departures.record(store, timezone.now())
        except Exception as error:
            self.stderr.write(f"Who has left since the last backup could not be read ({error}); look at what was noted before.")
