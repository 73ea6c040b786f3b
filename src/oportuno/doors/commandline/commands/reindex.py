"""Putting everything into search again."""

from __future__ import annotations

import sys

import click

from ..explaining import examples, when_interrupted
from ..market import market


@click.command(epilog=examples("./oportuno reindex", "./oportuno reindex products"))
@click.argument("sorts", nargs=-1, metavar="[SORT]...")
def command(sorts: tuple[str, ...]) -> None:
    """Put everything into search again, or only these SORTs of things, such as products.

    The market does this by itself, within five minutes, when a new version finds things otherwise. Pages are found all the while.
    """
    with market():
        from oportuno.offer.search import api

        known = {one.name: one for one in api.feeders()}
        if strange := [name for name in sorts if name not in known]:
            raise click.UsageError(f"Nothing is called {strange[0]}; there are {', '.join(known)}.")
        for name in sorts or known:
            _feed(known[name])


def _feed(feeder: object) -> None:
    from oportuno.kernel.clock import now
    from oportuno.kernel.isolation import for_market
    from oportuno.offer.search import api

    assert isinstance(feeder, api.Feeder)
    done = 0
    with for_market("everything is put into search again"):
        api.feed_anew(feeder)
    with when_interrupted("Type the same again, or let the running market go on from here."):
        while True:
            with for_market("everything is put into search again"):
                seen = api.feed_next(feeder, at=now())
            if not seen:
                break
            done += seen
            if sys.stderr.isatty():
                click.echo(f"\r{feeder.name}: {done:,} …   ", nl=False, err=True)
    click.echo(f"{feeder.name}: {done:,}")
