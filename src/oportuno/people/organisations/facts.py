"""What happens to organisations and their people."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class PersonSignedUp(Fact):
    person: UUID
    subject = "person"


class PersonErased(Fact):
    """A person closed her account; it does not say who."""


class OrganisationFounded(Fact):
    slug: str
    organisation_kind: str


class MemberJoined(Fact):
    person: UUID
    role: str
    subject = "person"


class MemberLeft(Fact):
    person: UUID
    subject = "person"


class RoleChanged(Fact):
    person: UUID
    role: str
    before: str
    subject = "person"


class PersonInvited(Fact):
    invitation: UUID
    role: str
    subject = "invitation"


class OrganisationChanged(Fact):
    fields: list[str]


class OrganisationClosed(Fact):
    slug: str


class KeyCreated(Fact):
    key: UUID
    scopes: list[str]
    subject = "key"


class KeyRevoked(Fact):
    key: UUID
    reason: str
    subject = "key"
