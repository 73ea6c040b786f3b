"""What stories and safety share: one Chromium a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

PATIENCE = 20_000  # milliseconds: a machine that does other things besides is slow, not wrong


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Each test opens windows of its own."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        )
        yield found
        found.close()
