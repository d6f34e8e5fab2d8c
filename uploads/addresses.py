"""Which links a document may keep: to the web, to a mailbox or a telephone, or to a place within itself."""

import re

HARMLESS = re.compile(r"(https?://|mailto:|tel:|www\.|#)", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20\x7f]")


def is_harmless(address: str) -> bool:
    """Everything else may start a program, name a file or lead a computer to a stranger's server by itself."""
    return bool(HARMLESS.match(UNSEEN.sub("", address))) and "\\" not in address
