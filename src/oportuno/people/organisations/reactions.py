"""What follows when somebody signs in, or changes how. allauth and Django tell it by signals of theirs."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease, every
from oportuno.people.organisations.actions import begin_sign_in, end_all_access, end_sign_in, forget_old
from oportuno.people.organisations.api.sign_in import SESSION_KEY, current_sign_in
from oportuno.people.organisations.facts import PersonSignedUp
from oportuno.people.organisations.models import Person
from oportuno.people.organisations.queries import operator


@receiver(user_logged_in, dispatch_uid="organisations.begin_sign_in")
def remember_browser(request: HttpRequest, user: Person, **_rest: Any) -> None:
    device = request.META.get("HTTP_USER_AGENT", "")
    request.session[SESSION_KEY] = str(begin_sign_in(person=user.pk, device=device, at=now()).pk)
    request.signed_in_now = user.pk  # type: ignore[attr-defined]


@receiver(user_logged_out, dispatch_uid="organisations.end_sign_in")
def forget_browser(request: HttpRequest, user: Person | None, **_rest: Any) -> None:
    key = current_sign_in(request)
    if user is not None and key is not None:
        end_sign_in(person=user.pk, sign_in=key, at=now())


@receiver(account.user_signed_up, dispatch_uid="organisations.person_signed_up")
def tell_sign_up(user: Person, **_rest: Any) -> None:
    try:
        market = operator()
    except NotFound:
        return  # a market that is being set up has no log to write to
    with for_organisation(market.pk):
        record(PersonSignedUp(person=user.pk, by=user.pk, at=now()))


@receiver(account.password_set, dispatch_uid="organisations.password_set")
@receiver(account.password_changed, dispatch_uid="organisations.password_changed")
@receiver(account.password_reset, dispatch_uid="organisations.password_reset")
def end_access_after_password(request: HttpRequest, user: Person, **_rest: Any) -> None:
    _end_access(request, user, "change password")


@receiver(account.email_changed, dispatch_uid="organisations.email_changed")
@receiver(account.email_removed, dispatch_uid="organisations.email_removed")
def end_access_after_address(request: HttpRequest, user: Person, **_rest: Any) -> None:
    _end_access(request, user, "change address")


@receiver(mfa.authenticator_added, dispatch_uid="organisations.authenticator_added")
@receiver(mfa.authenticator_reset, dispatch_uid="organisations.authenticator_reset")
def end_access_after_factor(request: HttpRequest, user: Person, **_rest: Any) -> None:
    _end_access(request, user, "change second factor")


@receiver(mfa.authenticator_removed, dispatch_uid="organisations.authenticator_removed")
def end_access_after_removal(request: HttpRequest, user: Person, **_rest: Any) -> None:
    _end_access(request, user, "remove second factor")


@every("20 4 * * *", "organisations.tidy")
def tidy(lease: Lease) -> None:
    """Old sign-ins and counted tries go; Django's expired sessions with them."""
    from django.contrib.sessions.models import Session

    with lease.step():
        forget_old(now())
        Session.objects.filter(expire_date__lt=now()).delete()


def _end_access(request: HttpRequest, user: Person, because: str) -> None:
    keep = current_sign_in(request) if request.user.is_authenticated else None
    end_all_access(person=user, because=because, keep=keep, at=now())
