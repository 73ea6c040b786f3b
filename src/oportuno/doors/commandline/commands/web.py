"""Serve pages."""

from __future__ import annotations

import os

import click

from ..explaining import PORT, examples
from ..supervisor import SUPERVISED

THREADS = 4  # per process: more only take the interpreter from each other; the process's pool holds 12 connections
DRAIN = 25  # seconds for requests under way when it is asked to stop


@click.command(epilog=examples("./oportuno web --host 0.0.0.0 --port 8000 --processes 4"))
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 is all.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=PORT, help="Port to listen on.")
@click.option("--processes", envvar="OPORTUNO_WEB_PROCESSES", type=click.IntRange(1), help="1 in development, else 2.")
def command(host: str, port: int, processes: int | None) -> None:
    """Serve the market's pages until Ctrl-C.

    “up” runs this beside a worker. Run it alone on each web machine of a larger installation.
    """
    os.environ["OPORTUNO_PROCESS"] = "web"
    in_production = os.environ.get("OPORTUNO_MODE") == "production"
    workers = processes or (2 if in_production else 1)
    if SUPERVISED in os.environ:  # then this process only watches over those that serve: it holds nothing else
        serve(host, port, workers)
        return
    from ..database import database_in_use
    from ..market import bring_up_to_date, settings_are_sound

    with database_in_use() as database:
        bring_up_to_date(database)
        settings_are_sound()
        serve(host, port, workers)


def serve(host: str, port: int, workers: int) -> None:
    """Until it is told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "oportuno.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=DRAIN,
    ).serve()
