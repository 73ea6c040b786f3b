"""Bringing contacts in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ..explaining import examples, when_interrupted
from ..market import market
from ..sellers import the_organisation

SHOWN = 20  # sentences on the screen; --json has them all
PROMISED = ("new", "changed", "same", "wrong", "problems")
"""What other programs may count on, in every answer."""


@click.command(
    "contacts",
    epilog=examples(
        "./oportuno import contacts people.csv --organisation rosales-de-alba --dry-run",
        "./oportuno import contacts address-book.vcf --organisation rosales-de-alba --json",
        './oportuno import contacts people.xlsx --organisation rosales-de-alba --column "Correo 2=email" --tag feria',
        './oportuno import contacts fair.csv --organisation rosales-de-alba --agreed-to bulletin --agreed-on 2026-05-02 --agreed-how "paper form at the fair" --agreed-words "I want your bulletin by e-mail"',
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, metavar="SLUG", help="Whose contacts they become: the last part of its address, /v/SLUG/.")
@click.option("--dry-run", is_flag=True, help="Only say what would change, and list what the file holds; write nothing.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=WHAT",
    help="What a column is, where we guess wrongly: email, phone, name, city, field:size …; nothing after = leaves it out.",
)
@click.option("--tag", "tags", multiple=True, help="A tag for everybody in the file.")
@click.option("--fill-only", is_flag=True, help="Only add what is missing; what is known stays as it is.")
@click.option(
    "--agreed-to",
    "purposes",
    multiple=True,
    type=click.Choice(["bulletin", "offers", "topics"]),
    help="What everybody in the file agreed to. Needs the three below; without it, nobody gets advertising.",
)
@click.option("--agreed-how", help="Where and by what means, such as “paper form at the fair”.")
@click.option("--agreed-words", help="The words they agreed to.")
@click.option("--agreed-on", type=click.DateTime(["%Y-%m-%d"]), help="When, such as 2026-05-02.")
@click.option("--json", "as_json", is_flag=True, help="Only JSON: new, changed, same, wrong, problems; of a dry run, each contact too.")
def contacts(
    file: Path, organisation: str, dry_run: bool, columns: tuple[str, ...], tags: tuple[str, ...], fill_only: bool, purposes: tuple[str, ...],
    agreed_how: str | None, agreed_words: str | None, agreed_on: datetime | None, as_json: bool,
) -> int:  # fmt: skip
    """Bring the people and companies of FILE into the contacts of an organisation.

    FILE is CSV, Excel (.xlsx) or vCard (.vcf), plain or packed (.gz, .xz); exports of Mautic, HubSpot, Mailchimp, WordPress,
    listmonk, Google and Outlook are recognised. Running it again changes nothing; after a power cut, run it again too.
    Whoever withdrew or unsubscribed stays so. Exit code 1 when any contact is wrong.
    """
    with market():
        from django.utils.translation import override

        from oportuno.kernel.clock import now
        from oportuno.kernel.isolation import for_organisation
        from oportuno.kernel.jobs import Lease
        from oportuno.people.audience import api

        owner = the_organisation(organisation)
        proof = api.Proof(purposes, agreed_how or "", agreed_words or "", (agreed_on or now()).replace(tzinfo=UTC)) if purposes else None
        with for_organisation(owner.pk), override("en"):  # as all that the command line says
            run = api.start_import(
                name=file.name, path=file.resolve(), at=now(), dry_run=dry_run, mapping=_mapping(columns), consent=proof, tags=tags, fill_only=fill_only,
            )  # fmt: skip
        with when_interrupted("What went in so far stays; type the same again and the rest goes in."):
            done = api.run_import(Lease(0, 0, owner.pk, "import contacts"), run.pk, progress=None if as_json else _progress)
        with for_organisation(owner.pk), override("en"):
            told = _told(done)
            if as_json:
                _say_json(told, done, dry_run=dry_run)
            else:
                _say(told, dry_run=dry_run)
            if dry_run:
                api.tidy_import(done.pk)  # nobody decides about it any more, and it holds addresses
    return 1 if told["wrong"] else 0


def _mapping(columns: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for one in columns:
        heading, mark, what = one.rpartition("=")
        if not mark:
            raise click.BadParameter(f"“{one}” has no “=”: write HEADING=WHAT.", param_hint="--column")
        found[heading] = what.strip()
    return found


def _progress(run: Any) -> None:
    if sys.stderr.isatty():
        done = run.applied_row if run.state == "applying" else run.rows
        share = f" ({run.read_bytes / run.size:.0%} of the file)" if run.state == "reading" and run.size else ""
        click.echo(f"\r{run.state.capitalize()}: {done:,}{share} …   ", nl=False, err=True)


def _told(run: Any) -> dict[str, Any]:
    from oportuno.people.audience.api import imports

    return {
        "state": run.state, "program": run.program, "encoding": run.encoding, "mapping": {one: run.mapping[one] for one in run.header if one in run.mapping}, "rows": run.rows,
        "new": run.new, "changed": run.changed, "same": run.same, "wrong": run.wrong, "twins": run.twins,
        "problems": [one.as_json() for one in imports.problems(run, limit=None)], "notes": [one.as_json() for one in imports.notes(run)],
    }  # fmt: skip


def _say_json(told: dict[str, Any], run: Any, *, dry_run: bool) -> None:
    """Contacts page by page: a file may hold millions."""
    from oportuno.people.audience.api import imports

    if not dry_run:
        click.echo(json.dumps({key: told[key] for key in PROMISED}, ensure_ascii=False))
        return
    click.echo(json.dumps(told, ensure_ascii=False)[:-1] + ', "contacts": [', nl=False)
    pages: Iterator[list[dict[str, Any]]] = imports.listed(run)
    separator = ""
    for page in pages:
        click.echo(separator + json.dumps(page, ensure_ascii=False)[1:-1], nl=False)
        separator = ", "
    click.echo("]}")


def _say(told: dict[str, Any], *, dry_run: bool) -> None:
    if sys.stderr.isatty():
        click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
    known = {"vcard": "vCard", "csv": "a table (CSV)", "xlsx": "a table (Excel)", "jsonl": "JSON Lines", "": "an unknown file"}
    click.echo(f"This is {known.get(told['program'], 'an export of ' + told['program'].capitalize())}.")
    for heading, what in told["mapping"].items():
        click.echo(f"  {heading}: {what.replace('field:', 'a field of its own, ') or 'left out'}")
    click.echo(
        f"{told['rows']:,} {'contact' if told['rows'] == 1 else 'contacts'}: {told['new']:,} new, {told['changed']:,} changed, {told['same']:,} the same, {told['wrong']:,} wrong."
    )
    if told["twins"]:
        click.echo(f"  {told['twins']:,} of them are in the file more than once.")
    for one in told["problems"][:SHOWN]:
        click.echo(f"  line {one['line']}: {one['sentence']}" if one["line"] else f"  {one['sentence']}")
    if len(told["problems"]) > SHOWN:
        click.echo(f"  … and {len(told['problems']) - SHOWN:,} more; --json lists them.")
    for one in told["notes"]:
        click.echo(f"  left out, first on line {one['line']}: {one['sentence']}")
    if dry_run and told["state"] == "ready":
        click.echo("Nothing was written: this was a dry run.")
    elif told["state"] != "done":
        click.echo("Nothing was written.")
