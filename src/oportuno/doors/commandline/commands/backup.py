"""Write the whole market into one file."""

from __future__ import annotations

from pathlib import Path

import click

from oportuno.kernel.home import market_home

from ..backups.saving import back_up
from ..database import database_in_use
from ..explaining import examples, when_interrupted


@click.command(epilog=examples("./oportuno backup /srv/backups/market-2026-03-01.backup"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    """Write the whole market, its database and its files, into FILE.

    The market may stay open. FILE holds personal data and is readable by you alone: keep it safe.
    “restore” finds out by itself whether a file was damaged.
    """
    with database_in_use() as database, when_interrupted("No file was written."):
        back_up(database, market_home(), file.absolute())
    click.echo(f"The market is in {file} ({file.stat().st_size / 1e6:,.1f} MB).")
