"""Whatever a stranger writes into his headers, the page that others get is the one they would have got without him."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from django.test import Client

from oportuno.doors.marketplace.testing import SmallMarket

EVIL = "evil.example"
HEADERS: list[Mapping[str, str]] = [
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-For": "10.0.0.1", "X-Real-Ip": "10.0.0.1"},
    {"X-Forwarded-Port": "8443", "X-Forwarded-Prefix": f"//{EVIL}"},
    {"Forwarded": f"for=1.2.3.4;host={EVIL};proto=https"},
    {"X-Original-URL": "/desk/", "X-Rewrite-URL": "/desk/"},
    {"X-HTTP-Method-Override": "POST"},
    {"Accept-Language": "en"},
    {"Accept": "application/json"},
    {"User-Agent": "<script>alert(1)</script>"},
    {"Referer": f"https://{EVIL}/"},
    {"Origin": f"https://{EVIL}"},
    {"Cookie": "theme=neon; language=en; notice=yes; visitor=00000000-0000-0000-0000-000000000000; csrftoken=x"},
    {"HX-Target": "results", "HX-Trigger": EVIL, "HX-Current-URL": f"https://{EVIL}/", "HX-Boosted": "true"},
    {"Cache-Control": "no-cache", "Pragma": "no-cache", "Range": "bytes=0-10"},
]
PAGES = ("/", "/buscar/?q=rosa", "/v/flores-de-alba/")


@pytest.mark.parametrize("headers", HEADERS, ids=lambda one: next(iter(one)))
def test_it_keeps_nothing_that_a_header_said(
    stranger: Client, small_market: SmallMarket, open_shelf: Callable[[], None], headers: Mapping[str, str]
) -> None:
    for page in PAGES:
        clean = stranger.get(page).content
        open_shelf()
        Client(headers=dict(headers)).get(page)
        assert stranger.get(page).content == clean, page
        assert EVIL.encode() not in clean


def test_another_host_gets_a_page_of_its_own_and_none_is_made_of_its_name(
    stranger: Client, small_market: SmallMarket, open_shelf: Callable[[], None], settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    theirs = stranger.get("/v/flores-de-alba/", headers={"host": EVIL})
    assert EVIL not in theirs.content.decode()
    assert "Age" not in stranger.get("/v/flores-de-alba/").headers, "kept for each host apart"
    settings.ALLOWED_HOSTS = ["testserver"]
    assert stranger.get("/v/flores-de-alba/", headers={"host": EVIL}).status_code == 400


def test_no_address_of_a_page_leads_elsewhere(stranger: Client, small_market: SmallMarket) -> None:
    page = stranger.get(f"//{EVIL}/").content.decode()
    assert f'href="//{EVIL}' not in page


def test_a_flood_of_different_questions_does_not_fill_the_memory(
    stranger: Client, small_market: SmallMarket, open_shelf: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from oportuno.doors.marketplace import middleware

    monkeypatch.setattr(middleware, "MOST_PAGES", 5)
    for number in range(12):
        stranger.get(f"/privacidad/?x={number}")
    assert len(middleware.SHELF) == 5
    stranger.get("/privacidad/?x=" + "y" * (middleware.LONGEST_QUERY + 1))
    assert len(middleware.SHELF) == 5
