"""We go out to the public web, and nowhere else, however the address is dressed up."""

from __future__ import annotations

import contextlib
import http.server
import select
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from oportuno.kernel.web import NotPublic, NotReachable, fetch

LOOPBACK = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "localhost",
]
PRIVATE = [
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.1",
]
IPV6 = [
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a00:1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[2001:0:7f00:1::]",
    "[fec0::1]",
]
DRESSED = [
    f"{scheme}://{host}{rest}"
    for host in [*LOOPBACK, *PRIVATE, *IPV6]
    for scheme, rest in [("http", "/"), ("https", "/latest/meta-data"), ("http", ":80/x")]
]
ODD = [
    "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "dict://127.0.0.1:11211/", "//127.0.0.1/", "http:127.0.0.1", "http://",
    "http://user@127.0.0.1/", "http://example.com@127.0.0.1/", "http://127.0.0.1#@example.com/", "http://127.0.0.1\\@example.com/", "http://127.0.0.1 /",
    "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://example.com:22/", "http://example.com:6379/", "http://example.com:99999/", "javascript:alert(1)",
    "http://localhost./", "http://LOCALHOST/", "http://\t127.0.0.1/", "http://127.0.0.1%00.example.com/", "http://[::1%25lo]/", "http://%31%32%37.0.0.1/",
]  # fmt: skip


@pytest.fixture(scope="module")
def canary() -> Iterator[list[str]]:
    """A server on this machine that notes whoever knocks."""
    knocks: list[str] = []

    class Knocked(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            knocks.append(self.path)
            if self.path.startswith("/to/"):
                self.send_response(302)
                self.send_header("Location", self.path.removeprefix("/to/"))
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * (2000 if self.path == "/big" else 5))

        def log_message(self, *args: Any) -> None:
            """Silence."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Knocked)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    knocks.append(f"port {server.server_port}")
    yield knocks
    server.shutdown()
    thread.join()


@pytest.fixture
def port(canary: list[str]) -> int:
    return int(canary[0].split()[1])


@pytest.mark.parametrize("address", [*DRESSED, *ODD])
def test_it_refuses_what_is_not_the_public_web(address: str) -> None:
    with pytest.raises(NotPublic):
        fetch(address, seconds=0.5)


def test_it_never_knocks_at_a_port_of_this_machine(canary: list[str], port: int) -> None:
    before = len(canary)
    for host in [*LOOPBACK, *IPV6]:
        with pytest.raises(NotPublic):
            fetch(f"http://{host}:{port}/secret", seconds=0.5)
    assert len(canary) == before


def test_it_connects_to_the_address_it_checked_although_dns_changes_its_mind(monkeypatch: pytest.MonkeyPatch, canary: list[str]) -> None:
    answers = iter(["203.0.113.7", "8.8.8.8", "127.0.0.1"])

    def rebinding(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    asked: list[str] = []

    def refuse_all(self: Any, request: Any) -> Any:
        import httpx

        asked.append(str(request.url))
        raise httpx.ConnectError("no network in this test")

    monkeypatch.setattr("socket.getaddrinfo", rebinding)
    monkeypatch.setattr("httpx.HTTPTransport.handle_request", refuse_all)
    with pytest.raises(NotPublic):
        fetch("http://rebind.example/")  # documentation range
    with pytest.raises(NotReachable):
        fetch("http://rebind.example/")
    assert asked == ["http://8.8.8.8/"]  # by number: nobody resolves the name a second time


def test_it_checks_where_a_redirect_leads(settings: Any, port: int, canary: list[str]) -> None:
    settings.WEB_ALLOW = [f"127.0.0.1:{port}"]
    assert fetch(f"http://127.0.0.1:{port}/fine").body == b"xxxxx"
    for inward in ("http://localhost/", "http://169.254.169.254/latest", "http://[::1]/", "file:///etc/passwd", "//10.0.0.1/"):
        with pytest.raises(NotPublic):
            fetch(f"http://127.0.0.1:{port}/to/{inward}")


def test_it_stops_after_three_redirects(settings: Any, port: int) -> None:
    settings.WEB_ALLOW = [f"127.0.0.1:{port}"]
    home = f"http://127.0.0.1:{port}/to/"
    with pytest.raises(NotReachable):
        fetch(home * 5 + f"http://127.0.0.1:{port}/fine")


def test_it_refuses_more_than_it_asked_for(settings: Any, port: int) -> None:
    settings.WEB_ALLOW = [f"127.0.0.1:{port}"]
    with pytest.raises(NotReachable):
        fetch(f"http://127.0.0.1:{port}/big", limit=1999)
    assert len(fetch(f"http://127.0.0.1:{port}/big", limit=2000).body) == 2000


@pytest.mark.parametrize("slow", ["headers", "body"])
def test_it_does_not_wait_for_whoever_sends_a_byte_now_and_then(slow: str, settings: Any) -> None:
    """Each byte comes well within the time; all of them would take ten times as long."""
    sent: list[bytes] = []
    whole = b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 100 + b"\r\nContent-Length: 100\r\n\r\n"
    begin = whole if slow == "body" else whole[:27]
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.WEB_ALLOW = [f"127.0.0.1:{port}"]
        thread = threading.Thread(target=drip, args=(server, begin, (whole + b"y" * 100)[len(begin) :], sent))
        thread.start()
        with pytest.raises(NotReachable):
            fetch(f"http://127.0.0.1:{port}/", seconds=0.3)
        thread.join()
    assert 0 < len(sent) < 100


def drip(server: socket.socket, begin: bytes, rest: bytes, sent: list[bytes]) -> None:
    """Answers a byte at a time, until nobody listens."""
    link, _ = server.accept()
    with link, contextlib.suppress(OSError):
        link.recv(4096)
        link.sendall(begin)
        for byte in rest:
            link.sendall(bytes([byte]))
            sent.append(bytes([byte]))
            select.select([link], [], [], 0.03)
            if select.select([link], [], [], 0)[0]:
                return  # it hung up
