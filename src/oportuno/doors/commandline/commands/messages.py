"""Messages and their Spanish."""

from __future__ import annotations

import click

from ..explaining import examples
from ..market import with_django


@click.command(epilog=examples("./oportuno messages", "./oportuno messages --check"))
@click.option("--check", is_flag=True, help="Change nothing; list what lacks its Spanish or has two, exit code 1 if anything does.")
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
    twofold = messages.overruled()
    for other in twofold:
        click.echo(str(other))
    click.echo(f"{len(missing)} messages lack their Spanish; {len(twofold)} have another Spanish in an application before.")
    if missing or twofold:
        raise SystemExit(1)
