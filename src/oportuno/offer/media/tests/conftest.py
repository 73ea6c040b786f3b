"""Folders of their own for each test's files, and the world outside."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


class Outside:
    """The other process, as a test speaks to it."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"

    def put(self, path: str, body: str | bytes, kind: str = "application/atom+xml", **headers: str) -> str:
        """Put something at an address; answers the address."""
        content = body.encode() if isinstance(body, str) else body
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        urlopen(Request(f"{self.base}{path}", content, {"Content-Type": kind, **more}, method="PUT"), timeout=20).close()
        return f"{self.base}{path}"

    def told(self, path: str) -> Any:
        with urlopen(f"{self.base}{path}", timeout=20) as answer:
            return json.load(answer)

    def asked(self, path: str) -> list[dict[str, str]]:
        return [one for one in self.told("/__asked") if one["path"] == path]

    def publish(self, topic: str, body: str, secret: str = "") -> int:
        address = f"{self.base}/__publish?{urlencode({'topic': topic, 'secret': secret})}"
        with urlopen(Request(address, body.encode(), method="PUT"), timeout=20) as answer:
            return int(json.load(answer)["status"])

    def is_verified(self, topic: str) -> bool:
        """The hub asks back in its own time."""
        for _try in range(2000):
            if (known := self.told("/__hub").get(topic)) is not None:
                return bool(known["verified"])
        return False


@pytest.fixture
def outside(settings: Any) -> Iterator[Outside]:
    """Sites, feeds and a hub, in a process of their own; ours may go there."""
    command = [sys.executable, "-m", "oportuno.offer.media.tests.world"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        found = Outside(int(process.stdout.readline()))
        settings.WEB_ALLOW = [*settings.WEB_ALLOW, found.base.removeprefix("http://")]
        yield found
        process.stdin.close()
