"""The real web server over a scratch database, and visitors who ask it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import processes
from scratch import Scratch

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
OPENING = 60.0  # seconds
UNCACHED = "Authorization: none"  # whoever brings credentials is never answered from the shelf of kept pages
CONNECTIONS = 8


@dataclass(frozen=True)
class Answers:
    """What visitors saw in one run, and what it cost the server and its database."""

    per_second: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    kilobytes: float


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]
    database: int

    def ask(
        self, paths: Sequence[str], seconds: float, *, cached: bool = False, connections: int = CONNECTIONS, most: int = 200_000
    ) -> Answers:
        """All of `paths` in turn over kept connections, for so long. An answer other than 200 ends the benchmark."""
        before = self.cpu()
        with tempfile.NamedTemporaryFile("w", suffix=".paths") as file:
            file.write("\n".join(paths))
            file.flush()
            command = [sys.executable, str(HERE / "load.py"), str(self.port), "--paths", file.name, "--seconds", str(seconds)]
            command += ["--connections", str(connections), "--most", str(most), *([] if cached else ["--header", UNCACHED])]
            found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=seconds + 120).stdout)
        if set(found["statuses"]) != {"200"}:
            raise SystemExit(f"not all answers were pages: {found['statuses']} of {paths[0]} and others")
        asked = found["requests"]
        return Answers(
            asked / found["seconds"], found["p50_ms"], found["p95_ms"], (self.cpu() - before) * 1000 / asked, found["bytes"] / asked / 1024
        )

    def cpu(self) -> float:
        """Seconds of processor time that the web processes and the database have used."""
        return processes.cpu_seconds(processes.family(self.process.pid, self.database))


@contextlib.contextmanager
def serving(scratch: Scratch, *, web_processes: int = 2) -> Iterator[Server]:
    """`oportuno web` as `up` starts it in production: two processes of four threads."""
    port = free_port()
    environment = {**os.environ, "OPORTUNO_SUPERVISED": "1", "OPORTUNO_PROCESS": "web", "OPORTUNO_TEST_DATABASE": scratch.name,
                   "OPORTUNO_LOG_LEVEL": "WARNING", "PYTHONPATH": str(SOURCE), "PORT": str(port)}  # fmt: skip
    command = [sys.executable, "-m", "oportuno.doors.commandline", "web", "--port", str(port), "--processes", str(web_processes)]
    process = subprocess.Popen(command, env=environment, cwd=SOURCE.parent)
    try:
        wait_for(port, "/readyz", OPENING, alive=lambda: process.poll() is None)
        yield Server(port, process, processes.server_of(scratch.cluster.data))
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(port: int, path: str, patience: float, alive: Callable[[], bool] = lambda: True) -> float:
    """Seconds until this address is answered with 200. Gives up when the server is no longer `alive`."""
    begin = time.monotonic()
    last: object = "no answer"
    while time.monotonic() < begin + patience and alive():
        try:
            last = status(port, path)
            if last == 200:
                return time.monotonic() - begin
        except OSError as error:
            last = error
        time.sleep(0.05)
    raise SystemExit(f"{path} was not answered within {patience:g} s; the last was: {last}")


def status(port: int, path: str) -> int:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        door.request("GET", path, headers={"Host": f"localhost:{port}"})
        return door.getresponse().status
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        door.close()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
