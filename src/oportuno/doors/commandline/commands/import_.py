"""Bringing files in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ..explaining import examples, when_interrupted
from ..market import market
from ..sellers import the_seller

SHOWN = 20  # sentences on the screen; --json has them all
PROMISED = ("new", "changed", "same", "wrong", "problems")
"""What other programs may count on; more words of ours would only be in their way."""


@click.group(epilog=examples("./oportuno import catalogue products.csv --seller rosales-de-alba --dry-run"))
def command() -> None:
    """Bring a file of yours into the market."""


@command.command(
    "catalogue",
    epilog=examples(
        "./oportuno import catalogue products.csv --seller rosales-de-alba --dry-run",
        "./oportuno import catalogue products.xlsx --seller rosales-de-alba --all-or-nothing",
        "./oportuno import catalogue shop.jsonl.gz --seller rosales-de-alba --currency USD --language en --json",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seller", required=True, metavar="SLUG", help="Whose catalogue it is: the seller's address, as in /v/SLUG/.")
@click.option("--dry-run", is_flag=True, help="Only say what would change; write nothing.")
@click.option(
    "--keep-good/--all-or-nothing",
    default=True,
    help="Rows that are right go in even if others are wrong (that is the default), or none does.",
)
@click.option("--language", type=click.Choice(["es", "en"]), help="Of titles and texts whose column does not say; guessed otherwise.")
@click.option("--currency", metavar="CODE", help="Of prices that name none, such as COP, MXN, USD; the seller's otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Only JSON: new, changed, same, wrong, problems.")
def catalogue(file: Path, seller: str, dry_run: bool, keep_good: bool, language: str | None, currency: str | None, as_json: bool) -> int:
    """Bring the products of FILE into a seller's catalogue.

    FILE is CSV, Excel (.xlsx) or JSON Lines, plain or packed (.gz, .xz): our own table, WooCommerce's or Shopify's export,
    or objects with id, title and price. Running it again changes nothing; after a power cut, run it again too.
    Exit code 1 when any row is wrong.
    """
    with market():
        from django.utils.translation import override

        from oportuno.kernel.clock import now
        from oportuno.kernel.isolation import for_organisation
        from oportuno.kernel.jobs import Lease
        from oportuno.offer.catalogue import api

        owner = the_seller(seller)
        with for_organisation(owner.pk), override("en"):  # as all that the command line says
            run = api.start_import(
                name=file.name, path=file.resolve(), at=now(), currency=(currency or owner.currency).upper(),
                dry_run=dry_run, keep_good=keep_good, language=language or "",
            )  # fmt: skip
        with when_interrupted("What went in so far stays; type the same again and the rest goes in."):
            done = api.run_import(Lease(0, 0, owner.pk, "import catalogue"), run.pk, progress=None if as_json else _progress)
        with for_organisation(owner.pk), override("en"):
            told = _told(done)
    if as_json:
        click.echo(json.dumps({key: told[key] for key in PROMISED}, ensure_ascii=False))
    else:
        _say(told, dry_run=dry_run)
    return 1 if told["wrong"] else 0


def _progress(run: Any) -> None:
    if sys.stderr.isatty():
        done = {"reading": run.rows, "comparing": run.new + run.changed + run.same, "applying": run.applied_row % 1_000_000_000}
        share = f" ({run.read_bytes / run.size:.0%} of the file)" if run.state == "reading" and run.size else ""
        click.echo(f"\r{run.state.capitalize()}: {done.get(run.state, run.rows):,}{share} …   ", nl=False, err=True)


def _told(run: Any) -> dict[str, Any]:
    from oportuno.offer.catalogue import api

    return {
        "state": run.state, "rows": run.rows, "new": run.new, "changed": run.changed, "same": run.same, "wrong": run.wrong,
        "problems": [one.as_json() for one in api.problems(run, limit=None)], "notes": [one.as_json() for one in api.notes(run)],
        "ignored": run.ignored,
    }  # fmt: skip


def _say(told: dict[str, Any], *, dry_run: bool) -> None:
    if sys.stderr.isatty():
        click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
    click.echo(
        f"{told['rows']:,} {'row' if told['rows'] == 1 else 'rows'}: {told['new']:,} new, {told['changed']:,} changed, {told['same']:,} the same, {told['wrong']:,} wrong."
    )
    for one in told["problems"][:SHOWN]:
        click.echo(f"  line {one['line']}: {one['sentence']}" if one["line"] else f"  {one['sentence']}")
    if len(told["problems"]) > SHOWN:
        click.echo(f"  … and {len(told['problems']) - SHOWN:,} more; --json lists them.")
    for one in told["notes"]:
        click.echo(f"  note, line {one['line']}: {one['sentence']}")
    if told["ignored"]:
        click.echo(f"  columns left out: {', '.join(told['ignored'])}")
    if dry_run and told["state"] == "ready":
        click.echo("Nothing was written: this was a dry run.")
    elif told["state"] != "done":
        click.echo("Nothing was written.")
