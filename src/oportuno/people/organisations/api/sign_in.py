"""A session is as alive as its sign-in: ended elsewhere, it is nobody's at its next request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from oportuno.kernel.clock import now
from oportuno.people.organisations.actions.sign_ins import see
from oportuno.people.organisations.api import devices
from oportuno.people.organisations.models import SignIn

SESSION_KEY = "sign_in"


def living_sign_ins(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, after Django's authentication. Costs one query by key, and only where somebody asks who is there."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        claimed = request.user
        request.user = SimpleLazyObject(lambda: _living(request, claimed))  # type: ignore[assignment]
        response = get_response(request)
        if getattr(request, "signed_in_now", None):
            devices.remember(request, response, str(request.signed_in_now))  # type: ignore[attr-defined]
        return response

    return middleware


def current_sign_in(request: HttpRequest) -> UUID | None:
    """The sign-in of this browser; None for a stranger."""
    found = request.session.get(SESSION_KEY)
    return UUID(found) if found else None


def _living(request: HttpRequest, claimed: Any) -> Any:
    if not claimed.is_authenticated:
        return AnonymousUser()
    key = current_sign_in(request)
    sign_in = SignIn.objects.filter(pk=key, person_id=claimed.pk, ended_at__isnull=True).first() if key else None
    if sign_in is None:
        request.session.flush()
        return AnonymousUser()
    see(sign_in=sign_in, at=now())
    return claimed
