"""The catcher's HTTP: `GET /cgi-bin/sendsms` as Kannel, `POST /2010-04-01/Accounts/<sid>/Messages.json` as Twilio."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import threading
import uuid
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from oportuno.doors.integrations.smscatcher.box import Box
from oportuno.doors.integrations.smscatcher.signing import signature

PLACE = "127.0.0.1:2526"
MESSAGES = re.compile(r"/2010-04-01/Accounts/([^/]+)/Messages\.json\Z")
BUSY, REFUSES, BREAKS, UNDELIVERABLE = "0001", "0002", "0003", "0004"
LARGEST = 100_000
REPORT_SECONDS = 5


def listening_place() -> tuple[str, int]:
    """`OPORTUNO_SMS_CATCHER` as host and port."""
    host, _, port = os.environ.get("OPORTUNO_SMS_CATCHER", PLACE).rpartition(":")
    return host or "127.0.0.1", int(port)


class Catching(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, box: Box, host: str, port: int) -> None:
        super().__init__((host, port), Handler)
        self.box = box


class Handler(BaseHTTPRequestHandler):
    server: Catching
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        given = dict(parse_qsl(at.query, keep_blank_values=True))
        if at.path != "/cgi-bin/sendsms":
            return self._answer(404, "text/plain", "Unknown request")
        if not given.get("username") or not given.get("password"):
            return self._answer(403, "text/plain", "Authorization failed for sendsms")
        if not given.get("to") or "text" not in given:
            return self._answer(400, "text/plain", "Missing receiver number, rejected")
        if given["to"].endswith(BUSY):
            return self._answer(503, "text/plain", "Temporal failure, try again later.")
        if given["to"].endswith(REFUSES):
            return self._answer(400, "text/plain", "Number is in black-list. Message rejected.")
        kept = self.server.box.keep(
            to=given["to"], sender=given.get("from", ""), text=given["text"], protocol="kannel", reference=str(uuid.uuid4())
        )
        if given["to"].endswith(BREAKS):
            return self._break_off()
        self._answer(202, "text/plain", "0: Accepted for delivery")
        if report := given.get("dlr-url"):
            state = "2" if given["to"].endswith(UNDELIVERABLE) else "1"
            address = (
                report.replace("%d", state)
                .replace("%F", quote(kept.reference))
                .replace("%A", quote("stat:DELIVRD" if state == "1" else "stat:UNDELIV"))
            )
            self._report(address, None, {})
        return None

    def do_POST(self) -> None:
        raw = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        account = MESSAGES.match(urlsplit(self.path).path)
        given = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
        user, token = self._pair()
        if account is None:
            return self._json(404, {"code": 20404, "message": "The requested resource was not found"})
        if user != account.group(1) or not token:
            return self._json(401, {"code": 20003, "message": "Authenticate"})
        if not given.get("To") or not given.get("Body"):
            return self._json(400, {"code": 21602, "message": "Message body is required."})
        if given["To"].endswith(BUSY):
            return self._json(429, {"code": 20429, "message": "Too Many Requests"})
        if given["To"].endswith(REFUSES):
            return self._json(400, {"code": 21211, "message": "The 'To' number is not a valid phone number."})
        sid = "SM" + uuid.uuid4().hex
        self.server.box.keep(to=given["To"], sender=given.get("From", ""), text=given["Body"], protocol="twilio", reference=sid)
        if given["To"].endswith(BREAKS):
            return self._break_off()
        self._json(201, {"sid": sid, "status": "queued", "to": given["To"], "body": given["Body"]})
        if callback := given.get("StatusCallback"):
            state = "undelivered" if given["To"].endswith(UNDELIVERABLE) else "delivered"
            form = {"MessageSid": sid, "MessageStatus": state, "To": given["To"], "AccountSid": user}
            form |= {"ErrorCode": "30005"} if state == "undelivered" else {}
            self._report(callback, form, {"X-Twilio-Signature": signature(token, callback, form)})
        return None

    def _pair(self) -> tuple[str, str]:
        try:
            user, _, token = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode().partition(":")
        except ValueError:
            return "", ""
        return user, token

    def _json(self, status: int, answer: Mapping[str, object]) -> None:
        self._answer(status, "application/json", json.dumps(answer))

    def _answer(self, status: int, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _break_off(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _report(self, address: str, form: Mapping[str, str] | None, headers: Mapping[str, str]) -> None:
        threading.Thread(target=_call, args=(address, form, headers), daemon=True).start()

    def log_message(self, format: str, *args: object) -> None:
        """Numbers do not belong into logs."""


def _call(address: str, form: Mapping[str, str] | None, headers: Mapping[str, str]) -> None:
    """Tell the market, by hand; a market that is away is not told again, as with careless gateways."""
    at = urlsplit(address)
    body = b"" if form is None else urlencode(form).encode()
    lines = [f"{'GET' if form is None else 'POST'} {at.path}{'?' + at.query if at.query else ''} HTTP/1.0", f"Host: {at.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [] if form is None else ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    try:
        with socket.create_connection((at.hostname or "", at.port or 80), timeout=REPORT_SECONDS) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body)
            line.recv(1000)
    except OSError:
        pass
