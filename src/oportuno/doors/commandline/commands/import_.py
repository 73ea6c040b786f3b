"""Bringing files in."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from ..explaining import examples, when_interrupted
from ..market import market
from ..sellers import the_organisation, the_seller
from .import_contacts import contacts

SHOWN = 20  # sentences on the screen; --json has them all
PROMISED = ("new", "changed", "same", "wrong", "problems")
"""What other programs may count on; more words of ours would only be in their way."""


@click.group(
    epilog=examples(
        "./oportuno import catalogue products.csv --seller rosales-de-alba --dry-run",
        "./oportuno import contacts people.csv --organisation rosales-de-alba --dry-run",
        "./oportuno import wordpress export.xml --organisation rosales-de-alba --dry-run",
    )
)
def command() -> None:
    """Bring a file of yours into the market."""


command.add_command(contacts)


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


@command.command(
    "wordpress",
    epilog=examples(
        "./oportuno import wordpress export.xml --organisation rosales-de-alba --dry-run",
        "./oportuno import wordpress export.xml.gz --organisation rosales-de-alba --json",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG", help="Whose site it becomes: the last part of its address, /v/SLUG/.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in; write nothing.")
@click.option("--open", "opens", is_flag=True, help="Show the site afterwards, if the market lets it; otherwise its owner opens it.")
@click.option("--json", "as_json", is_flag=True, help="Only JSON: counts, and each item with its slug, date and address here.")
def wordpress(file: Path, organisation: str, dry_run: bool, opens: bool, as_json: bool) -> int:
    """Bring a site and blog from WordPress: FILE is what Tools → Export → All content gave (WXR 1.0 to 1.2, also .gz or .xz).

    Pages, posts, authors, categories, tags, comments and menus come in; drafts, private and future posts stay hidden; old
    addresses lead to the new ones. A damaged file brings nothing. Running it again changes nothing; after a power cut, run it again too.
    Pictures are fetched afterwards by the market's workers. Exit code 1 when the file cannot be read.
    """
    with market():
        return _bring_wordpress(organisation, lambda: (file.name, file.resolve()), dry_run=dry_run, as_json=as_json, opens=opens)


@command.command(
    "wordpress-site",
    epilog=examples("./oportuno import wordpress-site https://blog.example --organisation rosales-de-alba --user ana --dry-run"),
)
@click.argument("address")
@click.option("--organisation", required=True, metavar="SLUG", help="Whose site it becomes: the last part of its address, /v/SLUG/.")
@click.option("--user", required=True, help="Of the other side.")
@click.option(
    "--password", prompt="Application password", hide_input=True, envvar="OPORTUNO_WORDPRESS_PASSWORD",
    help="One of that user (Users → Profile → Application passwords); asked, or from OPORTUNO_WORDPRESS_PASSWORD.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would come in; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Only JSON: counts, and each item with its slug, date and address here.")
def wordpress_site(address: str, organisation: str, user: str, password: str, dry_run: bool, as_json: bool) -> int:
    """Bring a site and blog from a running WordPress, over its API (5.6 or newer, https)."""
    with market(), tempfile.TemporaryDirectory() as folder:
        from oportuno.doors.integrations import api
        from oportuno.kernel.clock import now

        def pulled() -> tuple[str, Path]:
            remote = api.Remote(address, user, password)
            remote.me()
            path = Path(folder) / "pulled.xml"
            with path.open("wb") as file:
                file.writelines(api.pull(remote, at=now()))
            return remote.address.partition("//")[2], path

        return _bring_wordpress(organisation, pulled, dry_run=dry_run, as_json=as_json)


def _bring_wordpress(
    organisation: str, source: Callable[[], tuple[str, Path]], *, dry_run: bool, as_json: bool, opens: bool = False
) -> int:
    """`source` gives a name and a file. Django is set up."""
    from django.utils.translation import override

    from oportuno.doors.integrations import api
    from oportuno.kernel.clock import now
    from oportuno.kernel.isolation import for_organisation
    from oportuno.kernel.jobs import Lease
    from oportuno.offer.sites.api import is_shown
    from oportuno.offer.sites.api.bringing import open_brought

    owner = the_organisation(organisation)
    with override("en"):
        name, path = source()
        with for_organisation(owner.pk):
            run = api.start_run(name=name, path=path, at=now(), dry_run=dry_run)
        with when_interrupted("What came in so far stays; type the same again and the rest comes in."):
            done = api.bring(Lease(0, 0, owner.pk, "import wordpress"), run.pk, progress=None if as_json else _wordpress_progress)
        with for_organisation(owner.pk):
            told = api.summary(done)
            is_seen = done.state == "done" and (open_brought(owner.pk, at=now()) if opens else is_shown(owner.pk))
            if as_json:
                _say_json(told, api.listed(done, f"/v/{owner.slug}/"))
            else:
                _say_wordpress(told, dry_run=dry_run)
                if done.state == "done" and not is_seen:
                    click.echo("Nobody outside sees the site yet: its owner opens it in the workbench, once the market lets it be shown.")
    return 1 if told["wrong"] else 0


def _wordpress_progress(run: Any) -> None:
    if sys.stderr.isatty():
        done = run.brought_items if run.state == "bringing" else run.read_items
        share = f" ({run.read_bytes / run.size:.0%} of the file)" if run.state == "checking" and run.size else ""
        click.echo(f"\r{'Bringing' if run.state == 'bringing' else 'Reading'}: {done:,}{share} …   ", nl=False, err=True)


def _say_json(told: dict[str, Any], pages: Iterator[list[dict[str, Any]]]) -> None:
    """Page by page: a site may have a million items."""
    click.echo(json.dumps(told, ensure_ascii=False)[:-1] + ', "list": [', nl=False)
    separator = ""
    for page in pages:
        click.echo(separator + json.dumps(page, ensure_ascii=False)[1:-1], nl=False)
        separator = ", "
    click.echo("]}")


def _say_wordpress(told: dict[str, Any], *, dry_run: bool) -> None:
    if sys.stderr.isatty():
        click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
    for problem in told["problems"]:
        click.echo(problem["sentence"])
    if told["problems"]:
        click.echo("Nothing was brought in.")
        return
    click.echo(
        f"Pages and posts: {told['new']:,} new, {told['changed']:,} changed, {told['same']:,} the same, {told['kept']:,} kept as they are here."
    )
    click.echo(f"Authors {told['authors']:,}, categories {told['categories']:,}, tags {told['tags']:,}.")
    click.echo("In the file: " + (", ".join(f"{name} {many:,}" for name, many in sorted(told["items"].items())) or "nothing"))
    click.echo("Comments: " + (", ".join(f"{name} {many:,}" for name, many in sorted(told["comments"].items())) or "none"))
    if told["redirects"]:
        click.echo(f"Old addresses that lead to the new ones: {told['redirects']:,}.")
    for one in told["left"][:SHOWN]:
        click.echo(f"  {one['times']:,} × {one['sentence']}")
    if len(told["left"]) > SHOWN:
        click.echo(f"  … and {len(told['left']) - SHOWN:,} more; --json lists them.")
    if dry_run:
        click.echo("Nothing was written: this was a dry run.")
    elif told["files"]["waiting"]:
        click.echo(f"{told['files']['waiting']:,} pictures and files are fetched by the market's workers, while it runs (./oportuno up).")
