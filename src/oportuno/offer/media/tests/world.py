"""The world outside, as a process of its own: pages and feeds with their marks, and a WebSub hub that verifies and signs.

    python -m oportuno.offer.media.tests.world        prints its port

PUT /path (Content-Type, X-Status) puts something there; GET /__asked tells what was asked for, with which marks;
POST /hub subscribes; PUT /__publish?topic=…&secret=… tells the subscribers; GET /__hub tells who is verified.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

there: dict[str, tuple[str, int, bytes, str]] = {}
asked: list[dict[str, str]] = []
subscribers: dict[str, dict[str, Any]] = {}


class World(BaseHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Quiet."""

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def sent(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def do_GET(self) -> None:
        if self.path in ("/__asked", "/__hub"):
            self.say(200, json.dumps(asked if self.path == "/__asked" else subscribers).encode(), Content_Type="application/json")
            return
        asked.append({"path": self.path, "etag": self.headers.get("If-None-Match", ""), "since": self.headers.get("If-Modified-Since", "")})
        kind, status, body, links = there.get(self.path, ("text/plain", 404, b"", ""))
        mark = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and self.headers.get("If-None-Match") == mark:
            self.say(304, ETag=mark)
            return
        self.say(status, body, Content_Type=kind, ETag=mark, **({"Link": links} if links else {}))

    def do_PUT(self) -> None:
        body = self.sent()
        if self.path.startswith("/__publish"):
            said = parse_qs(urlsplit(self.path).query)
            self.say(200, json.dumps(tell(said["topic"][0], body, said.get("secret", [""])[0])).encode())
            return
        kind = self.headers.get("Content-Type", "text/plain")
        there[self.path] = (kind, int(self.headers.get("X-Status", "200")), body, self.headers.get("X-Link", ""))
        self.say(204)

    def do_POST(self) -> None:
        said = {name: values[0] for name, values in parse_qs(self.sent().decode()).items()}
        if self.path != "/hub":
            self.say(404)
            return
        self.say(202)
        threading.Thread(target=verify, args=(said,)).start()


def verify(said: dict[str, str]) -> None:
    """Did they mean it? (WebSub §5.3)"""
    lease = said.get("hub.lease_seconds", "864000")
    question = {
        "hub.mode": said["hub.mode"],
        "hub.topic": said["hub.topic"],
        "hub.challenge": "¿lo-dices-en-serio?",
        "hub.lease_seconds": lease,
    }
    status, body = ask(f"{said['hub.callback']}?{urlencode(question)}")
    times = subscribers.get(said["hub.topic"], {}).get("times", 0) + 1
    subscribers[said["hub.topic"]] = {
        "callback": said["hub.callback"], "secret": said.get("hub.secret", ""), "lease": lease, "times": times,
        "verified": status == 200 and body.decode() == question["hub.challenge"],
    }  # fmt: skip


def tell(topic: str, body: bytes, secret: str) -> dict[str, Any]:
    known = subscribers[topic]
    signature = hmac.new((secret or known["secret"]).encode(), body, hashlib.sha256).hexdigest()
    status, _body = ask(known["callback"], body, {"X-Hub-Signature": f"sha256={signature}", "Content-Type": "application/atom+xml"})
    return {"status": status}


def ask(address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers or {}), timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except urllib.error.URLError:
        return 0, b""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), World)
    print(server.server_address[1], flush=True)
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()  # ends with whoever began it
    server.serve_forever()
