"""A copy of a PostgreSQL database by ``pg_dump``, and one put back in a single transaction, over whatever is there."""

import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ..page_cache.content import NUMBER
from .faults import BackupFault
from .programs import environment, program, run_program, server_release
from .rows import Contents, look_into

VENDOR, SUFFIX = "postgresql", ".dump"
Process = subprocess.Popen[bytes]
AHEAD = 1_000_000
DUMP = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", "--lock-wait-timeout=60s"]
RESTORE = ["--no-owner", "--no-privileges", "--exit-on-error", "--file=-"]
PSQL = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
# Everything of ours in the schema, one by one: who owns a database need not own its schema, and extensions stay.
WIPE = """
DO $wipe$
DECLARE thing record;
BEGIN
    FOR thing IN
        SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                              WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
               c.oid::regclass::text AS name
        FROM pg_class c
        WHERE c.relnamespace = '{schema}'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i', 'a'))
        ORDER BY c.relkind IN ('r', 'p') DESC
    LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE', thing.kind, thing.name);
    END LOOP;
    FOR thing IN
        SELECT p.oid::regprocedure::text AS name FROM pg_proc p
        WHERE p.pronamespace = '{schema}'::regnamespace
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', thing.name);
    END LOOP;
    FOR thing IN
        SELECT t.oid::regtype::text AS name FROM pg_type t
        WHERE t.typnamespace = '{schema}'::regnamespace AND t.typtype IN ('e', 'd')
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', thing.name);
    END LOOP;
END $wipe$;
"""


def version() -> str:
    connection.ensure_connection()
    return str(server_release())


def copy(target: Path) -> Contents:
    """``pg_dump`` and our own counting look at one snapshot: what is written meanwhile is in neither."""
    dump = program("pg_dump", at_least=server_release())
    private: Any = connections.create_connection("default")
    try:
        with private.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot(), current_schema()")
            snapshot, schema = cursor.fetchone()
            run_program([dump, *DUMP, f"--schema={schema}", f"--snapshot={snapshot}", f"--file={target}"])
            found = look_into(cursor.cursor, VENDOR)
            cursor.execute("ROLLBACK")
    finally:
        private.close()
    return found


def check_can_restore(made_with: str) -> None:
    """The server and the programs are new enough for what a ``pg_dump`` of another machine wrote."""
    if server_release() < int(made_with):
        raise BackupFault(
            f"The set was made by PostgreSQL {made_with}, the server here is {server_release()}: install a newer one."
        )
    program("pg_restore", at_least=int(made_with))
    program("psql")


@contextmanager
def scratch(dump: Path) -> Iterator[Contents]:
    """What a copy holds, read from a database of its own, which is gone afterwards."""
    name = f"rehearsal_{secrets.token_hex(6)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    except DatabaseError as error:
        raise BackupFault(f"No scratch database could be made ({str(error).strip()}). Allow it: ALTER ROLE … CREATEDB") from error
    try:
        _replay(dump, name, schema="public", before=None)
        yield _contents_of(name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")


def _contents_of(name: str) -> Contents:
    opened: BaseDatabaseWrapper = connections.create_connection("default")
    opened.settings_dict = {**opened.settings_dict, "NAME": name}
    try:
        with opened.cursor() as cursor:
            cursor.execute("BEGIN")
            return look_into(cursor.cursor, VENDOR)
    finally:
        opened.close()


def put_back(dump: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
    before = content_number()
    connection.close()
    _replay(dump, str(connection.settings_dict["NAME"]), schema, before)


def others() -> int:
    """How many other sessions have this database open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def content_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [NUMBER])
        if cursor.fetchone()[0] is None:
            return 0
        cursor.execute(f"SELECT abs(number) FROM {NUMBER}")  # noqa: S608  a constant
        found = cursor.fetchone()
        return int(found[0]) if found else 0


def _replay(dump: Path, name: str, schema: str, before: int | None) -> None:
    """``COMMIT`` is sent only when ``pg_restore`` has ended well: without it the server undoes
    everything, whichever process was killed.
    """
    restore = [program("pg_restore"), *RESTORE, f"--schema={schema}", str(dump)]
    psql = [program("psql"), *PSQL, f"--dbname={name}"]
    around, pipe = environment(), subprocess.PIPE
    with (
        subprocess.Popen(psql, stdin=pipe, stderr=pipe, env=around) as server,  # noqa: S603  our own programs
        subprocess.Popen(restore, stdout=pipe, stderr=pipe, env=around) as source,  # noqa: S603
    ):
        told = _feed(source, server, schema, before)
    if source.returncode or server.returncode:
        raise BackupFault(f"Nothing was changed: the database was not put back. {told.strip()[:600]}")


def _feed(source: Process, server: Process, schema: str, before: int | None) -> str:
    """From one into the other, between our own beginning and end; returns the errors of both."""
    reading, writing = cast("IO[bytes]", source.stdout), cast("IO[bytes]", server.stdin)
    try:
        writing.write(f"BEGIN;\nSET LOCAL client_min_messages = warning;\n{WIPE.format(schema=schema)}".encode())
        shutil.copyfileobj(reading, writing, 1024 * 1024)
        _, told = source.communicate()
        writing.write(_ending(schema, before).encode() if source.returncode == 0 else b"ROLLBACK;\n")
    except BrokenPipeError:  # psql has stopped at an error, which it tells below
        source.kill()
        _, told = source.communicate()
    return told.decode(errors="replace") + _end(server)


def _end(server: Process) -> str:
    try:
        _, told = server.communicate()
    except BrokenPipeError:
        told = server.stderr.read() if server.stderr else b""
    return told.decode(errors="replace")


def _ending(schema: str, before: int | None) -> str:
    """Moves the count of changes past any number that a process may remember, so that no page kept from before passes for a
    current one.
    """
    if before is None:
        return "\nCOMMIT;\n"
    return (
        f"\nDO $ahead$ BEGIN IF to_regclass('{schema}.{NUMBER}') IS NOT NULL THEN"  # noqa: S608  constants
        f" UPDATE {schema}.{NUMBER} SET number = greatest(abs(number), {before}) + {AHEAD}; END IF; END $ahead$;\nCOMMIT;\n"
    )
