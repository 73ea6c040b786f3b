"""Whether what must always hold, holds."""

from __future__ import annotations

import json

import click

from ..explaining import examples
from ..market import market


@click.command(epilog=examples("./oportuno invariants", "./oportuno invariants --json"))
@click.option("--json", "as_json", is_flag=True, help="As JSON: violations by name.")
def command(as_json: bool) -> None:
    """Count where the market's promises do not hold: stock, publication, audit chain and more. 0 is well.

    Exit code 1 when anything is amiss.
    """
    with market():
        from oportuno.kernel.invariants import promises, violations

        found = violations()
        if as_json:
            click.echo(json.dumps(found))
        else:
            for name, promise in promises().items():
                click.echo(f"{found[name]:>8}  {promise}")
            click.echo(f"{sum(found.values()):>8}  in total")
    if any(found.values()):
        raise SystemExit(1)
