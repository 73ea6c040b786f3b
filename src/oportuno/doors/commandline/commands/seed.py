"""A demo market."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import click

from oportuno.kernel.errors import Refusal
from oportuno.kernel.home import market_home

from ..database import External, the_database
from ..explaining import examples, when_interrupted
from ..market import market

if TYPE_CHECKING:
    from oportuno.kernel.packs.demo import Demo

HALF_MADE = "demo-half-made"  # in the market's home, while the demo is being made
NOT_WHOLE = "The demo was interrupted and is not whole."
SIGN_INS = "demo-sign-ins.json"  # in the market's home: printed at every start without waking Django


@click.command(epilog=examples("./oportuno seed --demo flores", "OPORTUNO_HOME=/tmp/try ./oportuno seed --demo flores"))
@click.option("--demo", "demo", required=True, metavar="PACK", help="The vertical whose demo market to make, such as flores.")
def command(demo: str) -> None:
    """Fill an empty market with demo sellers, products, people and a year of their doings.

    Everybody in it is invented and marked as demo. It refuses in production mode, and where there is a market already.
    """
    if os.environ.get("OPORTUNO_MODE") == "production":
        raise Refusal("A demo has well-known passwords: it is not for production mode.")
    refuse_half_made()
    with market():
        make_demo(demo)


def make_demo(name: str) -> None:
    """Make the demo market of a pack; Django is set up already. Raises Refusal where there is a market."""
    from oportuno.kernel.clock import now
    from oportuno.kernel.packs import available, load
    from oportuno.kernel.packs.demo import demo_of, has_demo
    from oportuno.people.organisations.api import Organisation

    from ..seeding.market import seed

    pack = load(name)
    if not has_demo(pack):
        others = ", ".join(one for one in available() if has_demo(load(one)))
        raise Refusal(
            f"The pack {pack.name} brings no demo, so nothing was done. These do: {others}. Or install it empty: ./oportuno pack install {pack.name}"
        )
    if Organisation.objects.filter(slug__in=[one.slug for one in demo_of(pack).sellers[:3]]).count() == 3 and sign_ins():
        click.echo(f"The demo of {pack.name} is here already; nothing was done.")
        return
    if Organisation.objects.exists():
        raise Refusal("There is a market here already. Choose another OPORTUNO_HOME for a demo.")
    half_made = market_home() / HALF_MADE
    half_made.touch()
    with when_interrupted(f"{NOT_WHOLE} {_begin_anew()}"):
        seed(pack, at=now(), tell=lambda words: click.echo(f"  demo: {words} …", err=True))
        _write_sign_ins(demo_of(pack))
    half_made.unlink()
    click.echo(f"The demo of {pack.name} is here: “./oportuno up” opens it.", err=True)


def refuse_half_made() -> None:
    """Raise Refusal where a demo was begun and never finished: it would open with half of everything. Needs no Django."""
    if (market_home() / HALF_MADE).exists():
        raise Refusal(f"{NOT_WHOLE} {_begin_anew()}")


def _begin_anew() -> str:
    outside = isinstance(the_database(), External)
    return f"Remove {'the database, and ' if outside else ''}the folder {market_home()}, then start again: nothing but the demo is in it."


def sign_ins() -> list[tuple[str, str, str]]:
    """(who, address, password) of each of the demo's cast; empty where this is no demo market. Needs no Django."""
    file = market_home() / SIGN_INS
    return [tuple(row) for row in json.loads(file.read_text())] if file.exists() else []


def _write_sign_ins(demo: Demo) -> None:
    from ..seeding.cast import PASSWORD

    rows = [(one.about.en, one.email, PASSWORD) for one in demo.people]
    (market_home() / SIGN_INS).write_text(json.dumps(rows, ensure_ascii=False, indent=1))
