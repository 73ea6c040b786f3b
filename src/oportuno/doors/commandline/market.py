"""What most commands need: the database running, its schema current, Django set up.

with market():
    from oportuno.offer.catalogue import api
    …
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from . import schema_state
from .database import Embedded, External, database_in_use
from .supervisor import SUPERVISED

COMMAND_LINE = [sys.executable, "-m", "oportuno.doors.commandline"]
PACKAGE = schema_state.PACKAGE


@contextlib.contextmanager
def market(process: str = "command") -> Iterator[None]:
    """Everything is ready for Django's models. `process` tells the settings who is asking."""
    with database_in_use() as database:
        if SUPERVISED not in os.environ:
            bring_up_to_date(database)
        with_django(process)
        yield


def with_django(process: str = "command") -> None:
    """Set Django up. It asks for no connection, but the settings want the embedded server's passwords."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oportuno.config.settings")
    os.environ.setdefault("OPORTUNO_PROCESS", process)
    compile_messages()
    import django

    django.setup()


def settings_are_careful() -> None:
    """Refuse careless settings before anything is made. What else they need, such as a database's passwords, is not there yet."""
    importlib.import_module("oportuno.config.env").Env()


def settings_are_sound() -> None:
    """Let careless settings refuse here, in a sentence; the web processes are started only then, and load Django themselves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oportuno.config.settings")
    from django.conf import settings

    settings.DEBUG  # noqa: B018  # the first question loads them


def bring_up_to_date(database: Embedded | External) -> None:
    """Migrate if this code wants another schema. In a process of its own: another role owns the tables."""
    with database.connect("app") if _application_exists(database) else contextlib.nullcontext() as connection:
        if connection is not None and schema_state.is_current(connection):
            return
    click.echo("Preparing the database's tables …", err=True)
    environment = {**os.environ, "OPORTUNO_PROCESS": "migrate", SUPERVISED: "1"}
    done = subprocess.run([*COMMAND_LINE, "migrate", "--quiet"], env=environment)
    if done.returncode:
        sys.exit(1)  # it has said why


def compile_messages() -> None:
    """Translate our sentences for the machine, if a translator changed them since."""
    if all(_is_compiled(file) for file in PACKAGE.glob("**/locale/**/*.po")):
        return
    if importlib.util.find_spec("oportuno.kernel.messages") is not None:
        from oportuno.kernel import messages

        messages.compile_all()


def _is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def _application_exists(database: Embedded | External) -> bool:
    """In an outside database the application's role is made by the first migration."""
    if isinstance(database, Embedded):
        return True
    with database.connect("owner") as connection:
        return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'oportuno_app'").fetchone() is not None
