"""From a fresh clone to an open market: the first start, a later one, and the memory of it all when nobody is there.

    python bench/starts.py [--quick] [--json FILE]

Clones HEAD, so what is not committed is not measured. Packages come from this user's uv and npm caches when they are there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import processes
from frame import Size, Workload, main
from server import free_port, status, wait_for

CHECKOUT = Path(__file__).resolve().parents[1]
FIRST_START, LATER_START, CLOSING = 600.0, 120.0, 60.0  # seconds of patience
CALM = 20.0  # seconds after opening until memory is looked at
CLEAN = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TERM", "TMPDIR", "SSL_CERT_FILE", "UV_CACHE_DIR", "npm_config_cache", "NPM_CONFIG_CACHE",
         "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "PIP_INDEX_URL",
         "UV_INDEX_URL", "UV_DEFAULT_INDEX", "npm_config_registry", "NPM_CONFIG_REGISTRY")  # fmt: skip


@dataclass
class Start:
    """Seconds from the command to the first 200 of /readyz and of the first page; MB when calm."""

    ready: float
    page: float
    page_status: int
    memory: float = 0.0


def measure(size: Size) -> Iterator[Workload]:
    first: list[Start] = []
    later: list[Start] = []
    for _ in range(1 if size.quick else 2):
        with fresh_clone() as place:
            first.append(start(place, FIRST_START))
            later += [start(place, LATER_START, calm=number == 0) for number in range(size.runs)]
    workload = Workload(
        "starts and idle memory",
        "a clone of HEAD, an empty home, the demo market; package caches of this user as they are (warm after the first time)",
        "none for the first start; later starts follow it",
    )
    workload.add("first start to /readyz", "s", [one.ready for one in first], less=True)
    peer = "listmonk 0.6 · oscar, Wagtail 27 · Saleor 277 · Odoo 306 (packages there already)"
    workload.add("first start to the first page, packages included", "s", [one.page for one in first], less=True, goal=90, peer=peer)
    workload.add("later start to the first page", "s", [one.page for one in later], less=True, goal=5)
    idle = [one.memory for one in later if one.memory]
    peer = "after load: oscar 295 · Wagtail 340 · Odoo 495 · Saleor 544"
    workload.add("idle: supervisor, web, worker, catcher, database", "MB", idle, less=True, goal=450, peer=peer)
    if any(one.page_status != 200 for one in [*first, *later]):
        workload.notes.append("the first page did not answer 200: the time given is that of its first answer")
    yield workload


@contextlib.contextmanager
def fresh_clone() -> Iterator[Path]:
    """A folder with the clone and a home for it, removed afterwards."""
    place = Path(tempfile.mkdtemp(prefix="oportuno-start-"))
    place.chmod(0o755)
    try:
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(CHECKOUT), str(place / "clone")], check=True)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def start(place: Path, patience: float, *, calm: bool = False) -> Start:
    """Open the market, wait for its pages, close it."""
    port = free_port()
    environment = {name: os.environ[name] for name in CLEAN if name in os.environ}
    environment |= {"OPORTUNO_HOME": str(place / "home"), "PORT": str(port), "OPORTUNO_CATCHER": f"127.0.0.1:{free_port()}"}
    with open(place / "up.log", "a") as log:
        begin = time.monotonic()
        process = subprocess.Popen([sys.executable, str(place / "clone" / "oportuno"), "up"], env=environment, cwd=place / "clone", stdout=log,
                                   stderr=log, start_new_session=True)  # fmt: skip
        try:
            wait_for(port, "/readyz", patience, alive=lambda: process.poll() is None)
            found = Start(time.monotonic() - begin, 0.0, status(port, "/"))
            found.page = time.monotonic() - begin
            if calm:
                time.sleep(CALM)
                found.memory = processes.memory_mb(processes.family(process.pid, processes.server_of(place / "home/postgres/data")))
        except BaseException:
            print((place / "up.log").read_text()[-2000:], file=sys.stderr)
            raise
        finally:
            close(process)
    return found


def close(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(CLOSING)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    main(measure, __doc__)
