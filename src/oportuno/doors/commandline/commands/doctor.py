"""Look whether everything is well."""

from __future__ import annotations

import click

from ..doctor import examine
from ..explaining import examples

COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


@click.command(epilog=examples("./oportuno doctor", "DATABASE_URL=postgresql://market:secret@db/market ./oportuno doctor"))
def command() -> int:
    """Look whether everything is well, and say what to do where it is not.

    Changes nothing. The exit code is 1 if anything is bad.
    """
    findings = []
    for finding in examine():  # each is shown as soon as it is known: some wait for a network
        findings.append(finding)
        click.echo(f"{click.style(f'{finding.state:<5}', fg=COLOURS[finding.state])} {finding.what:<10} {finding.told}")
        if finding.advice:
            click.echo(f"{'':<17}→ {finding.advice}")
    return 1 if any(finding.state == "bad" for finding in findings) else 0
