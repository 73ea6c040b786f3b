"""My security: how the person signs in, and where she is signed in now."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations import actions
from oportuno.people.organisations.api import PersonRequest, memberships_of, person
from oportuno.people.organisations.api.sign_in import current_sign_in
from oportuno.people.organisations.queries import sign_ins_of


@person
@require_safe
def security(request: PersonRequest) -> HttpResponse:
    """GET /mi-cuenta/seguridad/"""
    factors = list(Authenticator.objects.filter(user_id=request.person.pk).order_by("created_at"))
    return page(
        request,
        "organisations/security.html",
        {
            "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
            "app": next((factor for factor in factors if factor.type == Authenticator.Type.TOTP), None),
            "codes": next((factor.wrap() for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None),
            "sign_ins": sign_ins_of(request.person.pk, at=now()),
            "current": current_sign_in(request),
            "must_have_factor": not factors and any(member.organisation.is_operator for member in memberships_of(request.person)),
        },
    )


@person
@require_POST
def end_sign_in(request: PersonRequest, sign_in: UUID) -> HttpResponse:
    """POST /mi-cuenta/sesiones/<id>/cierre/"""
    actions.end_sign_in(person=request.person.pk, sign_in=sign_in, at=now())
    tell(request, _("That device is signed out."))
    return redirect("organisations:security")


@person
@require_POST
def end_other_sign_ins(request: PersonRequest) -> HttpResponse:
    """POST /mi-cuenta/sesiones/cierre/"""
    actions.end_other_sign_ins(person=request.person.pk, keep=current_sign_in(request), at=now())
    tell(request, _("All your other devices are signed out."))
    return redirect("organisations:security")
