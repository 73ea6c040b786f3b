"""Beacons over HTTP: how many page views a second one server process takes, end to end into the log.

    python bench/beacons.py [--quick] [--json FILE]

At most: the same server's answer to a page that does nothing (`/healthz`), asked the same way. Server and load share the machine.
"""

from __future__ import annotations

import json
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from uuid import uuid4

from frame import Size, Workload, main
from scratch import Scratch
from server import serving

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"
CONNECTIONS = 16


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("beacons")
    try:
        yield sent(scratch, size)
    finally:
        scratch.drop()


def sent(scratch: Scratch, size: Size) -> Workload:
    from oportuno.people.organisations.testing import make_organisation, make_person

    make_organisation("El Mercado", owner=make_person("Darío", "dario@example.com"), kind="operator")
    workload = Workload(
        "beacons over HTTP",
        f"page views posted to one web process of 4 threads by {CONNECTIONS} kept connections, each counted in the log afterwards",
        "1 s of beacons",
    )
    with serving(scratch, web_processes=1) as server:
        fire(server.port, beacon(server.port), 1)
        empty = [fire(server.port, nothing(server.port), size.seconds) / size.seconds for _ in range(size.runs)]
        time.sleep(2.5)  # the buffer is written once a second
        begin = count(scratch)
        posted = [fire(server.port, beacon(server.port), size.seconds) for _ in range(size.runs)]
        time.sleep(2.5)
        kept = count(scratch) - begin
    limit = {"limit": statistics.median(empty), "limit_is": "the same server's empty view (/healthz), asked the same way"}
    workload.add("beacons", "a second", [one / size.seconds for one in posted], goal=1500, **limit)
    workload.add("of those sent, in the log", "share", [kept / sum(posted)], goal=1.0)
    return workload


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


def fire(port: int, request: bytes, seconds: float, connections: int = CONNECTIONS) -> int:
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


if __name__ == "__main__":
    main(measure, __doc__)
