"""`up`, step by step: from nothing to an open market, and closed again."""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import click

from oportuno.kernel.embedded import ClusterProblem, make_home
from oportuno.kernel.errors import Refusal
from oportuno.kernel.forgotten import is_owed
from oportuno.kernel.home import market_home

from . import schema_state
from .database import Embedded, the_database
from .market import COMMAND_LINE, bring_up_to_date, compile_messages, settings_are_careful
from .places import alone_at_home, check_port, free_place
from .supervisor import SUPERVISED, Child, Supervisor
from .supervisor.supervisor import Hopeless

CATCHER = "oportuno.doors.integrations.mailcatcher"
SEED = "oportuno.doors.commandline.commands.seed"
CATCHES_AT = "127.0.0.1:2525"
TEXT_CATCHER, CATCHES_TEXTS_AT = "oportuno.doors.integrations.smscatcher", "127.0.0.1:2526"
DATABASE_TRIED_AGAIN = 2.0  # seconds, while the server does not come back


class Opening:
    """One market, opened on one port."""

    def __init__(self, host: str, port: int, *, demo: bool) -> None:
        self.host, self.port, self.demo = host, port, demo
        self.production = os.environ.get("OPORTUNO_MODE") == "production"
        self.home = market_home()
        self.database = the_database()
        self.announced = False
        self.database_tried_at = 0.0

    def run(self) -> None:
        settings_are_careful()
        make_home(self.home)
        with alone_at_home(self.home, self.port):
            check_port(self.host, self.port)
            with self.database.in_use():
                self.prepare()
                try:
                    Supervisor(self.children(), self.look_after_database_and_door).run()
                except Hopeless as hopeless:
                    raise Refusal(str(hopeless)) from hopeless
                finally:
                    click.echo("Closing …", err=True)

    def prepare(self) -> None:
        if _can_seed():
            importlib.import_module(SEED).refuse_half_made()
        for folder in ("media", "static"):
            (self.home / folder).mkdir(exist_ok=True)
        compile_messages()
        bring_up_to_date(self.database)
        if is_owed(self.home):
            run_command("forget")
        if self.production:
            with step("Collecting static files"):
                run_command("manage", "collectstatic", "--no-input", "-v", "0")
        elif self.demo and _can_seed() and not self.is_inhabited():
            with step("Filling the market with the demo"):
                run_command("seed", "--demo", "flores")

    def is_inhabited(self) -> bool:
        with self.database.connect("app") as connection:
            return schema_state.holds_organisations(connection)

    def children(self) -> list[Child]:
        settings = {SUPERVISED: "1", "HOST": self.host, "PORT": str(self.port)}
        catches = not os.environ.get("OPORTUNO_MAIL_URL") and _exists(CATCHER)
        if catches:  # another market on this machine has a catcher of its own, which must not get this one's mail
            settings["OPORTUNO_CATCHER"] = os.environ.get("OPORTUNO_CATCHER") or free_place(CATCHES_AT)
        catches_texts = not os.environ.get("OPORTUNO_SMS_URL") and not self.production
        if catches_texts:
            settings["OPORTUNO_SMS_CATCHER"] = os.environ.get("OPORTUNO_SMS_CATCHER") or free_place(CATCHES_TEXTS_AT)
        children = [
            Child("web", [*COMMAND_LINE, "web"], {**settings, "OPORTUNO_PROCESS": "web"}),
            Child("worker", [*COMMAND_LINE, "worker"], {**settings, "OPORTUNO_PROCESS": "worker"}),
        ]
        if catches:
            children.append(Child("mail catcher", [sys.executable, "-m", CATCHER], {**settings, "OPORTUNO_PROCESS": "mailcatcher"}))
        if catches_texts:
            children.append(Child("SMS catcher", [sys.executable, "-m", TEXT_CATCHER], {**settings, "OPORTUNO_PROCESS": "smscatcher"}))
        return children

    def look_after_database_and_door(self) -> bool:
        """Is the market open? Says so once; brings back a database that was killed."""
        if isinstance(self.database, Embedded):
            self.keep_database(self.database)
        if not self.announced and self.answers():
            self.announced = True
            self.announce()
        return self.announced

    def keep_database(self, database: Embedded) -> None:
        if database.cluster.alive() or time.monotonic() < self.database_tried_at + DATABASE_TRIED_AGAIN:
            return
        click.echo("The database ended; it is started again.", err=True)
        self.database_tried_at = time.monotonic()
        with contextlib.suppress(ClusterProblem):
            database.cluster.keep_alive()

    def answers(self) -> bool:
        """Any answer will do. In production only the market's own name gets one."""
        name = os.environ.get("OPORTUNO_HOSTS", "").split(",")[0].strip() or "localhost"
        door = http.client.HTTPConnection("127.0.0.1" if self.host == "0.0.0.0" else self.host, self.port, timeout=2)  # noqa: S104
        try:
            door.request("GET", "/healthz", headers={"Host": name, "X-Forwarded-Proto": "https"})
            return door.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            door.close()

    def announce(self) -> None:
        click.echo(f"\nThe market is open: {os.environ.get('OPORTUNO_ORIGIN') or f'http://localhost:{self.port}'}\n")
        if not self.production and _can_seed():
            rows = [tuple(map(str, row)) for row in importlib.import_module(SEED).sign_ins()]
            widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
            for row in rows:
                click.echo("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
            click.echo()
        click.echo(f"Its data is kept in {self.home}. Ctrl-C closes it.")
        sys.stdout.flush()


def run_command(*arguments: str) -> None:
    """Another of our commands, in a process of its own, whose memory it gives back."""
    done = subprocess.run([*COMMAND_LINE, *arguments], env={**os.environ, SUPERVISED: "1"})
    if done.returncode:
        sys.exit(1)  # it has said why


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    click.echo(f"{name} …", err=True)
    started = time.monotonic()
    yield
    click.echo(f"{name}: {time.monotonic() - started:.1f} s", err=True)


def _can_seed() -> bool:
    return _exists(SEED)


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # a folder above it is not there
        return False
