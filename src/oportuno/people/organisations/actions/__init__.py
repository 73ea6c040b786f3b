"""What changes organisations and their people."""

from oportuno.people.organisations.actions.erasing import erase_people_again, erase_person, erases
from oportuno.people.organisations.actions.invitations import accept_invitation, invite, send_again, withdraw_invitation
from oportuno.people.organisations.actions.keys import create_key, revoke_key
from oportuno.people.organisations.actions.memberships import change_role, end_membership, join
from oportuno.people.organisations.actions.organisations import change_organisation, close_organisation, found_organisation
from oportuno.people.organisations.actions.people import sign_up, tell_about
from oportuno.people.organisations.actions.sign_ins import begin_sign_in, end_all_access, end_other_sign_ins, end_sign_in, forget_old

__all__ = [
    "accept_invitation",
    "begin_sign_in",
    "change_organisation",
    "change_role",
    "close_organisation",
    "create_key",
    "end_all_access",
    "end_membership",
    "end_other_sign_ins",
    "end_sign_in",
    "erase_people_again",
    "erase_person",
    "erases",
    "forget_old",
    "found_organisation",
    "invite",
    "join",
    "revoke_key",
    "send_again",
    "sign_up",
    "tell_about",
    "withdraw_invitation",
]
