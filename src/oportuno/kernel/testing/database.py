"""A template database per state of the schema; a clone of it in a tenth of a second."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from oportuno.kernel.embedded import Cluster

SOURCE = Path(__file__).resolve().parents[2]


def database_name(worker: str) -> str:
    """A name of this process's own: several people may test in one checkout at once."""
    return f"test_{os.getppid() if worker != 'main' else os.getpid()}_{worker}"


@cache
def schema_hash() -> str:
    """Changes when any migration, or the code that runs after migrating, changes; a process sees it once, and clones hundreds of times."""
    files = [
        *SOURCE.glob("**/migrations/*.py"),
        *SOURCE.glob("**/facts.py"),
        *SOURCE.glob("**/reactions.py"),
        *SOURCE.glob("**/isolation/*.py"),
        SOURCE / "kernel/schema.py",
    ]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(SOURCE)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def make_template(cluster: Cluster) -> str:
    """The name of the template for today's schema; built once, under a lock, and renamed only when complete."""
    name = f"template_{schema_hash()}"
    with open(cluster.home / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _connect(cluster) as connection:
            if _exists(connection, name):
                return name
            draft = f"draft_{os.getpid()}"
            _drop(connection, draft)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER oportuno_owner TEMPLATE template1").format(sql.Identifier(draft)))
            _migrate(draft)
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))
            _forget_old_templates(connection)
    return name


def clone(cluster: Cluster, name: str) -> None:
    """Make database `name` anew from the template."""
    template = make_template(cluster)
    with _connect(cluster) as connection:
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER oportuno_owner TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def drop(cluster: Cluster, name: str) -> None:
    with _connect(cluster) as connection:
        _drop(connection, name)


def _connect(cluster: Cluster) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(**cluster.dsn("superuser", "postgres"), autocommit=True)


def _exists(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrate(name: str) -> None:
    """In a process of its own: this one is the application, which may not create tables."""
    environment = {**os.environ, "OPORTUNO_PROCESS": "migrate", "OPORTUNO_TEST_DATABASE": name}
    code = "import django; django.setup(); from oportuno.kernel.schema import migrate; migrate()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the test database cannot be migrated:\n{done.stderr[-4000:]}")


def _forget_old_templates(connection: psycopg.Connection[tuple[object, ...]], keep: int = 6) -> None:
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%' ORDER BY oid DESC").fetchall()
    for (name,) in rows[keep:]:
        _drop(connection, str(name))
