"""Questions about organisations, who belongs to them, and who knocks."""

from oportuno.people.organisations.queries.invitations import OpenInvitation, invitation_by_token, open_invitations
from oportuno.people.organisations.queries.keys import KeyGrant, digest_of, key_for, keys_of
from oportuno.people.organisations.queries.members import (
    Member,
    Teammate,
    editors_and,
    member_for,
    memberships_of,
    operator,
    people_who_may,
    team_of,
)
from oportuno.people.organisations.queries.sign_ins import sign_ins_of

__all__ = [
    "KeyGrant",
    "Member",
    "OpenInvitation",
    "Teammate",
    "digest_of",
    "editors_and",
    "invitation_by_token",
    "key_for",
    "keys_of",
    "member_for",
    "memberships_of",
    "open_invitations",
    "operator",
    "people_who_may",
    "sign_ins_of",
    "team_of",
]
