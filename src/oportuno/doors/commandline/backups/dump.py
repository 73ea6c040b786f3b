"""The database as files of pg_dump, and back."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from oportuno.kernel.embedded import roles
from oportuno.kernel.embedded.programs import clean_environment, find_programs, how_it_ended
from oportuno.kernel.errors import Refusal
from oportuno.kernel.home import market_home

from ..database import Embedded, External

WHOLE, PRIVATE, COPY = "database.dump", "private.dump", ".rows"
LOCKED = """SELECT oid::regclass::text, relkind, relispartition FROM pg_class
    WHERE relforcerowsecurity AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1"""
COLUMNS = """SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"""
HAS_TABLES = """SELECT EXISTS (SELECT 1 FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e'))"""
NOT_RESTORED = (" EXTENSION ", f"SCHEMA - {roles.STATISTICS_SCHEMA} ", " DEFAULT ACL ")  # the place itself brings them


def dump(database: Embedded | External, folder: Path) -> list[Path]:
    """Write the database into files in `folder`, all of one moment."""
    whole = folder / WHOLE
    if isinstance(database, Embedded):  # its superuser sees all rows
        _run("pg_dump", dict(database.cluster.dsn("superuser", database.name)), "-Fc", "-f", str(whole))
        return [whole]
    return _dump_as_owner(database, folder)


def restore(database: Embedded | External, folder: Path) -> None:
    """Bring back what `dump` wrote. The embedded database as it was before is gone then, and only then."""
    if isinstance(database, Embedded):
        _restore_beside(database, folder)
    else:
        database.prepare()
        _load(database.address_of("owner"), folder)


def refuse_tables(database: External) -> None:
    """An outside database is never replaced: another is made beside it with little effort, and the old one stays."""
    with database.connect("owner") as connection:
        if _one(connection, HAS_TABLES) == "True":
            raise Refusal("The database at DATABASE_URL has tables already: make a new, empty one, and restore into that.")


def _dump_as_owner(database: External, folder: Path) -> list[Path]:
    """Row-level security binds the owner too: private tables are read as the market's role, at the same moment.

    Partitions are read through their table, which alone has policies.
    """
    owner, whole, private = database.address_of("owner"), folder / WHOLE, folder / PRIVATE
    with database.connect("owner") as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        locked = connection.execute(LOCKED).fetchall()
        snapshot = f"--snapshot={_one(connection, 'SELECT pg_export_snapshot()')}"
        without = [f"--exclude-table-data={name}" for name, kind, _ in locked if kind == "r"]
        _run("pg_dump", owner, "-Fc", "-f", str(whole), snapshot, *without)
        only = [f"--table={name}" for name, kind, is_partition in locked if kind == "r" and not is_partition]
        as_market = ["--data-only", f"--role={roles.MARKET}", "--enable-row-security"]
        if only:
            _run("pg_dump", owner, "-Fc", "-f", str(private), snapshot, *as_market, *only)
        _execute(connection, "SET LOCAL ROLE {}", roles.MARKET)
        for name in (name for name, kind, _ in locked if kind == "p"):
            _copy_out(connection, name, folder / f"{name}{COPY}")
    return sorted(folder.iterdir())


def _copy_out(connection: psycopg.Connection[Any], table: str, file: Path) -> None:
    columns = _one(connection, COLUMNS, table)
    with connection.cursor() as cursor, file.open("wb") as out:
        with cursor.copy(f"COPY (SELECT {columns} FROM {table}) TO STDOUT".encode()) as rows:
            out.writelines(map(bytes, rows))


def _copy_in(connection: psycopg.Connection[Any], file: Path) -> None:
    table = file.name.removesuffix(COPY)
    columns = _one(connection, COLUMNS, table)
    with connection.cursor() as cursor, file.open("rb") as source:
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as rows:
            while chunk := source.read(2**20):
                rows.write(chunk)


def _restore_beside(database: Embedded, folder: Path) -> None:
    """Into a new database, which takes the old one's name when it is complete."""
    fresh = f"{database.name}_restoring"
    with psycopg.connect(**database.cluster.dsn("superuser", "postgres"), autocommit=True) as server:
        _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", fresh)
        _execute(server, "CREATE DATABASE {} OWNER {} TEMPLATE template1", fresh, roles.OWNER)
        _load(dict(database.cluster.dsn("owner", fresh)), folder)
        with psycopg.connect(**database.cluster.dsn("superuser", fresh), autocommit=True) as connection:
            roles.make_statistics(connection)
        with server.transaction():  # other sessions see the old one or the new one, never none
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.name])
            _execute(server, "ALTER DATABASE {} RENAME TO {}", database.name, f"{database.name}_before")
            _execute(server, "ALTER DATABASE {} RENAME TO {}", fresh, database.name)
        _execute(server, "DROP DATABASE {} WITH (FORCE)", f"{database.name}_before")


def _load(owner: Mapping[str, Any], folder: Path) -> None:
    whole, private = folder / WHOLE, folder / PRIVATE
    with _contents(whole) as contents:
        chosen = ["--no-owner", "--exit-on-error", f"--use-list={contents}", str(whole)]
        for section in ("pre-data", "data"):
            _run("pg_restore", owner, f"--section={section}", *chosen)
        if private.exists():  # before post-data, which locks the tables
            _run("pg_restore", owner, "--section=data", "--no-owner", "--exit-on-error", str(private))
        with psycopg.connect(**owner, autocommit=True) as connection:
            for file in sorted(folder.glob(f"*{COPY}")):
                _copy_in(connection, file)
        _run("pg_restore", owner, "--section=post-data", *chosen)
    with psycopg.connect(**owner, autocommit=True) as connection:
        _lift_facts(connection)
        connection.execute("ANALYZE")


def _lift_facts(connection: psycopg.Connection[Any]) -> None:
    """This server counts its transactions from elsewhere: without this, readers would pass new facts by."""
    if _one(connection, "SELECT to_regprocedure('fact_rebase()')") == "None":
        return
    with connection.transaction():  # the owner is bound by row-level security too, and has to see all facts once
        connection.execute("ALTER TABLE fact NO FORCE ROW LEVEL SECURITY")
        connection.execute("SELECT fact_rebase()")
        connection.execute("ALTER TABLE fact FORCE ROW LEVEL SECURITY")


@contextmanager
def _contents(dumped: Path) -> Iterator[Path]:
    """The list of what to restore, without what the place itself brings."""
    command = [str(_programs() / "pg_restore"), "--list", str(dumped)]
    listed = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=True).stdout
    chosen = dumped.with_suffix(".list")
    chosen.write_text("".join(f"{line}\n" for line in listed.splitlines() if not any(name in line for name in NOT_RESTORED)))
    yield chosen
    chosen.unlink()


def _run(program: str, address: Mapping[str, Any], *arguments: str) -> None:
    """The password goes by the environment: other users could read it among the arguments."""
    place = make_conninfo(**{name: value for name, value in address.items() if name != "password"})
    environment = {**clean_environment(), "PGPASSWORD": str(address.get("password") or "")}
    command = [str(_programs() / program), f"--dbname={place}", *arguments]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [how_it_ended(done.returncode)]
        raise Refusal(f"{program} failed: {said[0]}")


def _programs() -> Path:
    return find_programs(Path(os.environ.get("OPORTUNO_TEST_CLUSTER") or market_home() / "postgres"))


def _one(connection: psycopg.Connection[Any], query: str, *values: str) -> str:
    row = connection.execute(query.encode(), values).fetchone()
    return str(row[0]) if row else ""


def _execute(connection: psycopg.Connection[Any], statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]
