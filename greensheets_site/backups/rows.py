"""What a database holds, asked with a driver's own cursor, so that a copy and a scratch database are asked alike."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import FileField

from .manifests import TableSum

SPREAD = 2**256
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    "postgresql": "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
    " ORDER BY relname",
}
COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info('{}')",
    "postgresql": "SELECT attname FROM pg_attribute WHERE attrelid = '{}'::regclass AND attnum > 0 AND NOT attisdropped",
}
# Text of a row must not depend on who asks.
PLAIN = "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres';"
PLAIN += " SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'"
SUM = "SELECT count(*), coalesce(sum(('x' || md5(t::text))::bit(64)::bigint::numeric), 0) FROM {} t"

Ask = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Contents:
    """Sums of every table, the files that rows name, and the migrations that made the tables."""

    tables: dict[str, TableSum]
    named: frozenset[str]
    migrations: list[str]


def _asker(cursor: Any) -> Ask:
    def ask(question: str) -> list[tuple[Any, ...]]:
        cursor.execute(question)
        return list(cursor.fetchall())

    return ask


def look_into(cursor: Any, vendor: str) -> Contents:
    """Every row of every table. Within one transaction, so that all of it is of one moment."""
    ask = _asker(cursor)
    if vendor == "postgresql":
        cursor.execute(PLAIN)
    tables = [name for (name,) in ask(TABLES[vendor])]
    total = _sum_here if vendor == "sqlite" else _sum_there
    return Contents(
        tables={table: total(cursor, _quoted(table)) for table in tables},
        named=frozenset(_named(ask, vendor, set(tables))),
        migrations=[f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name")]
        if "django_migrations" in tables
        else [],
    )


def named_files(cursor: Any, vendor: str) -> set[str]:
    """The files that rows name."""
    ask = _asker(cursor)
    return _named(ask, vendor, {name for (name,) in ask(TABLES[vendor])})


def _sum_here(cursor: Any, table: str) -> TableSum:
    """SQLite has no digests, but its rows are near."""
    rows = total = 0
    for row in cursor.execute(f"SELECT * FROM {table}"):  # noqa: S608  a name that the database gave
        rows += 1
        total += int.from_bytes(hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest())
    return TableSum(rows, f"{total % SPREAD:064x}")


def _sum_there(cursor: Any, table: str) -> TableSum:
    cursor.execute(SUM.format(table))
    rows, total = cursor.fetchone()
    return TableSum(rows, str(total))


def _named(ask: Ask, vendor: str, tables: set[str]) -> set[str]:
    """What file fields hold; a column that an older set does not have yet names nothing."""
    found: set[str] = set()
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in tables:
            continue
        columns = {name for (name,) in ask(COLUMNS[vendor].format(table))}
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and field.column in columns:
                rows = ask(f"SELECT DISTINCT {_quoted(str(field.column))} FROM {_quoted(table)}")  # noqa: S608  names of our own
                found |= {name for (name,) in rows if name}
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
