"""Makes the data folder of a new server."""

from __future__ import annotations

import shutil
from pathlib import Path

from . import configuration
from .passwords import make_passwords
from .programs import run_program
from .roles import SUPERUSER
from .server_user import ServerUser

# The builtin locale keeps indexes valid when the machine's C library changes its idea of order.
LOCALE = ("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")


def make_data(home: Path, programs: Path, user: ServerUser, *, durable: bool) -> None:
    """Make `home`/data, if it is not there, beside its place and renamed: a crash leaves nothing half made."""
    data, half = home / "data", home / "data.half"
    if data.exists():
        return
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    user.give(half)
    _initdb(home, programs, user, half, durable=durable)
    with (half / "postgresql.conf").open("a") as file:
        file.write(configuration.INCLUDE)
    half.rename(data)


def _initdb(home: Path, programs: Path, user: ServerUser, data: Path, *, durable: bool) -> None:
    password = home / "run" / "password"  # for the moment that initdb needs to read it
    password.unlink(missing_ok=True)
    password.touch(0o600)
    password.write_text(make_passwords(home)[SUPERUSER])
    user.give(password)
    speed = [] if durable else ["--no-sync"]
    access = ["-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={password}", "--no-instructions"]
    try:
        run_program([str(programs / "initdb"), "-D", str(data), *LOCALE, *access, *speed], user)
    finally:
        password.unlink()
