"""Roles, rights and extensions that every Oportuno database has, embedded or not.

    oportuno_owner     owns the schema and migrates              (embedded server only; outside: the migrating login)
    oportuno_app       what web and worker act as; owns nothing, cannot bypass row-level security
    oportuno_market    entered by SET LOCAL ROLE: the market's staff, across organisations
    oportuno_public    entered by SET LOCAL ROLE: what anybody may see
    oportuno_person    entered by SET LOCAL ROLE: what one person owns across organisations

Everything here may be run again and changes nothing then.
"""

from __future__ import annotations

from typing import Any, LiteralString

from psycopg import Connection, sql
from psycopg.errors import FeatureNotSupported, InsufficientPrivilege, UndefinedFile

from .problems import ClusterProblem

SUPERUSER = "postgres"
OWNER = "oportuno_owner"
APP = "oportuno_app"
MARKET = "oportuno_market"
PUBLIC = "oportuno_public"
PERSON = "oportuno_person"
ENTERED = (MARKET, PUBLIC, PERSON)

EXTENSIONS = ("pg_trgm", "unaccent", "citext", "btree_gin", "btree_gist")
OPTIONAL_EXTENSIONS = ("vector",)  # a server may lack it, or let superusers alone add it; nothing breaks without
STATISTICS_SCHEMA = "statistics"  # apart, so that rights on all of "public" can be given by the owner

PER_GRANT_OPTIONS = 160000  # server version from which GRANT says WITH INHERIT and WITH SET
DIRECT_MEMBER = """
    SELECT 1 FROM pg_auth_members m
    JOIN pg_roles entered ON entered.oid = m.roleid JOIN pg_roles member ON member.oid = m.member
    WHERE entered.rolname = %s AND member.rolname = %s"""


def make_login(connection: Connection[Any], role: str, password: str) -> None:
    """Make `role` a login without any special power, with this password."""
    _make_role(connection, role)
    _run(
        connection,
        "ALTER ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}",
        sql.Identifier(role),
        sql.Literal(password),
    )


def make_entered_roles(connection: Connection[Any], *members: str) -> None:
    """Make the application's role and those entered by SET ROLE; let each of `members` enter them all.

    `members` are logins. A login that is a superuser needs no grant, and gets none.
    """
    try:
        for role in (APP, *ENTERED):
            _make_role(connection, role)
        for role in ENTERED:
            _let_enter(connection, role, APP)
        for member in members:
            for role in (APP, *ENTERED):
                _let_enter(connection, role, member)
    except InsufficientPrivilege as error:
        raise ClusterProblem(
            f"The login that migrates may not make the roles {', '.join((APP, *ENTERED))}: "
            f"give it CREATEROLE, or have the roles made and granted to it by the database's administrator."
        ) from error


def make_extensions(connection: Connection[Any]) -> None:
    """The others are trusted: whoever owns the database may add them."""
    for name in (*EXTENSIONS, *OPTIONAL_EXTENSIONS):
        try:
            _run(connection, "CREATE EXTENSION IF NOT EXISTS {}", sql.Identifier(name))
        except (InsufficientPrivilege, FeatureNotSupported, UndefinedFile) as error:
            if name in EXTENSIONS:
                raise ClusterProblem(
                    f"The database lacks the extension {name}, and it cannot be added by us: have its administrator add it."
                ) from error


def make_statistics(connection: Connection[Any]) -> None:
    """Query statistics, for superusers only."""
    schema = sql.Identifier(STATISTICS_SCHEMA)
    _run(connection, "CREATE SCHEMA IF NOT EXISTS {}", schema)
    _run(connection, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA {}", schema)


def give_default_rights(connection: Connection[Any], owner: str) -> None:
    """Tables that `owner` makes from now on in "public" may be used by the application's roles.

    Row-level security decides which rows; a table that is to be append-only takes rights away itself.
    """
    start = "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public "
    writers = sql.SQL(", ").join(map(sql.Identifier, (APP, MARKET, PERSON)))
    everyone = sql.SQL(", ").join(map(sql.Identifier, (APP, *ENTERED)))
    _run(connection, "GRANT USAGE ON SCHEMA public TO {}", everyone)
    _run(connection, start + "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}", sql.Identifier(owner), writers)
    _run(connection, start + "GRANT USAGE, SELECT ON SEQUENCES TO {}", sql.Identifier(owner), writers)
    _run(connection, start + "GRANT SELECT ON TABLES TO {}", sql.Identifier(owner), sql.Identifier(PUBLIC))


def _make_role(connection: Connection[Any], role: str) -> None:
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        # NOINHERIT: before version 16 this is what keeps a member from having the rights without entering
        _run(connection, "CREATE ROLE {} NOLOGIN NOINHERIT", sql.Identifier(role))


def _let_enter(connection: Connection[Any], role: str, member: str) -> None:
    """`member` may SET ROLE to `role`, but has none of its rights before."""
    if role == member or _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolsuper", member):
        return
    if _may_enter(connection, role, member):
        return
    options = " WITH INHERIT FALSE, SET TRUE" if connection.info.server_version >= PER_GRANT_OPTIONS else ""
    _run(connection, "GRANT {} TO {}" + options, sql.Identifier(role), sql.Identifier(member))


def _may_enter(connection: Connection[Any], role: str, member: str) -> bool:
    with_set = " AND set_option" if connection.info.server_version >= PER_GRANT_OPTIONS else ""
    return _exists(connection, f"{DIRECT_MEMBER}{with_set}", role, member)


def _exists(connection: Connection[Any], query: str, *values: str) -> bool:
    return connection.execute(query.encode(), values).fetchone() is not None


def _run(connection: Connection[Any], statement: LiteralString, *parts: sql.Composable) -> None:
    connection.execute(sql.SQL(statement).format(*parts))
