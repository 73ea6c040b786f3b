"""It keeps a server running, whatever happens to its processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from oportuno.kernel.embedded import Cluster, ClusterProblem
from oportuno.kernel.embedded.home import make_home
from oportuno.kernel.embedded.processes import server_pid

STARTER = "import sys; from pathlib import Path; from oportuno.kernel.embedded import Cluster; Cluster(Path(sys.argv[1])).start()"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """In a folder of its own under /tmp: pytest's are private, and the server's user could not enter."""
    home = Path(tempfile.mkdtemp(prefix="oportuno-"))
    cluster = Cluster(home / "postgres")
    yield cluster
    cluster.stop()
    shutil.rmtree(home)


def server(cluster: Cluster) -> int:
    pid = server_pid(cluster.data)
    assert pid is not None
    return pid


def until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


def write(cluster: Cluster, value: int) -> None:
    with psycopg.connect(**cluster.dsn("owner")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (value int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [value])


def read(cluster: Cluster) -> list[int]:
    with psycopg.connect(**cluster.dsn("app")) as connection:
        return [value for (value,) in connection.execute("SELECT value FROM kept ORDER BY value").fetchall()]


def test_it_gives_the_application_a_role_without_power(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(**cluster.dsn("app")) as connection:
        role = connection.execute("SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert role.fetchone() == (False, False, False, False)
        connection.execute("SET LOCAL ROLE oportuno_market")
        assert connection.execute("SELECT current_user").fetchone() == ("oportuno_market",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")


def test_it_lets_new_databases_have_the_extensions_and_rights(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(**cluster.dsn("superuser", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE another OWNER oportuno_owner")
    with psycopg.connect(**cluster.dsn("owner", "another")) as connection:
        connection.execute("CREATE TABLE flower (name citext)")
    with psycopg.connect(**cluster.dsn("app", "another")) as connection:
        connection.execute("INSERT INTO flower VALUES ('Rosa')")
        assert connection.execute("SELECT count(*) FROM flower WHERE name = 'rosa'").fetchone() == (1,)


def test_it_keeps_what_was_committed_when_the_server_is_killed(cluster: Cluster) -> None:
    cluster.start()
    write(cluster, 1)
    killed = server(cluster)
    os.kill(killed, signal.SIGKILL)
    until(lambda: not cluster.alive())
    cluster.start()
    assert read(cluster) == [1]
    assert server(cluster) != killed


def test_it_is_not_fooled_by_a_pid_that_another_program_has_now(cluster: Cluster) -> None:
    cluster.start()
    write(cluster, 1)
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    assert not cluster.alive()
    cluster.start()
    assert read(cluster) == [1]


def test_it_is_started_once_by_two_at_the_same_time(cluster: Cluster) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    starters = [subprocess.Popen([sys.executable, "-c", STARTER, str(cluster.home)], env=environment) for _ in range(2)]
    assert [starter.wait(60) for starter in starters] == [0, 0]
    with psycopg.connect(**cluster.dsn("superuser", "postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM pg_database WHERE datname = 'oportuno'").fetchone() == (1,)


def test_it_starts_over_when_making_it_was_interrupted(cluster: Cluster) -> None:
    make_home(cluster.home.parent)
    make_home(cluster.home)
    (cluster.home / "data.half").mkdir()
    (cluster.home / "data.half" / "PG_VERSION").write_text("18")
    cluster.start()
    write(cluster, 1)
    assert read(cluster) == [1]


def test_it_stops_after_its_last_user(cluster: Cluster) -> None:
    with cluster.in_use():
        with Cluster(cluster.home).in_use():
            assert cluster.alive()
        assert cluster.alive()
    assert not cluster.alive()


def test_it_stays_when_somebody_started_it_to_stay(cluster: Cluster) -> None:
    cluster.start()
    with cluster.in_use():
        pass
    assert cluster.alive()


def test_it_keeps_its_passwords_to_itself(cluster: Cluster) -> None:
    cluster.start()
    assert (cluster.home / "secrets.json").stat().st_mode & 0o777 == 0o600
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**{**cluster.dsn("app"), "password": "guessed"})


def test_it_says_in_a_sentence_that_a_path_is_too_long() -> None:
    with pytest.raises(ClusterProblem, match="too long for a database socket; set OPORTUNO_HOME"):
        Cluster(Path("/tmp") / ("x" * 120)).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_it_says_in_a_sentence_which_private_folder_is_in_the_way() -> None:
    private = Path(tempfile.mkdtemp(prefix="oportuno-"))
    try:
        (private / "in" / "between").mkdir(parents=True)
        with pytest.raises(ClusterProblem, match=f"may not pass through {private}"):
            Cluster(private / "in" / "between" / "postgres").start()
    finally:
        shutil.rmtree(private)
