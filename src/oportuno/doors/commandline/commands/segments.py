"""Asking how many contacts conditions mean."""

from __future__ import annotations

import json
import sys

import click

from ..explaining import examples
from ..market import with_django
from ..sellers import the_organisation

EXAMPLE = """./oportuno segments count rosales-de-alba '{"match": "all", "of": [{"what": "place", "op": "is", "value": ["Bogotá"]}]}'"""


@click.group(epilog=examples(EXAMPLE))
def command() -> None:
    """Look at segments: whom do conditions mean?"""


@command.command("count", epilog=examples(EXAMPLE))
@click.argument("organisation")
@click.argument("tree")
def count(organisation: str, tree: str) -> None:
    """Count the contacts of ORGANISATION (its slug) whom TREE means, conditions as JSON; - reads them from standard input.

    Prints JSON: count. docs/api/README.md tells which conditions there are.
    """
    words = sys.stdin.read() if tree == "-" else tree
    with_django()
    from django.utils.translation import override

    from oportuno.kernel.clock import now
    from oportuno.kernel.errors import Refusal
    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.segments import api

    found = the_organisation(organisation)
    try:
        with for_organisation(found.pk), override("en"):
            click.echo(json.dumps({"count": api.count_meant(found.pk, json.loads(words), at=now())}))
    except json.JSONDecodeError as mistake:
        raise click.ClickException(f"This is no JSON: {mistake}.") from mistake
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
