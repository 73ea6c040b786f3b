"""The list of commands, and what happens when one of them refuses."""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
from typing import Any, NoReturn

import click

from oportuno.kernel.errors import Refusal

from .commands import COMMANDS

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
INTERRUPTED = 130  # what shells expect after Ctrl-C
SPELT_ALIKE = {"PORT", "SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL"}  # settings without our prefix


class Commands(click.Group):
    """Imports a command when it is called, not when it is listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__package__}.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def oportuno() -> None:
    """Oportuno, an open e-marketplace that matures relationships before it makes sales.

    Start with “./oportuno up”. Each command explains itself: “./oportuno up --help”.
    Settings come from the environment; docs/operators/settings.md lists them.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command. Whatever goes wrong ends as one sentence and exit code 1; OPORTUNO_DEBUG=1 adds the traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # both ways of stopping tidy up alike
    try:
        status = oportuno.main(args=arguments, prog_name="./oportuno", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(INTERRUPTED)  # what was kept, the command has said
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message(), err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("OPORTUNO_DEBUG") == "1" and not _is_refused(error):
            raise
        click.echo(f"oportuno: {in_a_sentence(error)}", err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def in_a_sentence(error: Exception) -> str:
    """What a person can do something with; defects say how to see more."""
    if is_full(error):
        return f"There is no room left on the disk{_where(error)}: make room there, then type the same again."
    if isinstance(error, click.UsageError):
        asked = error.ctx.command_path if error.ctx else "./oportuno"
        return f"{error.format_message()} Try “{asked} --help”."
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, Refusal):
        return str(error)
    if type(error).__name__ == "ValidationError" and (refused := _of_settings(error)):
        return refused
    if type(error).__name__ == "OperationalError":
        return f"The database does not answer: {str(error).strip().splitlines()[0]}. “./oportuno doctor” tells more."
    if isinstance(error, PermissionError) and error.filename:
        return f"{error.filename} belongs to another user: run this as that user, or set OPORTUNO_HOME to a folder of your own."
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"There is no file or folder {error.filename}: correct its name, or make it first."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'The operating system'}: {error.strerror}."
    return f"This is a defect of ours ({type(error).__name__}: {error}); OPORTUNO_DEBUG=1 shows where."


def _is_refused(error: Exception) -> bool:
    """Said no to, for a reason of ours: where in the code, tells nobody anything."""
    return isinstance(error, click.ClickException | Refusal) or type(error).__name__ == "ValidationError"


def is_full(error: BaseException) -> bool:
    """The disk, one's share of it, or the size a file may have; the database's own server says it in words."""
    return (isinstance(error, OSError) and error.errno in FULL) or "No space left on device" in str(error)


def _where(error: Exception) -> str:
    place = getattr(error, "filename", None)
    return f" of {place}" if place else "" if isinstance(error, OSError) else " where the database lies"


def _of_settings(error: Exception) -> str:
    """The settings' own words, without the report that pydantic makes of them."""
    told: list[dict[str, Any]] = getattr(error, "errors", list)()
    return "; ".join(_of_setting(one) for one in told)


def _of_setting(told: dict[str, Any]) -> str:
    """What we say ourselves names its setting; pydantic's words want it before them."""
    sentence = str(told["msg"]).removeprefix("Value error, ")
    if sentence != told["msg"] or not told["loc"]:
        return sentence
    name = str(told["loc"][0]).upper()
    return f"{name if name in SPELT_ALIKE else f'OPORTUNO_{name}'}: {sentence}"
