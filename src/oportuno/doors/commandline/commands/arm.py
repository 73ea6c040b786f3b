"""Let a restored market send again."""

from __future__ import annotations

import click

from oportuno.kernel.embedded import market_home

from ..backups.disarmed import FLAG


@click.command()
def command() -> None:
    """Let this market send messages again.

    A restored copy sends nothing, so that nobody gets a message twice or from two markets.
    Look at it first; when it is the one that goes on, arm it.
    """
    flag = market_home() / FLAG
    if not flag.exists():
        click.echo("This market is armed already.")
        return
    flag.unlink()
    click.echo("Armed: waiting messages go out now.")
