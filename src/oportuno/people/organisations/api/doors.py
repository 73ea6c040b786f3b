"""Who may walk through a door of the workbench or of "my account"."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Forbidden, NotFound
from oportuno.kernel.idempotency import sent_once
from oportuno.kernel.isolation import for_organisation, for_person
from oportuno.kernel.policies import Policy, View, declare
from oportuno.people.organisations import queries, rules
from oportuno.people.organisations.models import Person


class MemberRequest(HttpRequest):
    """A request of somebody who acts in one of her organisations."""

    member: queries.Member


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in."""

    person: Person


def person(view: View) -> View:
    """Whoever has signed in, seeing her own rows across organisations. Adds `request.person`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.person = request.user  # type: ignore[attr-defined]
        with for_person(request.user.pk):
            return sent_once(request, str(request.user.pk), lambda: view(request, *args, **kwargs))

    return declare(Policy("person"), guarded)


def member(permission: str = "see") -> Callable[[View], View]:
    """A member of the organisation named in the address whose role has the permission. Adds `request.member`.

    The address must carry `organisation` (a slug). A stranger gets 404, like for an organisation that is not there.
    """
    return _workbench(Policy("member", permission), operator_only=False)


def operator(permission: str = "see market") -> Callable[[View], View]:
    """Staff of the market's operator; they must have a second factor (threat T07)."""
    return _workbench(Policy("operator", permission), operator_only=True)


def _workbench(policy: Policy, *, operator_only: bool) -> Callable[[View], View]:
    if policy.permission not in rules.CAN:
        raise KeyError(f"No permission is called {policy.permission!r}")

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, organisation: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            acting = queries.member_for(request.user, organisation)
            if operator_only and not acting.organisation.is_operator:
                raise NotFound
            if missing := _second_factor_missing(request, acting):
                return missing
            if not acting.may(policy.permission):
                raise Forbidden(_("Your role in this organisation does not allow that. Ask its owner."))
            request.member = acting  # type: ignore[attr-defined]
            with for_organisation(acting.organisation.pk):
                return sent_once(request, str(request.user.pk), lambda: view(request, *args, **kwargs))

        return declare(policy, guarded)

    return mark


def _second_factor_missing(request: HttpRequest, acting: queries.Member) -> HttpResponseRedirect | None:
    """Where operator staff without a second factor must go first. Demo people are let off, but never in production."""
    if not acting.organisation.is_operator or (acting.person.is_demo and not settings.PRODUCTION):
        return None
    if get_adapter().is_mfa_enabled(acting.person):
        return None
    messages.warning(request, _("Whoever runs the market signs in with a second factor. Add a passkey or an authenticator app."))
    return redirect("organisations:security")
