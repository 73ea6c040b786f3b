"""What we ask of django-allauth: a person without a username, letters of our own, limits that all processes share."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.clock import now
from oportuno.kernel.sealed import seal, unseal
from oportuno.people.organisations.actions.guesses import forget_guesses, guess, take_back
from oportuno.people.organisations.actions.letters import market_name, send_letter, send_notice
from oportuno.people.organisations.api import devices
from oportuno.people.organisations.api.places import workbench_of
from oportuno.people.organisations.models import Guess, Person

LINKS = {"account_already_exists": "account_reset_password", "unknown_account": "account_signup"}
"""Letter → the page it links to; the others carry a code or a notice."""

PROOFS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With your authenticator app"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
"""How somebody signed in proves once more that it is she."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts. Links in letters start with settings.ORIGIN, never with what a request calls itself (threat T06)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed"),
        "cannot_remove_primary_email": _("This is your main address. Make another one the main address first."),
        "duplicate_email": _("This address is in your account already."),
        "email_taken": _("Somebody signs in with this address already."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_password": _("This password is not right."),
        "invalid_or_expired_key": _("This code is not right, or too old."),
        "invalid_login": _("This does not let you in. Look at what you typed."),
        "invalid_password_reset": _("This code is not right, or too old."),
        "max_email_addresses": _("You have %d addresses already; remove one first."),
        "same_as_current": _("This is what it was before."),
        "unknown_email": _("There is no account with this address"),
        "unverified_primary_email": _("Confirm your main address first."),
        "email_password_mismatch": _("The address or the password is not right."),
        "too_many_login_attempts": _("Too many tries. Wait fifteen minutes, use a passkey, or set a new password."),
        "incorrect_code": _("This code is not right, or too old."),
        "rate_limited": _("Too many requests. Wait a little and try again."),
    }

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        user.name = form.cleaned_data["name"].strip()
        user.language = get_language() or settings.LANGUAGE_CODE
        super().save_user(request, user, form, commit)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = template_prefix.rsplit("/", 1)[-1]
        send_letter(name, email, route=LINKS.get(name, ""), code=context.get("code", ""))

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        name = template_prefix.rsplit("/", 1)[-1]
        words = {key: value for key, value in (context or {}).items() if isinstance(value, str)}
        send_notice("security", email or user.email, route="organisations:security", what=name, at=now(), **words)

    def get_login_redirect_url(self, request: Any) -> str:
        """Her workbench if she has one, else her account; in her language."""
        with override(request.user.language):
            return workbench_of(request.user) or reverse("organisations:account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Back to her addresses: she has just confirmed one more. A new account's first goes on with signing up."""
        return reverse("account_email")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("organisations:account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("organisations:security")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return [{**way, "description": PROOFS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        self._guess = guess(account=self._account(request, credentials), at=now())
        if self._guess is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        take_back(self._guess)

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        forget_guesses(account=self._account(request, credentials))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return self._account(request, credentials).hex()

    def _account(self, request: HttpRequest, credentials: dict[str, Any]) -> bytes:
        """Whose tries are counted together: the address, and apart from all others a device she signed in with before.

        So that somebody who tries thousands of passwords keeps out himself, and not the owner.
        """
        address = str(credentials.get("email", "")).strip().lower()
        people = {str(user.pk) for user in filter_users_by_email(address)} if devices.is_known(request) else set()
        device = next((found for person in people if (found := devices.device_of(request, person))), "")
        return hashlib.sha256(f"{address}\n{device}".encode()).digest()

    _guess: Guess | None = None


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys belong to our origin's host; secrets lie encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Add a passkey or an authenticator app first."),
        "incorrect_code": _("This code is not right, or too old."),
        "unverified_email": _("Confirm your main address first."),
    }

    def get_totp_issuer(self) -> str:
        return market_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.ORIGIN).hostname or "localhost", "name": market_name()}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:
        with override(user.language):
            return str(_("My passkey"))

    def encrypt(self, text: str) -> str:
        return seal(text, "second factor")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, "second factor")
