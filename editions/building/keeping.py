"""What was set is kept: the galley with every piece in its place, and its crests, as one file that only the press reads again.

It names people as the PDF does (rule 7), and goes or changes with it.
"""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from ..press import galley
from ..press.galley import Galley

SETTING = "setting.json"


def bundled(folder: Path) -> bytes:
    """What the press left in its folder."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / SETTING, SETTING)
        for crest in sorted((folder / "crests").iterdir()):
            if crest.name != galley.PROFILE:
                archive.write(crest, f"crests/{crest.name}")
    return out.getvalue()


def unbundled(file: "File[bytes]", folder: Path) -> Galley:
    """The galley, with its crests laid out in ``folder``."""
    with file.open("rb") as opened, zipfile.ZipFile(opened) as archive:
        for name in archive.namelist():
            if name.startswith("crests/"):
                (folder / Path(name).name).write_bytes(archive.read(name))
        setting = folder.parent / SETTING
        setting.write_bytes(archive.read(SETTING))
    return replace(galley.load(setting), static_root=str(settings.BASE_DIR / "static"))
