"""Postmark and Mailgun as far as their documents tell how they take mail: a process of its own, over real HTTP.

python mail_provider.py PORT FILE        each mail it takes is a line of JSON in FILE: headers, fields

Who is written to decides what happens: nobody@ is no address, busy@ comes back later, lost@ is taken but the answer never arrives,
broken@ meets a gateway's 502, unknown@ is told that the account's sender is not confirmed.
"""

from __future__ import annotations

import base64
import json
import sys
import uuid
from email.utils import parseaddr
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

TOKEN, KEY = "postmark-token", "mailgun-key"


class Taking(BaseHTTPRequestHandler):
    file = ""
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/email":
            self.postmark(body)
        elif self.path.startswith("/v3/") and self.path.endswith("/messages"):
            self.mailgun(body)
        else:
            self.answer(404, {"message": "not found"})

    def postmark(self, body: str) -> None:
        if self.headers["X-Postmark-Server-Token"] != TOKEN:
            return self.answer(401, {"ErrorCode": 10, "Message": "No Account or Server API tokens were supplied"})
        if self.headers["Content-Type"] != "application/json" or self.headers["Accept"] != "application/json":
            return self.answer(415, {"ErrorCode": 409, "Message": "JSON required"})
        mail = json.loads(body)
        to = parseaddr(mail["To"])[1]
        if to.startswith("nobody@"):
            told = f"You tried to send to a recipient that has been marked as inactive.\nFound inactive addresses: {to}.\nInactive recipients are ones that have generated a hard bounce or a spam complaint."
            return self.answer(422, {"ErrorCode": 406, "Message": told})
        if to.startswith("unknown@"):
            return self.answer(422, {"ErrorCode": 400, "Message": "The Sender signature was not found"})
        if not self.goes_on(to):
            return None
        self.keep({"provider": "postmark", **mail})
        if to.startswith("lost@"):
            return self.hang_up()
        return self.answer(
            200,
            {"To": mail["To"], "SubmittedAt": "2026-11-23T10:00:00Z", "MessageID": str(uuid.uuid4()), "ErrorCode": 0, "Message": "OK"},
        )

    def mailgun(self, body: str) -> None:
        if self.headers["Authorization"] != "Basic " + base64.b64encode(f"api:{KEY}".encode()).decode():
            return self.answer(401, {"message": "Forbidden"})
        mail = {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}
        to = parseaddr(mail["to"])[1]
        if to.startswith("nobody@"):
            return self.answer(400, {"message": "to parameter is not a valid address. please check documentation"})
        if to.startswith("unknown@"):
            return self.answer(403, {"message": "Domain is not allowed to send"})
        if not self.goes_on(to):
            return None
        self.keep({"provider": "mailgun", "domain": self.path.split("/")[2], **mail})
        if to.startswith("lost@"):
            return self.hang_up()
        return self.answer(200, {"id": mail.get("h:Message-Id", "<made@up>"), "message": "Queued. Thank you."})

    def goes_on(self, to: str) -> bool:
        status = {"busy@": 503, "broken@": 502, "often@": 429}.get(to.partition("@")[0] + "@")
        if status:
            self.answer(status, {"message": "come again"})
        return status is None

    def keep(self, mail: dict[str, Any]) -> None:
        with open(self.file, "a") as kept:
            kept.write(json.dumps(mail) + "\n")

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def answer(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """It tells nobody."""


if __name__ == "__main__":
    Taking.file = sys.argv[2]
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Taking)
    print(f"listens on {server.server_address[1]}", flush=True)
    server.serve_forever()
