"""What every answer carries, whatever it is: pages, files, programs' answers, refusals, defects; cookies; and what production insists on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pydantic import ValidationError

from oportuno.config.env import INSECURE_KEY, Env
from tests.safety import answers
from tests.safety.examples import doors, values_for
from tests.safety.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
SRC = Path(__file__).parents[2] / "src"
INSISTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ENDS_WHAT_OTHERS_NEED = ("account_logout", "organisations:closure")


def all_answers(market: Market) -> Iterator[tuple[str, HttpResponse]]:
    """Of every address, to whom it is for and to a stranger; and of addresses and requests that are wrong."""
    insiders = {"operator": market.dario.client, "member": market.alba.client, "person": market.carmen.client}
    for door in doors():
        if door.name in ENDS_WHAT_OTHERS_NEED:
            continue
        audience = door.policies["GET"].audience
        key = {"HTTP_AUTHORIZATION": f"Bearer {market.keys['all']}"} if audience == "key" else {}
        for client in {insiders.get(audience, Client()), Client()}:
            cache.clear()
            address = door.address(values_for(door, market))
            yield f"GET {address}", answers.ask(client, "GET", address, None, **key)
        yield f"DELETE {address}", answers.ask(Client(), "DELETE", address)
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for address in (
        "/no-hay-tal/",
        "/api/v1/no-hay-tal",
        "/desk/no-hay-tal/",
        "/v/no-hay-tal/",
        "/?q=%00",
        "/media/pictures/x.webp",
        "/static/x.css",
    ):
        yield f"GET {address}", answers.ask(strict, "GET", address)
    yield "POST /boletin/ from elsewhere", answers.ask(strict, "POST", "/boletin/", {"email": "x"})
    yield "GET /static/", Client().get("/static/ui/base.css")


def faults(answer: HttpResponse) -> list[str]:
    framed = (
        {"X-Frame-Options": "SAMEORIGIN"} if "frame-ancestors 'self'; sandbox" in answer.headers.get("Content-Security-Policy", "") else {}
    )
    found = [f"{name}: {answer.headers.get(name)}" for name, value in {**INSISTED, **framed}.items() if answer.headers.get(name) != value]
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers.get("Content-Security-Policy", "").split(";"))
    if policy.get("default-src") != "'none'" or not (
        "sandbox" in policy or policy.get("frame-ancestors") == policy.get("base-uri") == "'none'"
    ):
        found.append(f"policy {answer.headers.get('Content-Security-Policy')}")
    scripts = policy.get("script-src", "'none'")
    if scripts not in ("'self'", "'none'"):
        found.append(f"scripts from {scripts}")
    return found + [
        f"cookie {name} is loose" for name, one in answer.cookies.items() if one.value and one["samesite"] not in ("Lax", "Strict")
    ]


def test_it_is_strict_in_every_answer(market: Market) -> None:
    told = {what: found for what, answer in all_answers(market) if (found := faults(answer))}
    assert not told, f"{len(told)}:\n" + "\n".join(f"{what}: {found}" for what, found in list(told.items())[:40])


def test_it_is_strict_in_a_defect_too(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("oportuno.doors.marketplace.views.sellers.directory.seller_page_data", broken)
    cache.clear()
    answer = answers.ask(Client(), "GET", f"/v/{market.alba.member.organisation.slug}/")
    assert (answer.status_code, faults(answer)) == (500, [])
    assert b"RuntimeError" not in answer.content


def test_it_hands_out_what_people_brought_as_files_only(market: Market) -> None:
    """Evidence, product files, exports, attachments: never shown within a page of ours, whatever they call themselves."""
    seen, loose = set(), []
    for what, answer in all_answers(market):
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        of_people = answer.status_code == 200 and re.search(r"/archivos?/|/evidencias?/|/adjuntos/|descarga|exportacion", what)
        if of_people and kind not in ("text/html", "application/json"):
            seen.add(re.sub(r"[0-9a-f]{8}-[-0-9a-f]{27}", "…", what))
            if not answer.headers.get("Content-Disposition", "").startswith("attachment"):
                loose.append(f"{what}: {kind}, shown in the page")
    assert not loose, "\n".join(loose)
    assert len(seen) >= 3, seen


def test_it_would_see_what_is_loose() -> None:
    bare = HttpResponse()
    bare.set_cookie("x", "y")
    assert len(faults(bare)) == len(INSISTED) + 2
    bare.headers["Content-Security-Policy"] = (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; script-src 'self' 'unsafe-inline'"
    )
    assert any("unsafe-inline" in one for one in faults(bare))


GOOD = {
    "mode": "production", "secret_key": "k" * 50, "hosts": "market.example", "origin": "https://market.example", "tls": True, "debug": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"debug": True}, "OPORTUNO_DEBUG must be off"),
        ({"secret_key": INSECURE_KEY}, "SECRET_KEY must be set"),
        ({"secret_key": "short"}, "at least 32 characters"),
        ({"hosts": ""}, "OPORTUNO_HOSTS must list"),
        ({"hosts": "market.example,*"}, "OPORTUNO_HOSTS must list"),
        ({"hosts": ".*"}, "OPORTUNO_HOSTS must list"),
        ({"hosts": "https://market.example"}, "OPORTUNO_HOSTS must list"),
        ({"origin": "http://market.example"}, "https:// address"),
        ({"origin": ""}, "https:// address"),
        ({"tls": False}, "OPORTUNO_TLS must be 1"),
    ],
)
def test_production_refuses_to_start_with_each_careless_setting_alone(wrong: dict[str, Any], said: str) -> None:
    Env(**GOOD)
    with pytest.raises(ValidationError, match=re.escape(said)):
        Env(**{**GOOD, **wrong})


def test_every_setting_is_explained_to_operators() -> None:
    page = (SRC.parent / "docs/operators/settings.md").read_text()
    commands = "".join(file.read_text() for file in (SRC / "oportuno/doors/commandline").rglob("*.py"))
    asked = {*re.findall(r'envvar="(\w+)"', commands)} - {"OPORTUNO_WORDPRESS_PASSWORD"}  # its command's help tells of it
    alike = {"port", "secret_key", "database_url", "database_owner_url"}
    settings = {name.upper() if name in alike else f"OPORTUNO_{name.upper()}" for name in Env.model_fields}
    assert [name for name in sorted(settings | asked) if f"| `{name}` |" not in page] == []


def test_production_asks_for_https_and_keeps_cookies_to_it(tmp_path: Path) -> None:
    """As a web process of production reads its settings."""
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE",
             "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "ALLOWED_HOSTS", "SECURE_CONTENT_TYPE_NOSNIFF")  # fmt: skip
    code = f"import json; from oportuno.config import settings as own; from django.conf import settings; print(json.dumps({{n: getattr(settings, n) for n in {names!r}}}))"
    given = {
        f"OPORTUNO_{name.upper()}": "1" if value is True else str(value)
        for name, value in GOOD.items()
        if name not in ("secret_key", "debug")
    }
    env = {
        **os.environ,
        **given,
        "SECRET_KEY": "k" * 50,
        "OPORTUNO_PROCESS": "web",
        "OPORTUNO_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "oportuno.config.settings",
    }
    told = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SRC, env=env).stdout)
    assert told.pop("SECURE_HSTS_SECONDS") >= 31_536_000
    assert told.pop("ALLOWED_HOSTS") == ["market.example"]
    assert told.pop("DEBUG") is False
    assert all(told.values()), told


@pytest.mark.parametrize("host", ["sitios.example.co", "Sitios.Example.CO.", "sitios.market.example", "sitios.localhost", ""])
def test_a_host_of_sites_is_another_than_the_markets(host: str) -> None:
    assert Env(**{**GOOD, "sites_host": host}).sites_host == host.lower().rstrip(".")


@pytest.mark.parametrize("host", ["MARKETS", "ABOVE", "https://sitios.example.co", "sitios", "10.0.0.1", "a b.co", "*.x.co"])
def test_a_host_of_sites_that_would_share_cookies_is_refused(host: str) -> None:
    ours = urlsplit(str(GOOD["origin"])).hostname or ""
    name = {"MARKETS": ours, "ABOVE": ours.partition(".")[2]}.get(host, host)
    with pytest.raises(ValueError, match="OPORTUNO_SITES_HOST"):
        Env(**{**GOOD, "sites_host": name})
