"""The whole database as text, to see whether anything changed, or whether something is still in it."""

from django.db import connection


def dump(*but: str) -> dict[str, list[str]]:
    """Every row of every table, except of those named."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in connection.introspection.table_names(cursor) if table not in but}


def _rows(cursor, table: str) -> list[str]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  a table of our own
    return sorted(repr(row) for row in cursor.fetchall())
