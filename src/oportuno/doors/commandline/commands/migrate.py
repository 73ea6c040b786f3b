"""Bring the database's tables up to date."""

from __future__ import annotations

import os

import click

from .. import schema_state
from ..database import database_in_use
from ..explaining import examples


@click.command(epilog=examples("./oportuno migrate", "DATABASE_OWNER_URL=postgresql://owner:secret@db/market ./oportuno migrate --quiet"))
@click.option("--quiet", is_flag=True, help="Say nothing unless something fails.")
def command(quiet: bool) -> None:
    """Bring the database's tables up to date with this version.

    “up” does it by itself. On several machines, run it once before the new version starts; with
    DATABASE_OWNER_URL it is done by that login, and DATABASE_URL's needs no right to change tables.
    """
    os.environ["OPORTUNO_PROCESS"] = "migrate"  # the settings then connect as the tables' owner
    with database_in_use() as database:
        database.prepare()
        with database.connect("owner") as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [schema_state.MIGRATING])  # two machines, one after the other
            _migrate(verbosity=0 if quiet else 1)
            schema_state.remember(connection)
    if not quiet:
        click.echo("The tables are up to date.")


def _migrate(*, verbosity: int) -> None:
    from ..market import with_django

    with_django("migrate")
    from oportuno.kernel import schema

    schema.migrate(verbosity=verbosity)
