"""Messages and their Spanish."""

from __future__ import annotations

import click

from ..market import with_django


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; list what lacks its Spanish, exit code 1 if anything does.")
def command(check: bool) -> None:
    """Gather the messages of the code into each application's locale/es, and compile them.

    Translations that are there stay; new messages come with an empty Spanish to be filled in.
    """
    with_django()
    from oportuno.kernel import messages

    if not check:
        messages.update_all()
        messages.compile_all()
    missing = messages.untranslated()
    for one in missing:
        click.echo(f"{one.application}: {one.message}")
    click.echo(f"{len(missing)} messages lack their Spanish.")
    if missing:
        raise SystemExit(1)
