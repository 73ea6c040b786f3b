"""It answers every mistake with one sentence that says what to do."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from psycopg import OperationalError

from oportuno.doors.commandline.commands import COMMANDS
from oportuno.doors.commandline.commands.seed import HALF_MADE
from oportuno.doors.commandline.doctor import look_at_sites
from oportuno.doors.commandline.explaining import when_interrupted
from oportuno.doors.commandline.group import in_a_sentence, oportuno
from oportuno.doors.commandline.places import alone_at_home, check_port, free_place, is_open
from oportuno.kernel.errors import Refusal


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    command = [sys.executable, "-m", "oportuno.doors.commandline", *arguments]
    return subprocess.run(command, env=settings, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", COMMANDS)
def test_it_explains_each_command(name: str) -> None:
    answer = CliRunner().invoke(oportuno, [name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert len(answer.output.split()) > 12
    assert f"./oportuno {name}" in answer.output.partition("Examples:")[2]


@pytest.mark.parametrize(
    "words",
    [
        "import catalogue", "import wordpress", "import wordpress-site", "export catalogue", "export wordpress", "export wordpress-site",
        "pack install", "pack list", "pack check",
    ],
)  # fmt: skip
def test_it_explains_what_is_below_a_command(words: str) -> None:
    answer = CliRunner().invoke(oportuno, [*words.split(), "--help"])
    assert answer.exit_code == 0, answer.output
    assert f"./oportuno {words}" in answer.output.partition("Examples:")[2]


@pytest.mark.parametrize(
    "error, sentence",
    [
        (OSError(errno.ENOSPC, "No space left on device", "/srv/x"), "There is no room left on the disk of /srv/x: make room there"),
        (OSError(errno.EFBIG, "File too large"), "There is no room left on the disk: make room there"),
        (OperationalError("could not extend file: No space left on device"), "no room left on the disk where the database lies"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/srv/x"), "There is no file or folder /srv/x: correct its name"),
    ],
)
def test_it_says_what_the_disk_lacks(error: Exception, sentence: str) -> None:
    assert sentence in in_a_sentence(error)


def test_it_looks_without_making_anything(tmp_path: Path) -> None:
    answer = run("doctor", OPORTUNO_HOME=str(tmp_path / "home"), OPORTUNO_TEST_CLUSTER="")
    assert answer.returncode == 1
    assert "there is none here yet" in answer.stdout
    assert not (tmp_path / "home" / "postgres").exists()


@pytest.mark.parametrize(
    "mode, host, state", [("production", "", ["warn"]), ("production", "sitios.example.co", ["ok"]), ("development", "", [])]
)
def test_it_says_that_a_market_should_have_a_host_of_sites(mode: str, host: str, state: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPORTUNO_MODE", mode)
    monkeypatch.setenv("OPORTUNO_SITES_HOST", host)
    assert [one.state for one in look_at_sites()] == state


def test_it_opens_no_half_of_a_demo(tmp_path: Path) -> None:
    (tmp_path / HALF_MADE).touch()
    answer = CliRunner().invoke(oportuno, ["seed", "--demo", "flores"], env={"OPORTUNO_HOME": str(tmp_path)})
    assert isinstance(answer.exception, Refusal)
    assert f"is not whole. Remove the folder {tmp_path}, then start again" in str(answer.exception)


def test_it_says_how_things_stand_when_it_is_interrupted(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), when_interrupted("No file was written."):
        raise KeyboardInterrupt
    assert capsys.readouterr().err.strip() == "oportuno: stopped. No file was written."


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["fly"], "No such command 'fly'. Try “./oportuno --help”."),
        (["up", "--port", "none"], "'none' is not a valid port number. Try “./oportuno up --help”."),
        (["backup"], "Missing argument 'FILE'. Try “./oportuno backup --help”."),
    ],
)
def test_it_refuses_in_a_sentence(arguments: list[str], sentence: str) -> None:
    answer = run(*arguments)
    assert answer.returncode == 1
    assert answer.stderr.startswith("oportuno: ")
    assert answer.stderr.strip().endswith(sentence)
    assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("debug", ["0", "1"])
def test_it_tells_careless_production_settings_in_a_sentence(debug: str) -> None:
    answer = run("manage", "check", OPORTUNO_MODE="production", OPORTUNO_TLS="0", SECRET_KEY="", OPORTUNO_DEBUG=debug)
    assert answer.returncode == 1
    assert answer.stderr.startswith("oportuno: Production refuses to start: ")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "name, said, told",
    [
        ("OPORTUNO_MODE", "prod", "OPORTUNO_MODE: Input should be 'development' or 'production'"),
        ("OPORTUNO_TLS", "maybe", "OPORTUNO_TLS: Input should be a valid boolean"),
        ("OPORTUNO_LANGUAGE", "fr", "OPORTUNO_LANGUAGE: Input should be 'es-co'"),
        ("OPORTUNO_LOG_LEVEL", "loud", "OPORTUNO_LOG_LEVEL: Input should be 'DEBUG'"),
        ("OPORTUNO_TIME_ZONE", "Mars/Base", "OPORTUNO_TIME_ZONE must be the name of a zone"),
        ("OPORTUNO_TIME_ZONE", "../../etc/passwd", "OPORTUNO_TIME_ZONE must be the name of a zone"),
        ("OPORTUNO_MAIL_URL", "geheim", "OPORTUNO_MAIL_URL is no address that we understand: it begins with one of smtp://"),
        ("OPORTUNO_MAIL_URL", "smtp://dario:geheim@relay:port", "OPORTUNO_MAIL_URL is no address"),
        ("OPORTUNO_MAIL_URL", "sendgrid://geheim@api.sendgrid.com", "OPORTUNO_MAIL_URL is no address"),
        ("OPORTUNO_MAIL_URL", "https://relay", "OPORTUNO_MAIL_URL is no address"),
        ("OPORTUNO_SMS_URL", "geheim", "OPORTUNO_SMS_URL is no address"),
        ("OPORTUNO_INBOX_URL", "imaps:geheim", "OPORTUNO_INBOX_URL is no address"),
    ],
)
def test_it_refuses_a_setting_it_does_not_understand_before_anything_is_made(name: str, said: str, told: str, tmp_path: Path) -> None:
    answer = run("up", "--port", "8199", OPORTUNO_HOME=str(tmp_path / "home"), OPORTUNO_TEST_CLUSTER="", **{name: said})
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"oportuno: {told}")
    assert not [word for word in ("Traceback", "geheim", "defect") if word in answer.stderr]
    assert not (tmp_path / "home").exists()


def test_a_setting_that_is_there_and_empty_is_none(tmp_path: Path) -> None:
    answer = run("doctor", OPORTUNO_HOME=str(tmp_path / "home"), OPORTUNO_TEST_CLUSTER="", OPORTUNO_TLS="", OPORTUNO_TIME_ZONE="")
    assert "there is none here yet" in answer.stdout


def test_it_says_what_it_can_do_when_nothing_is_asked() -> None:
    answer = run()
    assert answer.stderr.startswith("Usage: ./oportuno")
    assert "backup" in answer.stderr


@pytest.mark.parametrize("command", [["routes"], ["doctor"], ["migrate"], ["up", "--port", "8199"]])
@pytest.mark.parametrize("address", ["geheim", "mysql://root:geheim@localhost/x"])
def test_it_knows_an_address_that_is_none(command: list[str], address: str, tmp_path: Path) -> None:
    answer = run(*command, DATABASE_URL=address, OPORTUNO_HOME=str(tmp_path), OPORTUNO_TEST_CLUSTER="")
    assert answer.returncode == 1
    told = answer.stdout + answer.stderr
    assert "DATABASE_URL is not the address of a PostgreSQL server" in told
    assert not [word for word in ("Traceback", "geheim", "defect") if word in told]


@pytest.mark.parametrize("command", [["doctor"], ["migrate"], ["invariants"]])
def test_it_says_that_the_database_does_not_answer(command: list[str], tmp_path: Path) -> None:
    nowhere = "postgresql://dario:geheim@127.0.0.1:1/market"
    answer = run(*command, DATABASE_URL=nowhere, OPORTUNO_HOME=str(tmp_path), OPORTUNO_TEST_CLUSTER="")
    assert answer.returncode == 1
    told = answer.stdout + answer.stderr
    assert "Connection refused" in told
    assert not [word for word in ("Traceback", "geheim", "defect") if word in told]


def test_it_says_that_the_home_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for command in (["up", "--port", "8199"], ["doctor"], ["backup", str(tmp_path / "x")]):
        answer = run(*command, OPORTUNO_HOME=str(tmp_path / "file"), OPORTUNO_TEST_CLUSTER="")
        assert answer.returncode == 1
        assert "set OPORTUNO_HOME to one you may write in" in answer.stdout + answer.stderr


def test_it_calls_a_defect_a_defect() -> None:
    assert "a defect of ours (ZeroDivisionError: oh)" in in_a_sentence(ZeroDivisionError("oh"))


def test_it_opens_one_market_a_home(tmp_path: Path) -> None:
    with alone_at_home(tmp_path, 8101):
        assert is_open(tmp_path)
        with pytest.raises(Refusal, match="is open already, at http://localhost:8101"), alone_at_home(tmp_path, 8102):
            pass
    assert not is_open(tmp_path)


def test_it_sees_that_a_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        with pytest.raises(Refusal, match="set PORT to another one"):
            check_port("127.0.0.1", other.getsockname()[1])


def test_it_takes_another_place_where_one_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        host, port = free_place(taken).split(":")
        assert (host, f"{host}:{port}" != taken, int(port) > 0) == ("127.0.0.1", True, True)
    assert free_place(taken) == taken
