"""Taking files out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from oportuno.kernel.errors import Refusal

from ..explaining import examples, when_interrupted
from ..market import market
from ..sellers import the_organisation, the_seller


@click.group(
    epilog=examples(
        "./oportuno export catalogue products.xlsx --seller rosales-de-alba",
        "./oportuno export contacts people.csv --organisation rosales-de-alba",
        "./oportuno export wordpress --organisation rosales-de-alba site.xml",
    )
)
def command() -> None:
    """Take your data out as a file."""


@command.command(
    "catalogue",
    epilog=examples(
        "./oportuno export catalogue products.xlsx --seller rosales-de-alba",
        "./oportuno export catalogue shop.csv --seller rosales-de-alba --format shopify",
    ),
)
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

        owner = the_seller(seller)
        wanted = kind or file.suffix.lstrip(".").lower()
        if wanted not in api.FORMATS:
            raise Refusal("Name the file .csv, .xlsx or .jsonl, or say --format.")
        if not file.parent.is_dir():
            raise Refusal(f"There is no folder {file.parent} to write into.")
        _write(file, api.export_catalogue(owner.pk, wanted))
    click.echo(f"The catalogue of {owner.name} is in {file} ({file.stat().st_size:,} bytes).")


@command.command(
    "contacts",
    epilog=examples(
        "./oportuno export contacts people.csv --organisation rosales-de-alba",
        "./oportuno export contacts people.vcf --organisation rosales-de-alba",
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG", help="Whose contacts: the last part of its address, /v/SLUG/.")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "jsonl", "vcf"]), help="By the file's name, if not given.")
def contacts(file: Path, organisation: str, kind: str | None) -> None:
    """Write an organisation's contacts into FILE: a table (.csv, .xlsx), JSON Lines (.jsonl) or vCard 4.0 (.vcf).

    With their addresses, tags, own fields, and what they agreed to or withdrew from. What is written can be imported again
    and then changes nothing. Who took them out is written into the audit.
    """
    with market():
        from django.utils.translation import override

        from oportuno.kernel.audit import audit
        from oportuno.kernel.clock import now
        from oportuno.kernel.isolation import for_organisation
        from oportuno.people.audience import api

        owner = the_organisation(organisation)
        wanted = next((form for form in api.FORMS if form == (kind or file.suffix.lstrip(".").lower())), None)
        if wanted is None:
            raise Refusal("Name the file .csv, .xlsx, .jsonl or .vcf, or say --format.")
        if not file.parent.is_dir():
            raise Refusal(f"There is no folder {file.parent} to write into.")
        with for_organisation(owner.pk):
            audit("contacts exported", at=now(), by=None, form=wanted)
        with for_organisation(owner.pk), override("en"):
            _write(file, api.written(api.everybody(owner.pk), wanted, api.fields_of(owner.pk)))
        file.chmod(0o600)  # it holds addresses
    click.echo(f"The contacts of {owner.name} are in {file} ({file.stat().st_size:,} bytes).")


@command.command("wordpress", epilog=examples("./oportuno export wordpress --organisation rosales-de-alba site.xml"))
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG", help="Whose site: the last part of its address, /v/SLUG/.")
def wordpress(file: Path, organisation: str) -> None:
    """Write a site into FILE as WordPress exports one (WXR 1.2): pages, posts, authors, categories, tags, comments and menus.

    In WordPress: Tools → Import → WordPress. Pictures are fetched by it from this market. Our own import takes the file, too.
    """
    with market():
        from oportuno.doors.integrations import api
        from oportuno.kernel.clock import now

        owner = the_organisation(organisation)
        if not file.parent.is_dir():
            raise Refusal(f"There is no folder {file.parent} to write into.")
        _write(file, api.export_site(owner, at=now()))
    click.echo(f"The site of {owner.name} is in {file} ({file.stat().st_size:,} bytes).")


@command.command(
    "wordpress-site", epilog=examples("./oportuno export wordpress-site https://blog.example --organisation rosales-de-alba --user ana")
)
@click.argument("address")
@click.option("--organisation", required=True, metavar="SLUG", help="Whose site: the last part of its address, /v/SLUG/.")
@click.option("--user", required=True, help="Of the other side.")
@click.option(
    "--password", prompt="Application password", hide_input=True, envvar="OPORTUNO_WORDPRESS_PASSWORD",
    help="One of that user (Users → Profile → Application passwords); asked, or from OPORTUNO_WORDPRESS_PASSWORD.",
)  # fmt: skip
def wordpress_site(address: str, organisation: str, user: str, password: str) -> None:
    """Send a site to a running WordPress, over its API (5.6 or newer, https).

    What stands there under the same address is changed where it differs; sending twice changes nothing.
    """
    with market():
        from oportuno.doors.integrations import api

        owner = the_organisation(organisation)
        remote = api.Remote(address, user, password)
        remote.me()
        with when_interrupted("What was sent stays there; type the same again and the rest goes."):
            told = api.push(remote, owner.pk)
    click.echo(
        f"Pages and posts: {told.new:,} new, {told.changed:,} changed, {told.same:,} the same; {told.comments:,} comments and {told.files:,} files."
    )
    if told.refused:
        click.echo(f"{told.refused:,} comments were not taken: WordPress takes none below drafts.")


def _write(file: Path, parts: Iterable[bytes]) -> None:
    """Whole or not at all: beside its place, and renamed."""
    fresh = file.with_name(f".{file.name}.new")
    try:
        with fresh.open("wb") as out, when_interrupted("No file was written."):
            written = 0
            for part in parts:
                written += out.write(part)
                if sys.stderr.isatty():
                    click.echo(f"\rWriting {written / 1e6:,.1f} MB …", nl=False, err=True)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    if sys.stderr.isatty():
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
