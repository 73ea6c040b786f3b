"""Looking at a text message before it is sent."""

from __future__ import annotations

import json
import sys

import click

from ..explaining import examples
from ..market import with_django


@click.group(epilog=examples('./oportuno sms preview "Tu pedido llega el lunes"'))
def command() -> None:
    """Look at text messages: how many parts does it take, and why?"""


@command.command("preview", epilog=examples('./oportuno sms preview "Tu pedido llega el lunes"'))
@click.argument("text")
def preview(text: str) -> None:
    """Count the parts of TEXT, as JSON: encoding (GSM-7 or UCS-2), segments, characters, limit, what made it UCS-2, and a cheaper spelling.

    Write - as TEXT to read it from standard input.
    """
    words = sys.stdin.read() if text == "-" else text
    with_django()
    from oportuno.people.messaging import api

    click.echo(json.dumps(api.preview_sms(words).as_json(), ensure_ascii=False).encode("utf-8", "replace"))
