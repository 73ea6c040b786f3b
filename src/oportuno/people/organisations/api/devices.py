"""Browsers somebody has signed in with before: a signed cookie remembers for whom. It opens nothing.

It only keeps her tries apart from a stranger's, so that a stranger's guessing cannot lock her out (threat T07).
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE, SALT = "device", "organisations.device"
YEAR = 365 * 24 * 3600
MOST_PEOPLE = 5  # who share one browser


def is_known(request: HttpRequest) -> bool:
    """Whether anybody has signed in with this browser before."""
    return bool(_read(request))


def device_of(request: HttpRequest, person: str) -> str:
    """This browser's name for that person; "" when she never signed in here."""
    return _read(request).get(person, "")


def remember(request: HttpRequest, response: HttpResponseBase, person: str) -> None:
    """Leave the cookie, if it does not say so already."""
    known = _read(request)
    if person in known:
        return
    latest = dict(list(known.items())[-(MOST_PEOPLE - 1) :]) | {person: secrets.token_hex(8)}
    value = signing.dumps(latest, salt=SALT, compress=True)
    response.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)  # type: ignore[attr-defined]


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
