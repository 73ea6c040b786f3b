"""What a new cluster needs once: its roles, its database, its extensions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from psycopg import Connection, sql

from . import roles

DATABASE = "oportuno"
TEMPLATE = "template1"  # databases made later (for tests, for a restore) are copies of it

Connect = Callable[[str], Connection[Any]]


def bootstrap(connect: Connect, passwords: Mapping[str, str]) -> None:
    """Make everything as superuser; `connect` opens a database by name. May be run again after a crash."""
    with connect(TEMPLATE) as template:
        roles.make_login(template, roles.OWNER, passwords[roles.OWNER])
        roles.make_login(template, roles.APP, passwords[roles.APP])
        roles.make_entered_roles(template, roles.OWNER)
        _furnish(template)
    with connect("postgres") as server:
        _make_database(server)
    with connect(DATABASE) as database:
        roles.make_statistics(database)


def _furnish(database: Connection[Any]) -> None:
    roles.make_extensions(database)
    roles.give_default_rights(database, roles.OWNER)


def _make_database(server: Connection[Any]) -> None:
    """As a copy of the template, extensions and default rights and all."""
    with contextlib.suppress(psycopg.errors.DuplicateDatabase):
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(DATABASE), sql.Identifier(roles.OWNER), sql.Identifier(TEMPLATE)
            )
        )
