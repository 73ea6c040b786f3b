"""Measure speed."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from oportuno.kernel.errors import Refusal

from ..explaining import examples
from ..market import PACKAGE

CHECKOUT = PACKAGE.parents[1]


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog=examples("./oportuno bench --quick", "./oportuno bench --only search --only import --json figures.json"),
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> NoReturn:
    """Measure speed, as a table and as JSON: medians of several runs, each beside what the machine can do at most."""
    program = CHECKOUT / "bench" / "run.py"
    if not program.exists():
        raise Refusal(f"There is nothing to measure with here: {program} is missing.")
    os.chdir(CHECKOUT)
    os.execv(sys.executable, [sys.executable, str(program), *arguments])  # noqa: S606  # Ctrl-C is its own: it has a server to close
