"""What `doctor` looks at, one function each."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import psycopg

from oportuno.kernel.disarmed import is_disarmed, why_disarmed
from oportuno.kernel.embedded import make_home
from oportuno.kernel.errors import Refusal
from oportuno.kernel.home import market_home

from . import schema_state
from .database import OLDEST_SERVER, Embedded, External, database_in_use, the_database
from .group import in_a_sentence
from .market import settings_are_sound

LITTLE_SPACE, TOO_LITTLE_SPACE = 5e9, 1e9  # bytes free
WORKER_SILENT = "interval '60 seconds'"  # workers give a sign every 10
LONG_WAIT = "interval '5 minutes'"
SMTP_PORT = 587
HTTPS_PORT = 443


@dataclass(frozen=True)
class Finding:
    """How one thing is, in words, and what to do if it is not well."""

    state: Literal["ok", "warn", "bad"]
    what: str
    told: str
    advice: str = ""


def examine() -> Iterator[Finding]:
    yield Finding("ok", "python", platform.python_version())
    home = list(look_at_home())
    yield from home
    if home[0].state == "bad" and isinstance(the_database(), Embedded):
        return  # the embedded server lives there
    if _is_to_be_made():
        yield Finding("bad", "database", "there is none here yet", "Type ./oportuno up, which makes it; or set DATABASE_URL.")
        return
    try:
        with database_in_use() as database, database.connect("app") as connection:
            yield look_at_server(database, connection)
            yield look_at_tables(connection)
            yield from look_at_work(connection)
            yield look_at_settings()
    except (Refusal, psycopg.Error) as error:
        advice = "Correct DATABASE_URL." if isinstance(the_database(), External) else "Close the market and open it again."
        yield Finding("bad", "database", str(error).strip().splitlines()[0], advice)
    yield from look_at_sites()
    yield look_at_mail()


def _is_to_be_made() -> bool:
    """An embedded server that nobody has started: looking must not make it."""
    database = the_database()
    return isinstance(database, Embedded) and not database.cluster.data.exists()


def look_at_home() -> Iterator[Finding]:
    home = market_home()
    try:
        make_home(home)
        with tempfile.TemporaryFile(dir=home):
            pass
    except (OSError, Refusal) as error:
        yield Finding("bad", "home", f"{home} cannot be written in.", f"{in_a_sentence(error)}")
        return
    yield Finding("ok", "home", str(home))
    free = shutil.disk_usage(home).free
    state: Literal["ok", "warn", "bad"] = "bad" if free < TOO_LITTLE_SPACE else "warn" if free < LITTLE_SPACE else "ok"
    yield Finding(state, "disk", f"{free / 1e9:.1f} GB free", "" if state == "ok" else f"Make room on the disk of {home}.")
    if is_disarmed(home):
        yield Finding("warn", "messages", f"Nothing is sent: {why_disarmed(home)}.", "Look at the market, then type ./oportuno arm.")


def look_at_server(database: Embedded | External, connection: psycopg.Connection[Any]) -> Finding:
    version = connection.info.parameter_status("server_version") or "?"
    if connection.info.server_version < OLDEST_SERVER:
        return Finding("bad", "database", f"PostgreSQL {version} is too old.", "Use PostgreSQL 15 or newer.")
    return Finding("ok", "database", f"PostgreSQL {version}, {'embedded' if isinstance(database, Embedded) else 'of DATABASE_URL'}")


def look_at_tables(connection: psycopg.Connection[Any]) -> Finding:
    if schema_state.is_current(connection):
        return Finding("ok", "tables", "up to date")
    return Finding("bad", "tables", "not those that this version wants", "Type ./oportuno migrate; ./oportuno up does it by itself.")


def look_at_work(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    """Workers and the jobs that wait for them."""
    if _count(connection, "SELECT count(*) FROM pg_tables WHERE tablename = 'procrastinate_workers'") == 0:
        return
    alive = _count(connection, f"SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - {WORKER_SILENT}")
    if alive:
        yield Finding("ok", "worker", f"{alive} at work")
    else:
        yield Finding(
            "warn", "worker", "none is at work: mail and imports wait", "Open the market with ./oportuno up, or type ./oportuno worker."
        )
    late = f"status = 'todo' AND (scheduled_at IS NULL OR scheduled_at < now() - {LONG_WAIT})"
    waiting = _count(connection, f"SELECT count(*) FROM procrastinate_jobs WHERE {late}")
    failed = _count(connection, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if failed:
        yield Finding("warn", "jobs", f"{failed} failed, {waiting} wait", "Look at them in the workbench, under Jobs, and replay them.")
    else:
        yield Finding("ok", "jobs", f"none failed, {waiting} wait")


def look_at_settings() -> Finding:
    try:
        settings_are_sound()
    except Exception as error:
        return Finding("bad", "settings", in_a_sentence(error), "docs/operators/settings.md explains each setting.")
    return Finding("ok", "settings", os.environ.get("OPORTUNO_MODE", "development"))


def look_at_sites() -> Iterator[Finding]:
    """Whether sellers' sites have a host of their own (threat T08); development needs none."""
    if host := os.environ.get("OPORTUNO_SITES_HOST", ""):
        yield Finding("ok", "sites", f"each at a name of its own below {host}")
    elif os.environ.get("OPORTUNO_MODE") == "production":
        told = "sellers' sites lie on the market's own host: a market in production should give them one without its cookies"
        yield Finding("warn", "sites", told, "Set OPORTUNO_SITES_HOST; docs/operators/README.md says how.")


def look_at_mail() -> Finding:
    address = os.environ.get("OPORTUNO_MAIL_URL", "")
    if not address:
        return Finding("warn", "mail", "caught and shown in the workbench, not sent", "Set OPORTUNO_MAIL_URL to send it.")
    parts = urlsplit(address)
    place = (parts.hostname or "localhost", parts.port or (SMTP_PORT if parts.scheme.startswith("smtp") else HTTPS_PORT))
    try:
        socket.create_connection(place, timeout=5).close()
    except OSError as error:
        return Finding("bad", "mail", f"{place[0]}:{place[1]} does not answer ({error}).", "Correct OPORTUNO_MAIL_URL.")
    if not parts.scheme.startswith("smtp") and not os.environ.get("OPORTUNO_MAIL_HOOK_SECRET"):
        return Finding("warn", "mail", f"sent by {place[0]}, and nobody hears what comes back", "Set OPORTUNO_MAIL_HOOK_SECRET.")
    return Finding("ok", "mail", f"sent by {place[0]}:{place[1]}")


def _count(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0
