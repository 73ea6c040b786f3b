"""Bring back a market from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from oportuno.kernel.forgotten import is_owed
from oportuno.kernel.home import market_home

from ..backups.saving import bring_back
from ..database import database_in_use
from ..explaining import examples
from ..market import bring_up_to_date
from ..opening import run_command


@click.command(epilog=examples("./oportuno restore /srv/backups/market-2026-03-01.backup --yes"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Replace the market that is here, for good.")
def command(file: Path, yes: bool) -> None:
    """Replace the market here by the one in FILE, which “backup” wrote.

    FILE is verified before anything changes. The restored market is disarmed: it sends no message until
    you have looked at it and typed “./oportuno arm”. Whoever was erased since FILE was made is erased again. Close the market before you restore.
    """
    with database_in_use() as database:
        manifest = bring_back(database, market_home(), file.absolute(), overwrite=yes)
        if is_owed(market_home()):
            bring_up_to_date(database)
            run_command("forget")
    click.echo(f"The market of {manifest['made_at']} is back, disarmed: look at it with “./oportuno up”, then “./oportuno arm”.")
