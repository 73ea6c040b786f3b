"""What commands say beside their results: examples in a help, and how things stand when one is interrupted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import click

PORT = click.IntRange(1, 65535)
PORT.name = "port number"  # “'abc' is not a valid …”


def examples(*lines: str) -> str:
    """The end of a help: what one would really type. (A backspace keeps click from wrapping what follows.)"""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


@contextlib.contextmanager
def when_interrupted(sentence: str | Callable[[], str]) -> Iterator[None]:
    """Ctrl-C or SIGTERM meanwhile: say what was kept and how to go on, then stop."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"\noportuno: stopped. {sentence if isinstance(sentence, str) else sentence()}", err=True)
        raise
