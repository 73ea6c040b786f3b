"""Run the tests."""

from __future__ import annotations

import subprocess
import sys

import click

from ..explaining import examples
from ..market import compile_messages
from ..testing import CHECKOUT, ensure_browser, test_environment

BY_DEFAULT = ("-n", "2", "--dist", "worksteal")


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog=examples("./oportuno test", "./oportuno test src/oportuno/offer/catalogue", "./oportuno test tests/stories -k seller"),
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> int:
    """Run all tests in two processes, or what pytest's ARGUMENTS choose.

    Installs Chromium when it is missing (as root), and runs a database of its own: the market's is not touched.
    """
    ensure_browser()
    compile_messages()
    with test_environment() as environment:
        return subprocess.run([sys.executable, "-m", "pytest", *(arguments or BY_DEFAULT)], cwd=CHECKOUT, env=environment).returncode
