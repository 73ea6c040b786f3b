"""Asking somebody to join, by mail."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal, TooMany
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations import rules
from oportuno.people.organisations.actions.letters import send_letter
from oportuno.people.organisations.actions.memberships import join
from oportuno.people.organisations.facts import PersonInvited
from oportuno.people.organisations.models import Invitation, Membership, Organisation, Person, Role
from oportuno.people.organisations.queries import Member, digest_of, invitation_by_token


@transaction.atomic
def invite(*, email: str, role: str, by: Member, at: datetime) -> Invitation:
    """Ask the reader of an address to join. The letter alone holds the token; it works once, for seven days.

    Raises Conflict when she was asked already or belongs to the team, TooMany after twenty invitations in a day.
    """
    address = _checked_address(email)
    if role not in Role.values or not rules.may_give(by.role, role):
        raise Forbidden(_("Only an owner may make somebody an owner, or change one."))
    with for_organisation(by.organisation.pk):
        Organisation.objects.select_for_update().get(pk=by.organisation.pk)  # two invitations at once count each other
        _refuse_known(address)
        if Invitation.objects.filter(at__gt=at - timedelta(days=1)).count() >= rules.INVITATIONS_A_DAY:
            raise TooMany(_("You have invited many people today. Go on tomorrow."), retry_after=86_400)
        invitation = Invitation(email=address, role=role, invited_by_id=by.id, at=at)
        _send(invitation, by=by, at=at)
        record(PersonInvited(invitation=invitation.pk, role=role, by=by.id, at=at))
        audit("invite", at=at, by=by.id, of=invitation, role=role)
    return invitation


@transaction.atomic
def send_again(*, invitation: UUID, by: Member, at: datetime) -> Invitation:
    """Send the letter anew, with a new token and seven new days; the old letter's link is dead."""
    with for_organisation(by.organisation.pk):
        found = _lock_open(invitation)
        if not rules.may_give(by.role, found.role):
            raise Forbidden(_("Only an owner may make somebody an owner, or change one."))
        if at - found.at < timedelta(minutes=1):
            raise TooMany(_("The invitation was sent a moment ago. Wait a minute before you send it again."), retry_after=60)
        _send(found, by=by, at=at)
    return found


@transaction.atomic
def withdraw_invitation(*, invitation: UUID, by: Member, at: datetime) -> None:
    """Take an invitation back; its link is dead."""
    with for_organisation(by.organisation.pk):
        found = _lock_open(invitation)
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        audit("withdraw invitation", at=at, by=by.id, of=found)


@transaction.atomic
def accept_invitation(*, token: str, person: Person, at: datetime) -> Organisation:
    """Join. Only somebody who has proven the invited address as hers may: a forwarded letter opens nothing.

    Raises NotFound for a link that is used, withdrawn or too old.
    """
    opened = invitation_by_token(token, at=at)
    if not opened.is_for(person):
        raise Forbidden(_("This invitation was sent to another address. Add that address to your account and confirm it first."))
    with for_organisation(opened.organisation.pk):
        found = _lock_open(opened.invitation.pk)
        if bytes(found.token_digest) != digest_of(token):  # sent again meanwhile
            raise NotFound
        found.accepted_at = at
        found.save(update_fields=["accepted_at"])
        join(organisation=opened.organisation, person=person, role=found.role, at=at)
        audit("accept invitation", at=at, by=person.pk, of=found, role=found.role)
    return opened.organisation


def _checked_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refusal(_("This is not an e-mail address. It should look like name@example.com."), field="email")
    return address


def _refuse_known(address: str) -> None:
    people = Person.objects.filter(email=address).values_list("pk", flat=True)
    if Membership.objects.filter(person_id__in=list(people), ended_at__isnull=True).exists():
        raise Conflict(_("This person belongs to the organisation already."), field="email")
    if Invitation.objects.filter(email__iexact=address, accepted_at__isnull=True, withdrawn_at__isnull=True).exists():
        raise Conflict(_("This address has been invited already. You can send the invitation again from the list."), field="email")


def _lock_open(invitation: UUID) -> Invitation:
    found = Invitation.objects.select_for_update().filter(pk=invitation, accepted_at__isnull=True, withdrawn_at__isnull=True).first()
    if found is None:
        raise NotFound(_("This invitation is no longer open."))
    return found


def _send(invitation: Invitation, *, by: Member, at: datetime) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.at, invitation.expires_at = digest_of(token), at, at + rules.INVITATION_LASTS
    invitation.save()
    send_letter(
        "invitation",
        invitation.email,
        route="organisations:invitation",
        key=token,
        organisation=by.organisation.name,
        inviter=by.person.name,
        role=Role(invitation.role).label,
        until=invitation.expires_at,
    )
