"""A backup and its restore, step by step."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from oportuno.kernel.disarmed import disarm
from oportuno.kernel.embedded import make_home
from oportuno.kernel.errors import Refusal
from oportuno.kernel.forgotten import LIST, owe

from .. import schema_state
from ..database import Embedded, External
from ..explaining import when_interrupted
from ..places import is_open
from . import archive, dump

AS_BEFORE = "The market here is the one of before, and sends nothing: restore again, or go on with it by “./oportuno arm”."
HALF_FILLED = "The database at DATABASE_URL is half filled: make a new, empty one, and restore into that."


def back_up(database: Embedded | External, home: Path, file: Path) -> None:
    """Write the market into `file`. The market may be open meanwhile."""
    if file.exists():
        raise Refusal(f"{file} exists already; choose another name, or remove it first.")
    if not file.parent.is_dir():
        raise Refusal(f"There is no folder {file.parent} to write into.")
    make_home(home)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home) as folder:
        click.echo("Reading the database …", err=True)
        dumped = dump.dump(database, Path(folder))
        kept = _files_of(home)
        total = sum(one.stat().st_size for one in (*dumped, *kept))
        with _bar("Writing", total) as bar, archive.written(file, bar.update) as out:
            out.add_bytes(archive.MANIFEST, json.dumps(_manifest(database, dumped, kept), indent=1).encode())
            for one in dumped:
                out.add_file(one.name, one)
            for one in kept:
                out.add_file(str(one.relative_to(home)), one)


def bring_back(database: Embedded | External, home: Path, file: Path, *, overwrite: bool) -> dict[str, Any]:
    """Replace the market by the one in `file`, disarmed; the manifest says what it was. Nothing changes before it is verified."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    if is_open(home):
        raise Refusal("The market is open: close it with Ctrl-C first, then restore.")
    with _bar("Checking", file.stat().st_size) as bar:
        manifest = archive.verify(file, bar.update)
    _refuse_to_destroy(database, overwrite=overwrite)
    make_home(home)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as folder:
        with _bar("Unpacking", file.stat().st_size) as bar:
            archive.extract(file, Path(folder), bar.update)
        disarm(home, f"restored {datetime.now(UTC):%Y-%m-%d %H:%M} UTC from a backup of {manifest['made_at']}")
        owe(home, Path(folder) / LIST)
        click.echo("Restoring the database …", err=True)
        with when_interrupted(AS_BEFORE if isinstance(database, Embedded) else HALF_FILLED):
            dump.restore(database, Path(folder))
        _swap(home, Path(folder))
    return manifest


def _manifest(database: Embedded | External, dumped: list[Path], kept: list[Path]) -> dict[str, Any]:
    with database.connect("app") as connection:
        server = connection.info.parameter_status("server_version")
    return {
        "format": archive.FORMAT,
        "made_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "oportuno": _version(),
        "postgresql": server,
        "schema": schema_state.fingerprint(),
        "parts": {one.name: {"bytes": one.stat().st_size, "sha256": archive.sha256(one)} for one in dumped},
        "files": {"count": len(kept), "bytes": sum(one.stat().st_size for one in kept)},
    }


def _version() -> str:
    try:
        return importlib.metadata.version("oportuno")
    except importlib.metadata.PackageNotFoundError:
        return "from a checkout"


def _files_of(home: Path) -> list[Path]:
    """Everything of the market's that is not in its database."""
    found = {one for folder in archive.FOLDERS for one in (home / folder).rglob("*")} | {home / archive.SIGN_INS, home / LIST}
    return sorted(one for one in found if one.is_file() and not one.is_symlink())


def _refuse_to_destroy(database: Embedded | External, *, overwrite: bool) -> None:
    if isinstance(database, External):
        dump.refuse_tables(database)
        return
    with database.connect("app") as connection:
        if schema_state.holds_organisations(connection) and not overwrite:
            raise Refusal("There is a market here already: --yes replaces it by the one in the file, for good.")


def _swap(home: Path, folder: Path) -> None:
    """Put the restored files in the place of those that are here."""
    before = folder / "before"
    before.mkdir()
    for name in (*archive.FOLDERS, archive.SIGN_INS):
        if (home / name).exists():
            (home / name).rename(before / name)
        if (folder / name).exists():
            (folder / name).rename(home / name)
    shutil.rmtree(before, ignore_errors=True)


def _bar(label: str, total: int) -> Any:
    return click.progressbar(length=max(total, 1), label=f"{label:<10}", file=sys.stderr, show_eta=True)
