"""Erase again whom an older backup brought back."""

from __future__ import annotations

import click

from oportuno.kernel.home import market_home

from ..explaining import examples
from ..market import market


@click.command(epilog=examples("./oportuno forget"))
def command() -> None:
    """Erase again everybody who was erased since the backup was made.

    “restore” and “up” do it by themselves; to do it once more harms nothing.
    """
    home = market_home()
    with market():
        from oportuno.kernel import forgotten
        from oportuno.kernel.clock import now
        from oportuno.people.audience.api import erase_contacts_again
        from oportuno.people.organisations.api import erase_people_again

        erasures = forgotten.noted(home)
        people = erase_people_again(erasures, at=now())
        contacts = erase_contacts_again(erasures, at=now())
        forgotten.settled(home)
    if people.erased or contacts:
        click.echo(f"Erased again: {people.erased} accounts, {contacts} contacts.")
    for name in people.without_owner:
        click.echo(f"{name} has no owner any more: its last one was erased.")
