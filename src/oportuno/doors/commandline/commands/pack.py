"""The market's vertical."""

from __future__ import annotations

import click

from ..explaining import examples
from ..market import market


@click.group(epilog=examples("./oportuno pack list", "./oportuno pack install flores"))
def command() -> None:
    """Make this the market of a vertical: flowers, software, or one of your own (docs/packs.md)."""


@command.command("install", epilog=examples("./oportuno pack install saas", "./oportuno pack install /srv/packs/coffee"))
@click.argument("name")
def install_one(name: str) -> None:
    """Install the pack NAME: one of the product's, or a folder's path. Running it again changes nothing."""
    with market():
        from oportuno.kernel.clock import now
        from oportuno.kernel.packs import load

        from ..seeding.packs import install

        pack = load(name)
        install(pack, at=now())
    click.echo(f"This is now {pack.identity.title.es} ({pack.name} {pack.identity.version}).")


@command.command("list", epilog=examples("./oportuno pack list"))
def list_all() -> None:
    """The packs that come with the product."""
    from oportuno.kernel.packs import available, load

    for name in available():
        pack = load(name)
        click.echo(f"{name:<10} {pack.identity.version:<8} {pack.identity.title.es} · {pack.identity.title.en}")


@command.command("check", epilog=examples("./oportuno pack check /srv/packs/coffee"))
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
def check(folder: str) -> None:
    """Read a pack of your own and say what is wrong with it, if anything."""
    from pathlib import Path

    from oportuno.kernel.packs import load

    pack = load(Path(folder))
    click.echo(f"{pack.name} {pack.identity.version} is well.")
