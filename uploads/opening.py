"""The child process that opens what somebody sent: ``python -m uploads.opening FOLDER`` reads FOLDER/upload.

It writes ``written`` anew and then ``outcome.json``, with what it is or with the sentence that tells staff why it is refused.
A file that was made to break its reader breaks this process, which has limits of time and memory, no database and no secret.
"""

import json
import sys
from pathlib import Path

from . import pdf, rules, word
from .locking import limit, lock
from .refusals import NEITHER, WORD_OLD, Refused

ZIP = b"PK\x03\x04"
LOOKED_AT = 1024  # Readers of PDFs look so far for where one begins, and so do we.


def write_anew(source: Path, target: Path) -> str:
    """What the content shows it to be, ``pdf`` or ``docx``; its name and what a browser calls it prove nothing."""
    start = beginning(source)
    if start.startswith(ZIP):
        word.write_word(source, target)
        return "docx"
    if b"%PDF-" in start:
        pdf.write_pdf(source, target)
        return "pdf"
    raise Refused(WORD_OLD if start.startswith(b"\xd0\xcf\x11\xe0") else NEITHER)


def beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LOOKED_AT)


def main() -> None:
    folder = Path(sys.argv[1])
    limit(rules.OPENING_MEMORY, rules.OPENING_SECONDS)
    lock(folder)
    try:
        found = {"kind": write_anew(folder / "upload", folder / "written")}
    except Refused as refusal:
        found = {"refused": str(refusal)}
    (folder / "outcome.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
