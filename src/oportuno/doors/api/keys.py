"""Who calls: nobody in particular, or an organisation's key."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden
from oportuno.kernel.idempotency import Answer, once
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import Policy
from oportuno.people.organisations.api import SCOPES, Organisation, key_for

Operation = Callable[..., Any]


class KeyRequest(HttpRequest):
    """A request that came with a valid key."""

    organisation: Organisation
    scopes: frozenset[str]


class Key(HttpBearer):
    """`Authorization: Bearer opk_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        grant = key_for(token, at=now())
        if grant is None:
            return None
        request.organisation, request.scopes = grant.organisation, grant.scopes  # type: ignore[attr-defined]
        return f"{grant.organisation.pk}:{token[:12]}"


class Pace(SimpleRateThrottle):
    """Requests a minute for one key, or for one network where there is no key."""

    scope = "api"

    def __init__(self, rate: str, *, keyed: bool) -> None:
        self.keyed = keyed
        super().__init__(rate)

    def get_cache_key(self, request: HttpRequest) -> str | None:
        caller = getattr(request, "auth", None) if self.keyed else self.get_ident(request)
        return f"pace:{'key' if self.keyed else 'net'}:{caller}" if caller else None


ANYBODY = Pace("600/m", keyed=False)
KEYED = Pace("1200/m", keyed=True)


def anybody(operation: Operation) -> Operation:
    """An operation for all: it sees what is published."""

    @wraps(operation)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with for_public():
            return operation(request, *args, **kwargs)

    return _declared(operation, guarded, Policy("public"))


def scoped(scope: str) -> Callable[[Operation], Operation]:
    """An operation for an organisation's key with this scope; it sees the organisation's own rows."""
    if scope not in SCOPES:
        raise KeyError(f"No scope is called {scope!r}")

    def mark(operation: Operation) -> Operation:
        @wraps(operation)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if scope not in request.scopes:
                raise Forbidden(_("This key does not have the scope %(scope)s.") % {"scope": scope})
            with transaction.atomic(), for_organisation(request.organisation.pk):
                return operation(request, *args, **kwargs)

        return _declared(operation, guarded, Policy("key", scope))

    return mark


def _declared(operation: Operation, guarded: Operation, policy: Policy) -> Operation:
    """With its policy, and with the operation's own types, which ninja could not find by name in this module."""
    guarded.policy = policy  # type: ignore[attr-defined]
    guarded.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
    return guarded


def exactly_once(request: Any, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a POST once per Idempotency-Key; without the header, as often as it comes."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return do()

    def run() -> Answer:
        response = do()
        return Answer(response.status_code, {"Content-Type": response["Content-Type"]}, response.content)

    scope = f"{request.organisation.pk}:{request.method}:{request.path}"
    answer = once(scope=scope, key=key, request=request.body, at=now(), do=run)
    response = HttpResponse(answer.body, status=answer.status, headers=answer.headers)
    if answer.replayed:
        response["Idempotency-Replayed"] = "true"
    return response
