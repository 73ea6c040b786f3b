"""What an answer must look like, by the policy of the door and by who knocks (threat T01)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client

from oportuno.kernel.policies import Policy
from oportuno.people.organisations.api import CAN
from tests.safety.examples import METHODS, Door

UNUSED = {405}
LET_IN = {200, 201, 202, 204, 301, 302, 303, 304, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429}
TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|csrf-token" content="|X-CSRFToken&quot;: &quot;|name="idempotency_key" value=")[^"&]+')
HEADERS = (
    "Content-Type",
    "Location",
    "Vary",
    "Cache-Control",
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Allow",
)


def ask(client: Client, method: str, address: str, data: Mapping[str, Any] | None = None, **headers: str) -> HttpResponse:
    """One request; an exception of the application is an answer of 500."""
    client.raise_request_exception = False
    body: dict[str, Any] = {"data": dict(data)} if data and method in ("GET", "POST") else {}
    if data and method not in ("GET", "POST"):
        body = {"data": "&".join(f"{k}={v}" for k, v in data.items()), "content_type": "application/x-www-form-urlencoded"}
    send: Any = client  # whose types leave no room for headers by name
    answer: HttpResponse = (
        send.generic(method, address, **headers) if not body else getattr(send, method.lower())(address, **body, **headers)
    )
    if answer.streaming:
        answer.streaming_content = [b"".join(answer.streaming_content)]  # type: ignore[attr-defined]  # for whoever reads what was said
    return answer


def plain(answer: HttpResponse, *named: str) -> tuple[int, bytes, tuple[str, ...]]:
    """Status, body and main headers, without what the address itself said (`named`) and without tokens."""
    body = b"" if answer.streaming else answer.content
    said = [answer.headers.get(header, "") for header in HEADERS]
    for name in named:
        body = body.replace(name.encode(), b"*")
        said = [header.replace(name, "*") for header in said]
    return answer.status_code, TOKEN.sub(rb"\1*", body), tuple(said)


def is_login(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and "/entrar/" in answer.headers["Location"]


def refused_to_stranger(policy: Policy, answer: HttpResponse) -> bool:
    """Somebody who did not sign in, at a door that is not for all."""
    if policy.audience == "key":
        return answer.status_code in (401, 405)
    return is_login(answer) or answer.status_code in (404, 405)


def refused_to_outsider(policy: Policy, answer: HttpResponse) -> bool:
    """Somebody who signed in but does not belong: it looks as if nothing were there."""
    if policy.audience == "key":
        return answer.status_code in (401, 405)
    return answer.status_code in (404, 405)


def fits_member(policy: Policy, role: str, answer: HttpResponse) -> bool:
    """A member: let in if her role has the permission, told that it has not otherwise."""
    if role in CAN[policy.permission]:
        return (
            answer.status_code in LET_IN
            and not is_login(answer)
            and not (answer.status_code == 403 and answer.wsgi_request.method == "GET")  # type: ignore[attr-defined]
        )
    return answer.status_code in (403, 405)


def is_private(door: Door) -> bool:
    return any(policy.audience in ("member", "operator", "key") for policy in door.policies.values())


__all__ = ["METHODS", "ask", "fits_member", "is_login", "is_private", "plain", "refused_to_outsider", "refused_to_stranger"]
