"""Nothing of a person stands in the logs (goal P4): neither where all goes well nor where it breaks."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.core.cache import cache
from django.db import connection
from django.test import Client

from oportuno.config.logging import logging_settings, scrub
from tests.safety import answers
from tests.safety.forms import all_forms
from tests.safety.market import CANARY, Market

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
PERSON = {"email": "canaria.secreta@example.com", "name": "Canaria Secreta", "phone": "+573009998877"}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that is logged, as operators read it, down to the least important."""
    out = io.StringIO()
    lines = logging.StreamHandler(out)
    logging_settings("INFO", json_lines=True)
    root = logging.getLogger()
    lines.setFormatter(root.handlers[0].formatter)
    root.addHandler(lines)
    yield out
    root.removeHandler(lines)


def persons_in(text: str) -> list[str]:
    return [word for word in (*PERSON.values(), CANARY, "alba@example.com") if word in text]


def test_it_tells_nothing_of_who_used_which_form(market: Market, written: io.StringIO) -> None:
    for form, client in all_forms(market):
        cache.clear()
        answers.ask(
            client, "POST", form.action, {**form.data(), **{k: v for k, v in PERSON.items() if any(one.name == k for one in form.fields)}}
        )
    for password in ("no es la suya", "una rosa es una rosa"):
        answers.ask(Client(), "POST", "/entrar/", {"login": "alba@example.com", "password": password})
    assert persons_in(written.getvalue()) == []


def test_it_tells_nothing_of_a_person_when_something_breaks(market: Market, written: io.StringIO) -> None:
    """The database quotes the row that it refuses."""
    log = structlog.get_logger("oportuno.tests")
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO person SELECT * FROM person WHERE email = 'alba@example.com'")
    except Exception:
        log.exception("it.broke", email=PERSON["email"], said=f"{PERSON['phone']} called")
        logging.getLogger("elsewhere").exception("for %s", PERSON["email"])
    told = written.getvalue()
    assert told.count("UniqueViolation") >= 2
    assert persons_in(told) == []


def test_it_leaves_what_is_nobodys() -> None:
    kept = {"event": "job.failed", "path": "/v/rosales-de-alba/", "error": "line 12 of a.py: x = (1)", "at": "2026-11-23T02:08:00+00:00"}
    assert scrub(None, "", dict(kept)) == kept
