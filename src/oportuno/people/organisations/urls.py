"""Addresses of people and organisations. allauth's views have ours too, and each its policy."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path

from oportuno.kernel.idempotency import entered_once
from oportuno.kernel.policies import Policy, View, declare
from oportuno.people.organisations.views import account as mine
from oportuno.people.organisations.views import invitations, keys, organisation, security, team

ENTRANCE = Policy("open", why="signing up and in: limited per account and network, answers alike for known and unknown addresses")
HERS = Policy("person")


def _pressed_once(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return entered_once(request, lambda: view(request, *args, **kwargs))

    return guarded


def _entrance(address: str, view: Any, name: str) -> URLPattern:
    return path(address, declare(ENTRANCE, _pressed_once(view)), name=name)


def _hers(address: str, view: Any, name: str) -> URLPattern:
    return path(address, declare(HERS, _pressed_once(view)), name=name)


entrance = [
    _entrance("entrar/", account.login, "account_login"),
    _entrance("salir/", account.logout, "account_logout"),
    _entrance("registro/", account.signup, "account_signup"),
    _entrance("registro/llave/", account.signup_by_passkey, "account_signup_by_passkey"),
    _entrance("registro/llave/nueva/", passkeys.signup_webauthn, "mfa_signup_webauthn"),
    _entrance("registro/codigo/", account.email_verification_sent, "account_email_verification_sent"),
    _entrance("entrar/llave/", passkeys.login_webauthn, "mfa_login_webauthn"),
    _entrance("entrar/segundo-paso/", mfa.authenticate, "mfa_authenticate"),
    _entrance("entrar/codigo/", account.request_login_code, "account_request_login_code"),
    _entrance("entrar/codigo/confirmar/", account.confirm_login_code, "account_confirm_login_code"),
    _entrance("entrar/inactiva/", account.account_inactive, "account_inactive"),
    _entrance("clave/olvidada/", account.password_reset, "account_reset_password"),
    _entrance("clave/codigo/", account.confirm_password_reset_code, "account_confirm_password_reset_code"),
    _entrance("clave/nueva/", account.complete_password_reset, "account_complete_password_reset"),
    _entrance("clave/lista/", account.password_reset_from_key_done, "account_password_reset_completed"),
]

my_security = [
    _hers("mi-cuenta/correos/", account.email, "account_email"),
    path("mi-cuenta/seguridad/", security.security, name="mfa_index"),
    _hers("mi-cuenta/seguridad/clave/", account.password_change, "account_change_password"),
    _hers("mi-cuenta/seguridad/clave/nueva/", account.password_set, "account_set_password"),
    _hers("mi-cuenta/seguridad/confirmar/", account.reauthenticate, "account_reauthenticate"),
    _hers("mi-cuenta/seguridad/confirmar/codigo/", mfa.reauthenticate, "mfa_reauthenticate"),
    _hers("mi-cuenta/seguridad/confirmar/llave/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _hers("mi-cuenta/seguridad/aplicacion/", totp.activate_totp, "mfa_activate_totp"),
    _hers("mi-cuenta/seguridad/aplicacion/retiro/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _hers("mi-cuenta/seguridad/codigos/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _hers("mi-cuenta/seguridad/codigos/nuevos/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _hers("mi-cuenta/seguridad/codigos/descarga/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    _hers("mi-cuenta/seguridad/llaves/", passkeys.list_webauthn, "mfa_list_webauthn"),
    _hers("mi-cuenta/seguridad/llaves/nueva/", passkeys.add_webauthn, "mfa_add_webauthn"),
    _hers("mi-cuenta/seguridad/llaves/<int:pk>/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    _hers("mi-cuenta/seguridad/llaves/<int:pk>/retiro/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
]

ours: list[URLPattern | URLResolver] = [
    path("mi-cuenta/", mine.account, name="account"),
    path("mi-cuenta/borrado/", mine.erasure, name="erasure"),
    path("mi-cuenta/seguridad/", security.security, name="security"),
    path("mi-cuenta/sesiones/cierre/", security.end_other_sign_ins, name="other_sign_ins"),
    path("mi-cuenta/sesiones/<uuid:sign_in>/cierre/", security.end_sign_in, name="sign_in"),
    path("mi-cuenta/organizaciones/nueva/", mine.found, name="found"),
    path("invitacion/<str:token>/", invitations.invitation, name="invitation"),
    path("desk/<slug:organisation>/equipo/", team.team, name="team"),
    path("desk/<slug:organisation>/equipo/invitaciones/", team.invitations, name="invitations"),
    path("desk/<slug:organisation>/equipo/invitaciones/<uuid:invitation>/envio/", team.send_again, name="invitation_sending"),
    path("desk/<slug:organisation>/equipo/invitaciones/<uuid:invitation>/retiro/", team.withdraw, name="invitation_withdrawal"),
    path("desk/<slug:organisation>/equipo/<uuid:person>/rol/", team.role, name="role"),
    path("desk/<slug:organisation>/equipo/<uuid:person>/salida/", team.departure, name="departure"),
    path("desk/<slug:organisation>/organizacion/", organisation.organisation, name="organisation"),
    path("desk/<slug:organisation>/organizacion/cierre/", organisation.closure, name="closure"),
    path("desk/<slug:organisation>/claves/", keys.keys, name="keys"),
    path("desk/<slug:organisation>/claves/<uuid:key>/revocacion/", keys.revocation, name="key_revocation"),
]

urlpatterns: list[URLPattern | URLResolver] = [*entrance, *my_security, path("", include((ours, "organisations")))]
