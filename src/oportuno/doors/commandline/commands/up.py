"""Open the market."""

from __future__ import annotations

import click

from ..explaining import PORT, examples
from ..opening import Opening


@click.command(
    epilog=examples("./oportuno up", "PORT=8080 ./oportuno up --no-demo", "OPORTUNO_HOME=/srv/market ./oportuno up --host 0.0.0.0")
)
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 is all.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=PORT, help="Port to listen on.")
@click.option("--demo/--no-demo", default=True, help="Fill an empty market with the demo (never in production).")
def command(host: str, port: int, demo: bool) -> None:
    """Open the market here: start what is needed and keep it running until Ctrl-C.

    Starts the database (unless DATABASE_URL names one), brings its tables up to date, fills an empty
    market with the demo, and keeps pages, worker and the catcher of outgoing mail alive. Data stays in
    OPORTUNO_HOME; a second start is quick.
    """
    Opening(host, port, demo=demo).run()
