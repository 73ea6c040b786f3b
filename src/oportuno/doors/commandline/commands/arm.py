"""Let a restored market send again."""

from __future__ import annotations

import click

from oportuno.kernel.disarmed import arm
from oportuno.kernel.home import market_home

from ..explaining import examples


@click.command(epilog=examples("./oportuno arm"))
def command() -> None:
    """Let this market send messages again.

    A restored copy sends nothing, so that nobody gets a message twice or from two markets.
    Look at it first; when it is the one that goes on, arm it.
    """
    click.echo("Armed: waiting messages go out now." if arm(market_home()) else "This market is armed already.")
