"""Front door: organisations, people, and who may do what."""

from oportuno.people.organisations.actions import (
    change_organisation,
    change_role,
    create_key,
    end_membership,
    erase_people_again,
    erases,
    found_organisation,
    join,
    revoke_key,
    sign_up,
)
from oportuno.people.organisations.api.doors import MemberRequest, PersonRequest, member, operator, person
from oportuno.people.organisations.api.places import MY_ACCOUNT, workbench
from oportuno.people.organisations.models import Kind, Organisation, Person, Role
from oportuno.people.organisations.queries import KeyGrant, Member, editors_and, key_for, member_for, memberships_of, people_who_may
from oportuno.people.organisations.queries import operator as market_operator
from oportuno.people.organisations.rules import CAN, SCOPES

__all__ = [
    "CAN",
    "MY_ACCOUNT",
    "SCOPES",
    "KeyGrant",
    "Kind",
    "Member",
    "MemberRequest",
    "Organisation",
    "Person",
    "PersonRequest",
    "Role",
    "change_organisation",
    "change_role",
    "create_key",
    "editors_and",
    "end_membership",
    "erase_people_again",
    "erases",
    "found_organisation",
    "join",
    "key_for",
    "market_operator",
    "member",
    "member_for",
    "memberships_of",
    "operator",
    "people_who_may",
    "person",
    "revoke_key",
    "sign_up",
    "workbench",
]
