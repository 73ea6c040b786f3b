"""Everything a change must pass."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

import click

from ..explaining import examples
from ..market import compile_messages
from ..testing import CHECKOUT, ensure_browser, test_environment
from .run_tests import BY_DEFAULT

PYTHON = sys.executable


class Step(NamedTuple):
    name: str
    command: Sequence[str]


STEPS = (  # cheapest first
    Step("format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
    Step("lint", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
    Step("imports", [f"{sys.prefix}/bin/lint-imports", "--config", ".importlinter.toml", "--no-logo"]),
    Step("messages", [PYTHON, "-m", "oportuno.doors.commandline", "messages", "--check"]),
    Step("migrations", [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings", "oportuno.config.settings"]),
    Step("types", [PYTHON, "-m", "mypy"]),
)
TESTS = Step("tests", [PYTHON, "-m", "pytest", *BY_DEFAULT])


@click.command(epilog=examples("./oportuno check", "./oportuno check --no-tests"))
@click.option("--no-tests", is_flag=True, help="Everything but the tests.")
def command(no_tests: bool) -> int:
    """Format, lint, imports, messages, migrations, types and tests.

    All of them run, whatever fails; what a failed one said stands under its line.
    """
    ensure_browser()
    compile_messages()
    with test_environment() as environment:
        passed = [run_step(step, environment) for step in STEPS]
        if not no_tests:
            passed.append(run_step(TESTS, environment, aloud=True))
    return 0 if all(passed) else 1


def run_step(step: Step, environment: dict[str, str], *, aloud: bool = False) -> bool:
    """Run it and print its line; `aloud` shows its output as it comes, else only when it fails."""
    started = time.monotonic()
    done = subprocess.run(step.command, cwd=CHECKOUT, env=environment, capture_output=not aloud, text=True)
    well = done.returncode == 0
    click.echo(f"{'ok    ' if well else 'FAILED'} {step.name:<12} {time.monotonic() - started:6.1f} s")
    if not well and not aloud:
        click.echo(f"{done.stdout}{done.stderr}".rstrip())
    return well
