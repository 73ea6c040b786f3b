"""Do waiting jobs."""

from __future__ import annotations

import os

import click

from ..explaining import examples
from ..market import market


@click.command(epilog=examples("./oportuno worker"))
def command() -> None:
    """Do the market's waiting jobs until Ctrl-C: mail, imports, reminders, readers of the fact log.

    “up” runs one. Run as many as you like, on any machine that reaches the database.
    """
    os.environ["OPORTUNO_PROCESS"] = "worker"
    with market("worker"):
        from oportuno.kernel.jobs import worker

        worker.run()
