"""The doctor on mail: where it goes, and whether anybody hears what comes back."""

from __future__ import annotations

import socket

import pytest

from oportuno.doors.commandline.doctor import look_at_mail


@pytest.mark.parametrize(
    "url, secret, state",
    [
        ("smtp://127.0.0.1:{port}", "", "ok"),
        ("postmark+http://t@127.0.0.1:{port}", "", "warn"),
        ("postmark+http://t@127.0.0.1:{port}", "s", "ok"),
    ],
)
def test_it_says_when_a_provider_tells_nobody_what_comes_back(monkeypatch: pytest.MonkeyPatch, url: str, secret: str, state: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listens:
        monkeypatch.setenv("OPORTUNO_MAIL_URL", url.format(port=listens.getsockname()[1]))
        monkeypatch.setenv("OPORTUNO_MAIL_HOOK_SECRET", secret)
        found = look_at_mail()
    assert found.state == state
    assert "t@" not in str(found), "no key is told"
