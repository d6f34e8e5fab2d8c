"""One number that grows with every change of what readers may see, in the same transaction as the change.

Triggers of the database count, so that bulk updates and statements typed by hand count too. They are put in place after every
``migrate`` (SQLite drops a table's triggers when a migration remakes the table) and taken away before it (PostgreSQL refuses to
alter a table that has triggers waiting). Rows that no page shows - readers, emails, messages, sessions, histories - do not count.

While there are no triggers, during a migration and after one that has failed, the number is negative: nobody counts, so nothing
may be kept. Without its sign it only ever grows.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ROOMS = ("vacancies", "editions", "news", "flatpages", "sites")
UNSEEN = {"editions.measured", "vacancies.proofrecall"}
# Workers write signs of life into a bulletin every few seconds; only these columns are on pages.
SEEN_COLUMNS = {"editions.bulletin": ["file", "cover", "size", "page_of", "posts", "built_at", "notes", "asked_at"]}
NUMBER = "greensheets_site_contentversion"
COUNT = f"UPDATE {NUMBER} SET number = number + 1"  # noqa: S608  a constant
START = f"UPDATE {NUMBER} SET number = abs(number) + 1"  # noqa: S608
STOP = f"UPDATE {NUMBER} SET number = -abs(number) - 1"  # noqa: S608
FUNCTION = """
CREATE OR REPLACE FUNCTION greensheets_content_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Once in a transaction, at its end: many rows cost one update, and nobody holds the number while waiting for another row.
    IF current_setting('greensheets.counted', true) IS DISTINCT FROM txid_current()::text THEN
        PERFORM set_config('greensheets.counted', txid_current()::text, true);
        UPDATE greensheets_site_contentversion SET number = number + 1;
    END IF;
    RETURN NULL;
END $$
"""


def watched() -> list[type[models.Model]]:
    """The models whose rows readers see something of."""
    found = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    return [model for model in found if not model.__name__.startswith("Historical") and model._meta.label_lower not in UNSEEN]


def triggers(vendor: str) -> Iterator[tuple[str, str, str]]:
    """Name, table and statement of every trigger."""
    for model in watched():
        table, columns = model._meta.db_table, SEEN_COLUMNS.get(model._meta.label_lower)
        update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
        for name, event in (("insert", "INSERT"), ("update", update), ("delete", "DELETE")):
            yield (f"content_{table}_{name}", table, _statement(vendor, f"content_{table}_{name}", event, table))
        if vendor == "postgresql":
            name = f"content_{table}_truncate"
            yield (
                name,
                table,
                f'CREATE TRIGGER "{name}" AFTER TRUNCATE ON "{table}" EXECUTE FUNCTION greensheets_content_changed()',
            )


def _statement(vendor: str, name: str, event: str, table: str) -> str:
    if vendor == "postgresql":
        when = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION greensheets_content_changed()"
        return f'CREATE CONSTRAINT TRIGGER "{name}" AFTER {event} ON "{table}" {when}'
    return f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN {COUNT}; END'


def watch(connection: BaseDatabaseWrapper) -> None:
    """Put the row and every trigger in place, and count once for whatever happened without them."""
    present = connection.introspection.table_names()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name, table, statement in triggers(connection.vendor):
            if table in present:
                cursor.execute(_drop(connection.vendor, name, table))
                cursor.execute(statement)
        cursor.execute(f"INSERT INTO {NUMBER} (id, number) VALUES (1, 0) ON CONFLICT DO NOTHING")  # noqa: S608  a constant
        cursor.execute(START)


def unwatch(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away, and tell the processes that are running, in the same transaction."""
    present = connection.introspection.table_names()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, table, _ in triggers(connection.vendor):
            if table in present:
                cursor.execute(_drop(connection.vendor, name, table))
        if NUMBER in present:
            cursor.execute(STOP)


def is_watched(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is in place; without them a page could be kept for too long."""
    catalogue = (
        "pg_trigger WHERE tgname" if connection.vendor == "postgresql" else "sqlite_master WHERE type = 'trigger' AND name"
    )
    column = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {catalogue} LIKE 'content\\_%%' ESCAPE '\\'", [])  # noqa: S608  constants
        return {name for name, _, _ in triggers(connection.vendor)} <= {row[0] for row in cursor.fetchall()}


def _drop(vendor: str, name: str, table: str) -> str:
    return f'DROP TRIGGER IF EXISTS "{name}"' + (f' ON "{table}"' if vendor == "postgresql" else "")
