"""It keeps children alive, and leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from oportuno.doors.commandline.supervisor import Child, Supervisor
from oportuno.doors.commandline.supervisor.supervisor import Hopeless

PATIENT = [sys.executable, "-c", "import signal; signal.pause()"]
WITH_A_CHILD = [
    sys.executable,
    "-c",
    "import pathlib, subprocess, sys, signal;"
    "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']);"
    "pathlib.Path(sys.argv[1]).write_text(str(child.pid)); signal.pause()",
]


def until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def test_it_starts_a_killed_child_again() -> None:
    child = Child("patient", PATIENT)
    supervisor = Supervisor([child])
    child.start()
    first = child.pid
    assert first
    os.kill(first, signal.SIGKILL)
    until(lambda: supervisor.look_after_all() is None and child.pid != first and not child.has_stopped())
    supervisor.stop()
    assert child.has_stopped()


def test_it_waits_longer_each_time_a_child_ends(capfd: pytest.CaptureFixture[str]) -> None:
    child = Child("hasty", [sys.executable, "-c", "raise SystemExit(3)"])
    supervisor = Supervisor([child])
    child.start()
    until(lambda: supervisor.look_after_all() is None and child.failures == 2)
    told = capfd.readouterr().err
    assert "The hasty process ended with code 3; it is started again in 0.5 s." in told
    assert "it is started again in 1 s." in told


def test_it_gives_up_when_a_child_never_served() -> None:
    child = Child("hopeless", [sys.executable, "-c", "raise SystemExit(1)"])
    child.failures = 4
    with pytest.raises(Hopeless, match="The hopeless process does not start"):
        Supervisor([child], each_tick=lambda: False).run()


def test_it_ends_the_grandchildren_of_a_killed_child(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = Child("parent", [*WITH_A_CHILD, str(note)])
    child.start()
    until(lambda: note.exists() and note.read_text())
    grandchild = int(note.read_text())
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)
    until(child.look_after)
    until(lambda: not is_alive(grandchild))


def test_it_stops_everything_on_sigterm(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    children = [Child("patient", PATIENT), Child("parent", [*WITH_A_CHILD, str(note)])]
    pause = threading.Thread(target=lambda: (until(lambda: note.exists() and note.read_text()), os.kill(os.getpid(), signal.SIGTERM)))
    pause.start()
    Supervisor(children).run()
    pause.join()
    assert all(child.has_stopped() for child in children)
    until(lambda: not is_alive(int(note.read_text())))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux tells children")
def test_it_takes_its_children_along_when_it_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from oportuno.doors.commandline.supervisor import Child, Supervisor;"
        f"child = Child('patient', {PATIENT!r});"
        "Supervisor([child], lambda: bool(pathlib.Path(sys.argv[1]).write_text(str(child.pid)))).run()"
    )
    note = tmp_path / "pid"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    supervisor = subprocess.Popen([sys.executable, "-c", program, str(note)], env=environment)
    until(lambda: note.exists() and note.read_text())
    child = int(note.read_text())
    supervisor.kill()
    supervisor.wait()
    until(lambda: not is_alive(child))
