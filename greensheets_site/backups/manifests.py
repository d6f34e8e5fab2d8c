"""A set is one manifest that names blobs by the digest of their content; it is written last, so there is no half a set."""

import json
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.crypto import salted_hmac

from .faults import BackupFault

FORMAT = 1
SETS, ENDING = "sets", ".json"
MOMENT = "%Y%m%dT%H%M%SZ"
BEFORE_A_RESTORE = "-before-restore"  # how the name of a set ends that only keeps what a restore was to replace


@dataclass(frozen=True)
class StoredFile:
    """A file of the media folder and the blob that holds its content."""

    name: str
    digest: str
    size: int
    modified: str = ""


@dataclass(frozen=True)
class TableSum:
    """What every row of a table comes to, in whatever order they are read."""

    rows: int
    digest: str


@dataclass(frozen=True)
class DatabaseCopy:
    vendor: str
    version: str
    blob: StoredFile
    tables: dict[str, TableSum]
    migrations: list[str]


@dataclass(frozen=True)
class Manifest:
    """``missing`` are files that rows name and nobody has, ``went`` those deleted with their rows during the copying."""

    name: str
    made_at: str
    release: str
    site: str
    keys: dict[str, str]
    database: DatabaseCopy
    files: list[StoredFile]
    missing: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    copied: int = 0
    format: int = FORMAT

    @property
    def size(self) -> int:
        return self.database.blob.size + sum(file.size for file in self.files)

    @property
    def digests(self) -> set[str]:
        return {self.database.blob.digest, *(file.digest for file in self.files)}

    def migrations_of(self, labels: set[str]) -> list[str]:
        return [name for name in self.database.migrations if name.partition(".")[0] in labels]

    @property
    def moment(self) -> datetime:
        return moment_of(self.name)


def new_name(now: datetime, note: str = "") -> str:
    """``20261201T021500Z-1a2b3c``: sorts by moment, and two machines at the same moment do not collide."""
    return f"{now.astimezone(UTC):{MOMENT}}-{secrets.token_hex(3)}{note}"


def moment_of(name: str) -> datetime:
    return datetime.strptime(name.partition("-")[0], MOMENT).replace(tzinfo=UTC)


def running_release() -> str:
    """The version of the program that is running."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def fingerprints() -> dict[str, str]:
    """Enough of each key to tell another one, and nothing to find it by."""
    return {name: salted_hmac("greensheets.backups", name, secret=getattr(settings, name)).hexdigest()[:16] for name in KEYS}


KEYS = ("SECRET_KEY", "SUPPRESSION_KEY")


def write(store: Storage, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    store.save(f"{SETS}/{manifest.name}{ENDING}", ContentFile(text.encode()))


def names(store: Storage) -> list[str]:
    """Every whole set, oldest first."""
    found = [file.removesuffix(ENDING) for file in listed(store, SETS)[1] if file.endswith(ENDING)]
    return sorted(name for name in found if _is_name(name))


def _is_name(name: str) -> bool:
    try:
        return bool(moment_of(name))
    except ValueError:
        return False


def listed(store: Storage, folder: str) -> tuple[list[str], list[str]]:
    """Folders and files; a folder that is not there yet is empty."""
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return [], []
    return folders, files


def read_manifest(store: Storage, name: str) -> Manifest:
    if name not in names(store):
        raise BackupFault(f"There is no set “{name}” here. These are whole: {', '.join(names(store)[-10:]) or 'none'}.")
    with store.open(f"{SETS}/{name}{ENDING}") as file:
        found = json.loads(file.read())
    if found["format"] != FORMAT:
        raise BackupFault(f"Set {name} was made by a newer version ({found['release']}): install that one first.")
    return _manifest(found)


def latest_name(store: Storage) -> str:
    """The newest whole set. Not one made by a restore: run once more, ``restore latest`` would bring back what was given up."""
    found = [name for name in names(store) if not name.endswith(BEFORE_A_RESTORE)]
    if not found:
        raise BackupFault("There is no set here yet. Make one: manage.py back_up")
    return found[-1]


def forget_set(store: Storage, name: str) -> None:
    store.delete(f"{SETS}/{name}{ENDING}")


def read_all(store: Storage, which: Iterable[str]) -> list[Manifest]:
    return [read_manifest(store, name) for name in which]


def _manifest(found: dict[str, object]) -> Manifest:
    database = dict(found["database"])  # type: ignore[call-overload]
    copy = DatabaseCopy(
        **{
            **database,
            "blob": StoredFile(**database["blob"]),
            "tables": {table: TableSum(**total) for table, total in database["tables"].items()},
        }
    )
    files = [StoredFile(**file) for file in found["files"]]  # type: ignore[attr-defined]
    return Manifest(**{**found, "database": copy, "files": files})  # type: ignore[arg-type]
