"""What a person does at the entrance, and what a letter says."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from oportuno.people.organisations.testing import PASSWORD

CODE = re.compile(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", re.MULTILINE)
ANOTHER = "dos lirios en el agua"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> HttpResponse:
    return client.post("/entrar/", {"login": email, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return client.get("/mi-cuenta/").status_code == 200


def browser_of(email: str) -> Client:
    """A browser in which the person has just signed in with her password."""
    client = Client()
    assert sign_in(client, email).status_code == 302
    assert signed_in(client)
    return client


def sure_browser_of(email: str) -> Client:
    """The same, after she has proven once more that it is she: what changes how one signs in asks for that."""
    client = browser_of(email)
    assert client.post("/mi-cuenta/seguridad/confirmar/", {"password": PASSWORD}).status_code == 302
    return client


def code_in(letter: EmailMessage) -> str:
    found = CODE.search(str(letter.body))
    assert found, letter.body
    return found[1]


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"https?://\S+", str(letter.body))
    assert found, letter.body
    return found[0]


def path_in(letter: EmailMessage) -> str:
    return re.sub(r"^https?://[^/]+", "", link_in(letter))


def without_tokens(html: str) -> str:
    """A page without what differs every time."""
    return re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', "", html)


def code_for(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
