"""The market's database as a command meets it: the embedded server, or the one DATABASE_URL names."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import psycopg

from oportuno.kernel.embedded import DATABASE, Cluster, ClusterProblem, main_cluster_home, read_address, roles

from .supervisor import SUPERVISED

Login = Literal["owner", "app"]
OLDEST_SERVER = 150000


class Database(Protocol):
    def in_use(self) -> AbstractContextManager[object]:
        """Have it running meanwhile."""

    def connect(self, login: Login) -> psycopg.Connection[Any]:
        """A connection that commits each statement, unless a transaction is opened."""

    def prepare(self) -> None:
        """See to roles, extensions and rights, before migrating."""


@dataclass(frozen=True)
class Embedded:
    cluster: Cluster
    name: str = DATABASE

    def in_use(self) -> AbstractContextManager[object]:
        return self.cluster.in_use()

    def connect(self, login: Login) -> psycopg.Connection[Any]:
        return psycopg.connect(**self.cluster.dsn(login, self.name), autocommit=True)

    def prepare(self) -> None:
        """The cluster did it when it was made."""


@dataclass(frozen=True)
class External:
    """Two addresses, or one login for both: then the application gives up its rights as it connects."""

    address: str
    owner_address: str

    def in_use(self) -> AbstractContextManager[object]:
        return contextlib.nullcontext()

    def connect(self, login: Login) -> psycopg.Connection[Any]:
        found: dict[str, Any] = dict(self.address_of(login))
        if login == "app":
            found["options"] = f"{found.get('options') or ''} -c role={roles.APP}".strip()
        return self._open(found)

    def prepare(self) -> None:
        with self._open(self.address_of("owner")) as connection:
            if connection.info.server_version < OLDEST_SERVER:
                raise ClusterProblem("The server at DATABASE_URL is too old: PostgreSQL 15 or newer is needed.")
            owner = connection.info.user
            roles.make_entered_roles(connection, owner, str(self.address_of("app").get("user") or owner))
            roles.make_extensions(connection)
            roles.give_default_rights(connection, owner)

    def address_of(self, login: Login) -> dict[str, Any]:
        return read_address(self.owner_address if login == "owner" and self.owner_address else self.address)

    def _open(self, found: dict[str, Any]) -> psycopg.Connection[Any]:
        return psycopg.connect(**found, connect_timeout=10, autocommit=True)


def the_database() -> Embedded | External:
    """As the environment says. Tests name a cluster and a database of their own."""
    if test_cluster := os.environ.get("OPORTUNO_TEST_CLUSTER"):
        name = os.environ.get("OPORTUNO_TEST_DATABASE", DATABASE)
        return Embedded(Cluster(Path(test_cluster), durable=False), name)
    if address := os.environ.get("DATABASE_URL") or os.environ.get("OPORTUNO_DATABASE_URL"):
        owner = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("OPORTUNO_DATABASE_OWNER_URL") or ""
        return External(address, owner)
    return Embedded(Cluster(main_cluster_home()))


@contextlib.contextmanager
def database_in_use() -> Iterator[Embedded | External]:
    """The database runs meanwhile; a child of `up` leaves that to its parent."""
    database = the_database()
    supervised: AbstractContextManager[object] = contextlib.nullcontext()
    with supervised if SUPERVISED in os.environ else database.in_use():
        yield database
