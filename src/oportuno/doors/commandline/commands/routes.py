"""Every address and who may use it."""

from __future__ import annotations

import json

import click

from ..explaining import examples
from ..market import with_django


@click.command(epilog=examples("./oportuno routes", "./oportuno routes --json"))
@click.option("--json", "as_json", is_flag=True, help="As JSON: path, name and policy of each.")
def command(as_json: bool) -> None:
    """List every address of the market with its policy: who may use it.

    Exit code 1 when an address declares none.
    """
    with_django()
    from oportuno.kernel.routes import all_routes

    routes = all_routes()
    undeclared = [route for route in routes if route.policy is None]
    if as_json:
        click.echo(json.dumps([route.as_json() for route in routes], indent=1, ensure_ascii=False))
    else:
        for route in routes:
            policy = route.policy
            click.echo(f"{policy.audience if policy else 'UNDECLARED':<10} {policy.permission if policy else '':<20} /{route.path}")
    if undeclared:
        raise SystemExit(1)
