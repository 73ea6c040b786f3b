"""The places on pages that other applications fill."""

from __future__ import annotations

import click

from ..explaining import examples
from ..market import with_django


@click.command(epilog=examples("./oportuno slots"))
def command() -> None:
    """List each slot, where it is, and who fills it."""
    with_django()
    from oportuno.kernel.slots import all_slots

    for slot in all_slots():
        click.echo(f"{slot.name}\n    {slot.where}" + (f"\n    takes {slot.takes}" if slot.takes else ""))
        for order, filler in slot.fillers:
            click.echo(f"    {order:>4}  {filler.__module__}.{filler.__qualname__}")
        if not slot.fillers:
            click.echo("          (empty)")
