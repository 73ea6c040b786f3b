"""Looking at a mail that came in."""

from __future__ import annotations

import json
import sys

import click

from ..explaining import examples
from ..market import with_django

MOST = 50_000_000  # bytes that are read of what somebody pipes in


@click.group(epilog=examples("./oportuno mail classify < bounce.eml"))
def command() -> None:
    """Look at mail: is it a bounce, a complaint, an automatic answer?"""


@command.command("classify", epilog=examples("./oportuno mail classify < bounce.eml"))
def classify() -> None:
    """Say what the mail on standard input is, as JSON.

    “kind” is bounce, arf (a complaint), autoreply, delivered or none; “rows” has each recipient with hard (never write there
    again), status, reason, and whether it is only late. “reply” is what a person wrote, without the mail he answers to.
    Nothing is written anywhere.
    """
    raw = sys.stdin.buffer.read(MOST)
    with_django()
    from oportuno.people.messaging import api

    click.echo(json.dumps(api.classify(raw).as_json(), ensure_ascii=False).encode("utf-8", "replace"))
