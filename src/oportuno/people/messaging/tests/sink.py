"""A relay to measure and to break: SMTP with PIPELINING, which counts, keeps names in a log as Postfix does, and may hang up before its 250.

python sink.py PORT LOG [--drop N] [--plain]      hangs up before the answer to every Nth mail; offers no PIPELINING
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys

MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]+>)", re.I | re.M)
RCPT = re.compile(rb"RCPT TO:<([^>]*)>", re.I)


class Sink(asyncio.Protocol):
    taken = 0

    def __init__(self, log: object, drop: int, plain: bool) -> None:
        self.log, self.drop, self.plain = log, drop, plain
        self.buffer, self.in_text, self.readers = b"", False, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.out = transport
        self.out.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        answers = []
        while True:
            if self.in_text:
                text, end, rest = (
                    (b"", b".\r\n", self.buffer[3:]) if self.buffer.startswith(b".\r\n") else self.buffer.partition(b"\r\n.\r\n")
                )
                if not end:
                    break
                self.buffer, self.in_text = rest, False
                if text:
                    Sink.taken += 1
                    found = MESSAGE_ID.search(text)
                    self.log.write(b"sink/cleanup: message-id=%s bytes=%d\n" % (found.group(1) if found else b"<>", len(text)))
                    self.log.flush()
                    if self.drop and Sink.taken % self.drop == 0:
                        self.out.write(b"".join(answers))
                        self.out.close()
                        return
                answers.append(b"250 taken\r\n" if text else b"554 no reader\r\n")
                continue
            line, end, rest = self.buffer.partition(b"\r\n")
            if not end:
                break
            self.buffer = rest
            answers.append(self.answer(line))
        if answers:
            self.out.write(b"".join(answers))

    def answer(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"EHLO":
            return b"250 sink\r\n" if self.plain else b"250-sink\r\n250 PIPELINING\r\n"
        if verb == b"RCPT":
            address = RCPT.match(line)
            if address and address.group(1).endswith(b"@nobody.test"):
                return b"550 5.1.1 User unknown\r\n"
            if address and address.group(1).endswith(b"@busy.test"):
                return b"451 4.7.1 later\r\n"
            self.readers += 1
        if verb == b"DATA":
            if not self.readers:
                return b"503 no reader\r\n"
            self.readers, self.in_text = 0, True
            return b"354 go on\r\n"
        if verb == b"QUIT":
            self.out.close()
        return b"250 ok\r\n"


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("log")
    parser.add_argument("--drop", type=int, default=0)
    parser.add_argument("--plain", action="store_true")
    asked = parser.parse_args()
    with open(asked.log, "ab") as log:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Sink(log, asked.drop, asked.plain), "127.0.0.1", asked.port)
        print(f"listens on {server.sockets[0].getsockname()[1]}", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    sys.setswitchinterval(0.01)
    asyncio.run(main())
