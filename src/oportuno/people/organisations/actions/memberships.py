"""Somebody joins an organisation, gets another role, leaves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Forbidden, NotFound
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.organisations import rules
from oportuno.people.organisations.actions.keys import revoke_keys
from oportuno.people.organisations.actions.sign_ins import end_other_sign_ins
from oportuno.people.organisations.facts import MemberJoined, MemberLeft, RoleChanged
from oportuno.people.organisations.models import Membership, Organisation, Person, Revocation, Role
from oportuno.people.organisations.queries import Member


@transaction.atomic
def join(*, organisation: Organisation, person: Person, role: str, at: datetime) -> Membership:
    """Make a person a member. Raises Conflict when she is one already."""
    with for_organisation(organisation.pk):
        if Membership.objects.filter(organisation_id=organisation.pk, person_id=person.pk, ended_at__isnull=True).exists():
            raise Conflict(_("This person belongs to the organisation already."))
        membership = Membership.objects.create(person_id=person.pk, role=role, since=at)
        record(MemberJoined(person=person.pk, role=role, by=person.pk, at=at))
    return membership


@transaction.atomic
def change_role(*, person: UUID, role: str, by: Member, at: datetime, keep: UUID | None = None) -> None:
    """Give a member another role. Her other sign-ins and the keys she made end with the old one.

    `keep`: the sign-in that stays, when she does it herself. Raises Conflict rather than leave no owner.
    """
    with for_organisation(by.organisation.pk):
        membership = _lock(person, by)
        before = membership.role
        if role not in Role.values or not (rules.may_give(by.role, before) and rules.may_give(by.role, role)):
            raise Forbidden(_("Only an owner may make somebody an owner, or change one."))
        if role == before:
            return
        _keep_an_owner(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        record(RoleChanged(person=person, role=role, before=before, by=by.id, at=at))
        audit("change role", at=at, by=by.id, of=membership, person=str(person), before=before, role=role)
        _end_what_hung_on_it(person, by=by.id, at=at, keep=keep)


@transaction.atomic
def end_membership(*, person: UUID, by: Member, at: datetime, keep: UUID | None = None) -> None:
    """Take a member out of the organisation, or leave it oneself. What she did keeps its author.

    Dead at once: every page asks for the membership anew. Raises Conflict rather than leave no owner.
    """
    with for_organisation(by.organisation.pk):
        membership = _lock(person, by)
        if person != by.id and not rules.may_give(by.role, membership.role):
            raise Forbidden(_("Only an owner may take an owner out of the team."))
        _keep_an_owner(membership)
        membership.ended_at = at
        membership.save(update_fields=["ended_at"])
        record(MemberLeft(person=person, by=by.id, at=at))
        audit("end membership", at=at, by=by.id, of=membership, person=str(person), role=membership.role)
        _end_what_hung_on_it(person, by=by.id, at=at, keep=keep)


def _lock(person: UUID, by: Member) -> Membership:
    """The membership to change; nobody else changes this team until the transaction ends."""
    Organisation.objects.select_for_update().get(pk=by.organisation.pk)
    membership = Membership.objects.filter(organisation_id=by.organisation.pk, person_id=person, ended_at__isnull=True).first()
    if membership is None:
        raise NotFound(_("This person does not belong to the organisation."))
    return membership


def _keep_an_owner(leaving: Membership) -> None:
    if leaving.role != Role.OWNER:
        return
    others = Membership.objects.filter(organisation_id=leaving.organisation_id, role=Role.OWNER, ended_at__isnull=True)
    if not others.exclude(pk=leaving.pk).exists():
        raise Conflict(_("An organisation needs an owner. Make somebody else an owner first."))


def _end_what_hung_on_it(person: UUID, *, by: UUID, at: datetime, keep: UUID | None) -> None:
    revoke_keys(because=Revocation.MEMBERSHIP, made_by=person, by=by, at=at)
    end_other_sign_ins(person=person, keep=keep, at=at)
