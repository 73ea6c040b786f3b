"""Django's own commands."""

from __future__ import annotations

import os
import sys

import click

from ..database import database_in_use
from ..explaining import examples
from ..market import with_django

AS_OWNER = {"migrate", "sqlmigrate", "flush", "makemigrations"}


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    epilog=examples("./oportuno manage shell", "./oportuno manage makemigrations oportuno_catalogue"),
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as “shell” or “makemigrations”.

    Those that change tables connect as their owner, all others as the application.
    """
    os.environ["OPORTUNO_PROCESS"] = "migrate" if arguments and arguments[0] in AS_OWNER else "command"
    with database_in_use():
        with_django()
        from django.core.management import execute_from_command_line

        sys.argv = ["./oportuno manage", *arguments]
        execute_from_command_line(sys.argv)
