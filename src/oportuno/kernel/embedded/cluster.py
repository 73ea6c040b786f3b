"""A PostgreSQL server of our own: made, started, recovered and stopped by whoever needs it.

    cluster = Cluster(main_cluster_home())
    with cluster.in_use():                       # started if it was down, stopped after its last user
        psycopg.connect(**cluster.dsn("app", "oportuno"))

Any number of processes may do so at once: a lock on the folder lets one of them start the server.
Nothing in the folder needs tidying by hand after a power cut or a kill -9.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypedDict

import psycopg

from . import configuration
from .bootstrap import DATABASE, bootstrap
from .home import SOCKET_NAME, check_socket_path, check_way_in, make_home
from .locks import held, still_wanted
from .making import make_data
from .passwords import read_passwords
from .problems import ClusterProblem
from .processes import leftovers, server_pid
from .programs import find_programs, run_program
from .roles import APP, OWNER, SUPERUSER
from .server_user import ServerUser

Login = Literal["superuser", "owner", "app"]
LOGINS: dict[Login, str] = {"superuser": SUPERUSER, "owner": OWNER, "app": APP}
PORT = 5432  # part of the socket's name; nothing listens on the network
START_LIMIT = 120.0  # seconds; crash recovery replays up to max_wal_size of log
SIGN_OF_LIFE_LIMIT = 5.0  # seconds until a server that was launched has written its pid file
LEFTOVERS_LIMIT = 30.0  # seconds for children of a killed server to notice and end
STOP_LIMIT = 30  # seconds before open transactions are cut off
POLL = 0.05
STAYS = ".stays"  # there while a server runs that was not started by its users
LOG_KEPT = 10 * 2**20  # bytes of server log before it is put aside at the next start


class Dsn(TypedDict):
    """Arguments of `psycopg.connect`."""

    host: str
    port: int
    user: str
    password: str
    dbname: str


class Cluster:
    """The server whose files lie in `home`. With `durable=False` it is fast and forgets in a crash (for tests)."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home.absolute()
        self.durable = durable
        self.data = self.home / "data"
        self.run = self.home / "run"
        self.log = self.data / "server.log"

    def dsn(self, login: Login, database: str = DATABASE) -> Dsn:
        """How to connect. "superuser" is for bootstrap, backup and restore, never for the application."""
        role = LOGINS[login]
        password = read_passwords(self.home)[role]
        return {"host": str(self.run), "port": PORT, "user": role, "password": password, "dbname": database}

    def alive(self) -> bool:
        """Is there a server process? It may still be recovering; `start` waits until it answers."""
        return server_pid(self.data) is not None

    def start(self) -> None:
        """Have the server running until `stop`: made if there is none, started if it is down, answering on return."""
        self.keep_alive()
        (self.home / STAYS).touch()

    def keep_alive(self) -> None:
        """Start the server if it is down. Who stops it is settled elsewhere: by `start`, or by those who are `in_use`."""
        check_socket_path(self.run)
        self._make_homes()
        with held(self.home):
            user = ServerUser.current()
            self._make_folders(user)
            programs = find_programs(self.home)
            make_data(self.home, programs, user, durable=self.durable)
            if not self.alive():
                self._clear_away_the_dead()
                self._launch(programs, user)
            self._wait_until_it_answers()
            self._bootstrap_once()

    def stop(self) -> None:
        """Stop the server, whoever uses it; quiet when it is down."""
        if not self.home.exists():
            return
        with held(self.home):
            self._stop()

    @contextmanager
    def in_use(self) -> Iterator[Cluster]:
        """Have the server running meanwhile; the last of all users stops it, unless somebody `start`ed it to stay."""
        self._make_homes()
        with still_wanted(self.home) as wanted:
            self.keep_alive()
            try:
                yield self
            finally:
                with held(self.home):
                    if wanted.by_nobody_else() and not (self.home / STAYS).exists():
                        self._stop()

    def _stop(self) -> None:
        (self.home / STAYS).unlink(missing_ok=True)
        if not self.alive():
            return
        pg_ctl, user = str(find_programs(self.home) / "pg_ctl"), ServerUser.current()
        stop = [pg_ctl, "-D", str(self.data), "-s", "-w", "-t", str(STOP_LIMIT), "-m"]
        try:
            run_program([*stop, "fast", "stop"], user)
        except ClusterProblem:
            if self.alive():  # it may have ended by itself meanwhile
                run_program([*stop, "immediate", "stop"], user)

    def _make_homes(self) -> None:
        make_home(self.home.parent)
        make_home(self.home)

    def _make_folders(self, user: ServerUser) -> None:
        self.run.mkdir(mode=0o755, exist_ok=True)
        self.run.chmod(0o755)
        user.give(self.run)
        if user.account is not None:
            check_way_in(self.home)

    def _clear_away_the_dead(self) -> None:
        deadline = time.monotonic() + LEFTOVERS_LIMIT
        while leftovers(self.data):
            if time.monotonic() > deadline:
                raise ClusterProblem(f"Processes of a server that was killed still use {self.data}: end them first.")
            time.sleep(POLL)
        socket = self.run / SOCKET_NAME
        for stale in (self.data / "postmaster.pid", socket, socket.with_name(f"{SOCKET_NAME}.lock")):
            stale.unlink(missing_ok=True)

    def _launch(self, programs: Path, user: ServerUser) -> None:
        (self.home / STAYS).unlink(missing_ok=True)  # of a server that was killed
        settings = self.data / configuration.FILE
        settings.write_text(configuration.settings_text(self.run, durable=self.durable))
        user.give(settings)
        if self.log.exists() and self.log.stat().st_size > LOG_KEPT:
            self.log.replace(self.log.with_suffix(".log.1"))
        run_program([str(programs / "pg_ctl"), "-D", str(self.data), "-l", str(self.log), "-s", "-W", "start"], user)

    def _wait_until_it_answers(self) -> None:
        seen_alive = time.monotonic()
        deadline = seen_alive + START_LIMIT
        while True:
            try:
                psycopg.connect(**self.dsn("superuser", "postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or "password authentication" in str(error):
                    raise ClusterProblem(f"PostgreSQL does not answer; its reasons are in {self.log}.") from error
            if self.alive():
                seen_alive = time.monotonic()
            elif time.monotonic() > seen_alive + SIGN_OF_LIFE_LIMIT:
                raise ClusterProblem(f"PostgreSQL does not start; its reasons are in {self.log}.")
            time.sleep(POLL)

    def _bootstrap_once(self) -> None:
        done = self.home / "bootstrapped"
        if done.exists():
            return
        bootstrap(self._connect_as_superuser, read_passwords(self.home))
        done.touch()

    def _connect_as_superuser(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(**self.dsn("superuser", database), autocommit=True)
