"""How a line of the log is written: for people or as JSON, and in neither with an address or a reader's key in it.

What goes into a log is written by libraries too: a database that refuses a row, or a mail server that refuses a reader, quotes
the address in its error. So whatever has been put together is cleaned last.
"""

import json
import logging
import re
from datetime import UTC, datetime

_PART = r"""[^\s<>()\[\]{}"',;:|\\=/]+"""
ADDRESS = re.compile(rf"""(?:"[^"\n]*"|{_PART})(?:@|%40)(?:{_PART}|\[[^\]\s]*\])""")
# What stands in these addresses opens a reader's own page, or an advert that is not out yet.
KEY = re.compile(r"(/(?:u|mailing-list/confirm|mailing-list/mine|mailing-list|proof)/)[^/\s\"']{12,}")


def cleaned(text: str) -> str:
    return KEY.sub(r"\1[key]", ADDRESS.sub("[address]", text))


class PlainFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return cleaned(super().format(record))


class JsonFormatter(logging.Formatter):
    """One object on one line for each record, a traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": cleaned(record.getMessage()),
            "process": record.process,
        }
        if isinstance(status := getattr(record, "status_code", None), int):
            line["status"] = status
        if isinstance(trail := getattr(record, "trail", None), dict):
            line["trail"] = {name: cleaned(value) for name, value in trail.items()}
        if record.exc_info:
            line["exception"] = cleaned(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
