"""Looking at a mail that came in."""

from __future__ import annotations

import runpy

import click

from ..explaining import examples

CLASSIFIER = "oportuno.people.messaging.rules.incoming"
"""Run by itself: it knows neither settings nor Django, whose start would take ten times as long as the mail."""


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
    runpy.run_module(CLASSIFIER, run_name="__main__")
