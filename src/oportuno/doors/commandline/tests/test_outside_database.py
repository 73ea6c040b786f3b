"""It works with a database server that is not ours, through one login or two, without a superuser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from oportuno.doors.commandline.backups.saving import back_up, bring_back
from oportuno.doors.commandline.database import External
from oportuno.kernel.embedded import Cluster
from oportuno.kernel.embedded.roles import APP, ENTERED
from oportuno.kernel.errors import Refusal

PRIVATE = """
    CREATE TABLE secret (organisation_id int, word text);
    ALTER TABLE secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY own ON secret TO oportuno_app USING (organisation_id = NULLIF(current_setting('app.organisation', true), '')::int);
    CREATE POLICY market ON secret TO oportuno_market USING (true) WITH CHECK (true);
    CREATE TABLE organisation (slug text);
"""


@pytest.fixture
def server() -> Iterator[psycopg.Connection[Any]]:
    """The tests' server, whose roles are shared: the logins made here may enter them, as a database's administrator would arrange."""
    cluster = Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False)
    with psycopg.connect(**cluster.dsn("superuser", "postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def outside(server: psycopg.Connection[Any]) -> Iterator[list[External]]:
    """Two empty databases of one login, which may create roles and nothing else."""
    login, names = f"darc_{os.getpid()}", [f"outside_{os.getpid()}_{n}" for n in range(2)]
    run(server, "CREATE ROLE {} LOGIN CREATEROLE PASSWORD 'x'", login)
    for role in (APP, *ENTERED):
        run(server, "GRANT {} TO {} WITH ADMIN OPTION, INHERIT FALSE, SET TRUE", role, login)
    for name in names:
        run(server, "CREATE DATABASE {} OWNER {} TEMPLATE template0", name, login)  # bare, as others' databases are
    place = {"host": server.info.host, "port": server.info.port, "user": login, "password": "x"}
    yield [External(make_conninfo(**place, dbname=name), "") for name in names]
    for name in names:
        run(server, "DROP DATABASE {} WITH (FORCE)", name)
    run(server, "DROP ROLE {}", login)


def run(server: psycopg.Connection[Any], statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def fill(database: External) -> None:
    database.prepare()
    with database.connect("owner") as connection:
        connection.execute(PRIVATE)
    with database.connect("app") as connection, connection.transaction():
        connection.execute("SET LOCAL ROLE oportuno_market")
        connection.execute("INSERT INTO secret VALUES (1, 'rosa'), (2, 'clavel')")


def test_it_gives_up_its_rights_as_it_connects(outside: list[External]) -> None:
    fill(outside[0])
    with outside[0].connect("app") as connection:
        assert connection.execute("SELECT current_user").fetchone() == (APP,)
        assert connection.execute("SELECT count(*) FROM secret").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE secret")


def test_it_may_be_prepared_again(outside: list[External]) -> None:
    outside[0].prepare()
    outside[0].prepare()


def test_it_backs_up_rows_that_the_owner_may_not_see(outside: list[External], tmp_path: Path) -> None:
    fill(outside[0])
    back_up(outside[0], tmp_path, tmp_path / "market.backup")
    bring_back(outside[1], tmp_path, tmp_path / "market.backup", overwrite=False)
    with outside[1].connect("app") as connection, connection.transaction():
        assert connection.execute("SELECT count(*) FROM secret").fetchone() == (0,)
        connection.execute("SET LOCAL ROLE oportuno_market")
        assert connection.execute("SELECT string_agg(word, ' ' ORDER BY word) FROM secret").fetchone() == ("clavel rosa",)


def test_it_never_replaces_an_outside_database(outside: list[External], tmp_path: Path) -> None:
    fill(outside[0])
    back_up(outside[0], tmp_path, tmp_path / "market.backup")
    with pytest.raises(Refusal, match="make a new, empty one"):
        bring_back(outside[0], tmp_path, tmp_path / "market.backup", overwrite=True)
