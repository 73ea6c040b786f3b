"""Taking files out."""

from __future__ import annotations

from pathlib import Path

import click

from oportuno.kernel.errors import Refusal

from ..market import market


@click.group()
def command() -> None:
    """Take your data out as a file."""


@command.command("catalogue")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--seller", required=True, metavar="SLUG", help="Whose catalogue: the seller's address, as in /v/SLUG/.")
@click.option(
    "--format", "kind", type=click.Choice(["csv", "xlsx", "jsonl", "woocommerce", "shopify"]), help="By the file's name, if not given."
)
def catalogue(file: Path, seller: str, kind: str | None) -> None:
    """Write a seller's catalogue into FILE: our table (.csv, .xlsx), JSON Lines (.jsonl), WooCommerce's or Shopify's CSV.

    What is written can be imported again and then changes nothing.
    """
    with market():
        from oportuno.offer.catalogue import api
        from oportuno.people.organisations.api import Organisation

        owner = Organisation.objects.filter(slug=seller).first()
        if owner is None:
            raise Refusal(f"There is no seller “{seller}” here.")
        wanted = kind or file.suffix.lstrip(".").lower()
        if wanted not in api.FORMATS:
            raise Refusal("Name the file .csv, .xlsx or .jsonl, or say --format.")
        fresh = file.with_name(f".{file.name}.new")  # whole or not at all
        with fresh.open("wb") as out:
            out.writelines(api.export_catalogue(owner.pk, wanted))
        fresh.replace(file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes.")
