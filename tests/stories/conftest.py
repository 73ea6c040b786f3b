"""Stories in a real browser: a real server, the real queue, real SMTP to a catcher of the story's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from procrastinate.contrib.django import app as queue
from pytest_django.live_server_helper import LiveServer

from oportuno.doors.marketplace.testing import SmallMarket, small_market
from oportuno.people.audience.api import forms
from oportuno.people.messaging.testing import Catcher, catcher, link_in
from oportuno.people.organisations.testing import Actor
from tests.conftest import PATIENCE

__all__ = ["catcher", "link_in", "small_market"]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@dataclass
class Site:
    """The market of a story: where it is, what its mail catcher caught, and a worker that works when told to."""

    url: str
    market: SmallMarket
    catcher: Catcher
    open_window: Callable[..., BrowserContext]

    def visitor(self, **how: Any) -> Page:
        """A stranger's page."""
        return self.open_window(base_url=self.url, locale="es-CO", **how).new_page()

    def signed_in(self, actor: Actor, **how: Any) -> Page:
        """A page of somebody who has signed in."""
        client = Client()
        client.force_login(actor.person)
        window = self.open_window(base_url=self.url, locale="es-CO", **how)
        window.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.url}])
        return window.new_page()

    def work(self) -> None:
        """The real queue, until nothing is due."""
        in_a_thread(_work_off)

    def mail(self, to: str) -> Any:
        """The last mail that was caught for this address, once the queue is worked off."""
        self.work()
        return self.catcher.mails(to)[-1]


def in_a_thread(work: Callable[[], object]) -> None:
    """Something with the database, done beside the browser's driver, which keeps this thread's event loop; its failure is ours."""
    failed: list[BaseException] = []

    def done() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=done)
    thread.start()
    thread.join(30)
    assert not thread.is_alive(), "it took longer than thirty seconds"
    if failed:
        raise failed[0]


def watched(page: Page) -> list[str]:
    """What went wrong in a page."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    return wrong


def _work_off() -> None:
    with queue.replace_connector(queue.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.fixture
def site(
    transactional_db: None,
    browser: Browser,
    small_market: SmallMarket,
    catcher: Catcher,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Site]:
    """The small market, served from this process's own database; links in mail lead to it."""
    monkeypatch.setattr(forms, "QUICKEST", timedelta(0))  # a browser that is driven fills in quicker than any person
    server = LiveServer("127.0.0.1")
    settings.ORIGIN = server.url
    settings.EMAIL_BACKEND = "oportuno.people.messaging.backend.EmailBackend"  # as in life, and not the one of Django's tests
    windows: list[BrowserContext] = []

    def open_window(**how: Any) -> BrowserContext:
        window = browser.new_context(**how)
        window.set_default_timeout(PATIENCE)
        windows.append(window)
        return window

    yield Site(server.url, small_market, catcher, open_window)
    for window in windows:
        window.close()
    server.stop()
    connections.close_all()
