"""Asks one server for pages over kept connections, each as soon as the last was answered. A process of its own, small and bounded.

    python bench/load.py PORT --paths FILE [--connections 8] [--seconds 6] [--most 200000] [--header "Name: value"]…

Writes JSON: requests, seconds, p50_ms, p95_ms, max_ms, statuses, bytes, own_cpu_seconds. Asks 127.0.0.1 only.
"""

from __future__ import annotations

import argparse
import json
import re
import selectors
import socket
import time
from collections import Counter
from pathlib import Path

from frame import percentile

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.I)
SILENCE = 30.0  # seconds without any answer before it gives up


class Connection:
    """One visitor: asks, waits for the whole answer, asks the next."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SILENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer = bytearray()
        self.end = -1  # of the answer, once its head has told
        self.asked_at = 0.0

    def ask(self, request: bytes) -> None:
        self.answer.clear()
        self.end = -1
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def heard(self) -> bool:
        """Take in what has come; is the answer whole?"""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server closed a kept connection")
        self.answer += part
        if self.end == -1 and (head := self.answer.find(b"\r\n\r\n")) >= 0:
            if found := LENGTH.search(self.answer, 0, head + 2):
                self.end = head + 4 + int(found[1])
            elif CHUNKED.search(self.answer, 0, head + 2):
                self.end = -2
            else:
                self.end = head + 4
        return self.answer.endswith(b"0\r\n\r\n") if self.end == -2 else 0 <= self.end <= len(self.answer)


def fire(port: int, requests: list[bytes], connections: int, seconds: float, most: int) -> dict[str, object]:
    """Ask all of `requests` in turn, again and again, until the time is over or `most` were asked."""
    chooser = selectors.DefaultSelector()
    taken: list[float] = []
    statuses: Counter[str] = Counter()
    size = asked = waiting = 0
    begin = time.perf_counter()
    for _ in range(connections):
        one = Connection(port)
        chooser.register(one.socket, selectors.EVENT_READ, one)
        one.ask(requests[asked % len(requests)])
        asked, waiting = asked + 1, waiting + 1
    while waiting:
        ready = chooser.select(SILENCE)
        if not ready:
            raise TimeoutError("the server has not answered for half a minute")
        for key, _ in ready:
            one = key.data
            if not one.heard():
                continue
            at = time.perf_counter()
            taken.append((at - one.asked_at) * 1000)
            statuses[bytes(one.answer[9:12]).decode()] += 1
            size += len(one.answer)
            if at - begin < seconds and asked < most:
                one.ask(requests[asked % len(requests)])
                asked += 1
            else:
                chooser.unregister(one.socket)
                one.socket.close()
                waiting -= 1
    return {"requests": len(taken), "seconds": time.perf_counter() - begin, "p50_ms": percentile(taken, 0.5), "p95_ms": percentile(taken, 0.95),
            "max_ms": max(taken), "statuses": statuses, "bytes": size, "own_cpu_seconds": time.process_time()}  # fmt: skip


def request(port: int, address: str, headers: list[str]) -> bytes:
    """`address` is a path, or `//host/path` for another name of the same server."""
    host, path = address[2:].split("/", 1) if address.startswith("//") else (f"localhost:{port}", address[1:])
    lines = [f"GET /{path} HTTP/1.1", f"Host: {host}", "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("--paths", type=Path, required=True, help="A file with one path (or //host/path) a line, percent-encoded.")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--most", type=int, default=200_000)
    parser.add_argument("--header", action="append", default=[])
    given = parser.parse_args()
    requests = [request(given.port, path, given.header) for path in given.paths.read_text().split()]
    print(json.dumps(fire(given.port, requests, given.connections, given.seconds, given.most)))


if __name__ == "__main__":
    main()
