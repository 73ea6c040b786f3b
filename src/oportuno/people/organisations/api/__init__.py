"""Front door: organisations, people, and who may do what."""

from oportuno.people.organisations.actions import found_organisation, join, sign_up
from oportuno.people.organisations.api.doors import MemberRequest, PersonRequest, member, operator, person
from oportuno.people.organisations.models import Kind, Organisation, Person, Role
from oportuno.people.organisations.queries import Member, member_for, memberships_of
from oportuno.people.organisations.queries import operator as market_operator
from oportuno.people.organisations.rules import CAN, SCOPES

__all__ = [
    "CAN",
    "SCOPES",
    "Kind",
    "Member",
    "MemberRequest",
    "Organisation",
    "Person",
    "PersonRequest",
    "Role",
    "found_organisation",
    "join",
    "market_operator",
    "member",
    "member_for",
    "memberships_of",
    "operator",
    "person",
    "sign_up",
]
