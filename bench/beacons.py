"""Beacons over HTTP: how many page views a second one server process takes, end to end into the log.

    python bench/beacons.py [--json FILE] [--seconds 5] [--runs 3] [--connections 32]

At most: the same server's answer to a page that does nothing (`/healthz`), asked the same way. Server and load share the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]
from scratch import Scratch  # noqa: E402  (its folder first)

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--json", type=Path)
    arguments.add_argument("--seconds", type=float, default=5)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--connections", type=int, default=16)
    given = arguments.parse_args()
    scratch = Scratch("beacons")
    try:
        result = measure(scratch, given.seconds, given.runs, given.connections)
    finally:
        scratch.drop()
    print(
        f"beacons/s {result['per_second']:,.0f} (runs {result['runs']}), at most {result['at_most']:,.0f}/s for an empty answer;", end=" "
    )
    print(f"{result['of_most']:.2f} of it; sent {result['sent']:,}, in the log {result['kept']:,}")
    if given.json:
        given.json.write_text(json.dumps(result, indent=2))


def measure(scratch: Scratch, seconds: float, runs: int, connections: int) -> dict[str, object]:
    from oportuno.people.organisations.testing import make_organisation, make_person

    make_organisation("El Mercado", owner=make_person("Darío", "dario@example.com"), kind="operator")
    port = free_port()
    server = serve(scratch, port)
    try:
        wait_until_open(port)
        fire(port, beacon(port), 1, connections)  # warm
        empty = [fire(port, nothing(port), seconds, connections) / seconds for _ in range(runs)]
        begin = count(scratch)
        sent = [fire(port, beacon(port), seconds, connections) for _ in range(runs)]
        time.sleep(2.5)  # the buffer is written once a second
        kept = count(scratch) - begin
    finally:
        server.terminate()
        server.wait()
    per_second, most = statistics.median(sent) / seconds, statistics.median(empty)
    shown = [round(one / seconds) for one in sent]
    return {"per_second": per_second, "at_most": most, "of_most": per_second / most, "runs": shown, "sent": sum(sent), "kept": kept}


def serve(scratch: Scratch, port: int) -> subprocess.Popen[bytes]:
    """One process of the real web server, as `oportuno web` starts it."""
    environment = {**os.environ, "OPORTUNO_PROCESS": "web", "OPORTUNO_TEST_DATABASE": scratch.name, "OPORTUNO_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    command += ["--no-access-log", "--log-level", "warning", "oportuno.config.wsgi:application"]
    return subprocess.Popen(command, env=environment, cwd=Path(__file__).resolve().parents[1] / "src")


def beacon(port: int) -> bytes:
    body = json.dumps(
        {"path": "/productos/rosa-blanca-60-cm/", "referrer": "https://www.google.com/", "kind": "product", "page": str(uuid4())}
    ).encode()
    head = (
        f"POST /visita/ HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\nUser-Agent: {AGENT}\r\n"
        f"Cookie: notice=yes; visitor={uuid4()}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def nothing(port: int) -> bytes:
    return f"GET /healthz HTTP/1.1\r\nHost: localhost:{port}\r\nUser-Agent: {AGENT}\r\n\r\n".encode()


def fire(port: int, request: bytes, seconds: float, connections: int) -> int:
    """Requests answered in that time, each connection one after the other."""
    end = time.monotonic() + seconds
    counts = [0] * connections

    def ask(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.monotonic() < end:
                connection.sendall(request)
                answer = whole_answer(connection)
                if not answer.startswith((b"HTTP/1.1 204", b"HTTP/1.1 200")):
                    raise SystemExit(f"unexpected answer: {answer[:200]!r}")
                counts[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def whole_answer(connection: socket.socket) -> bytes:
    """Head and body of one answer."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lines[0].partition(b":")[2]) if lines else 0
    while len(body) < wanted:
        body += connection.recv(65536)
    return answer


def count(scratch: Scratch) -> int:
    import psycopg

    with psycopg.connect(**scratch.cluster.dsn("superuser", scratch.name)) as connection:
        found = connection.execute(
            "SELECT count(*) FROM fact f JOIN fact_kind k ON k.id = f.kind_id WHERE k.name = 'audience.page_viewed'"
        ).fetchone()
    assert found
    return int(found[0])


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def wait_until_open(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not open")


if __name__ == "__main__":
    main()
