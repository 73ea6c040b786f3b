"""The team of an organisation: members, their roles, invitations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations import actions, rules
from oportuno.people.organisations.api import MemberRequest, Role, member
from oportuno.people.organisations.api.sign_in import current_sign_in
from oportuno.people.organisations.forms import InviteForm, words_of_roles
from oportuno.people.organisations.queries import open_invitations, team_of


@member("see")
@require_safe
def team(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/equipo/"""
    return _page(request)


@member("manage team")
@require_POST
def invitations(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/equipo/invitaciones/"""
    form = InviteForm(request.POST, giver=request.member.role)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        actions.invite(**form.cleaned_data, by=request.member, at=now())
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal))
        return _page(request, form=form, status=refusal.status)
    tell(request, _("The invitation is on its way."))
    return _back(request)


@member("manage team")
@require_POST
def send_again(request: MemberRequest, invitation: UUID) -> HttpResponse:
    """POST /desk/<organisation>/equipo/invitaciones/<id>/envio/"""
    actions.send_again(invitation=invitation, by=request.member, at=now())
    tell(request, _("Sent again. The link of the earlier letter no longer works."))
    return _back(request)


@member("manage team")
@require_POST
def withdraw(request: MemberRequest, invitation: UUID) -> HttpResponse:
    """POST /desk/<organisation>/equipo/invitaciones/<id>/retiro/"""
    actions.withdraw_invitation(invitation=invitation, by=request.member, at=now())
    tell(request, _("The invitation is withdrawn; its link no longer works."))
    return _back(request)


@member("manage team")
@require_POST
def role(request: MemberRequest, person: UUID) -> HttpResponse:
    """POST /desk/<organisation>/equipo/<person>/rol/"""
    try:
        actions.change_role(person=person, role=request.POST.get("role", ""), by=request.member, at=now(), keep=_keep(request, person))
    except Refusal as refusal:
        return _page(request, refusal=refusal, status=refusal.status)
    tell(request, _("The role is changed."))
    return _back(request)


@member("see")
@require_POST
def departure(request: MemberRequest, person: UUID) -> HttpResponse:
    """POST /desk/<organisation>/equipo/<person>/salida/ – taking somebody out, or leaving oneself."""
    try:
        actions.end_membership(person=person, by=request.member, at=now(), keep=_keep(request, person))
    except Refusal as refusal:
        return _page(request, refusal=refusal, status=refusal.status)
    if person == request.member.id:
        tell(request, _("You have left the organisation."))
        return redirect("organisations:account")
    tell(request, _("This person no longer belongs to the team, and has no access any more."))
    return _back(request)


def _keep(request: MemberRequest, person: UUID) -> UUID | None:
    return current_sign_in(request) if person == request.member.id else None


def _page(request: MemberRequest, *, form: InviteForm | None = None, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    by, at = request.member, now()
    mates = team_of(by)
    changeable = {mate.person.pk for mate in mates if rules.may_give(by.role, mate.role)}
    context = {
        "team": [(mate, mate.person.pk in changeable, mate.person.pk == by.id) for mate in mates],
        "roles": [(r.value, r.label) for r in Role if rules.may_give(by.role, r.value)],
        "role_words": words_of_roles(by.organisation),
        "may_manage": by.may("manage team"),
        "invitations": [(one, one.is_open(at)) for one in open_invitations(by)] if by.may("manage team") else [],
        "form": form or InviteForm(giver=by.role),
        "stopped": refusal,
        "organisation": by.organisation,
    }
    return page(request, "organisations/team.html", context, status=status)


def _back(request: MemberRequest) -> HttpResponse:
    return redirect("organisations:team", organisation=request.member.organisation.slug)
