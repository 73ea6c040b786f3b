"""Who has been asked to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.organisations.models import Invitation, Organisation, Person
from oportuno.people.organisations.queries.keys import digest_of
from oportuno.people.organisations.queries.members import Member


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation as its bearer sees it."""

    invitation: Invitation
    organisation: Organisation
    inviter: str

    @property
    def masked_email(self) -> str:
        """Enough to recognise one's own address, too little to learn another's: `c•••@example.com`."""
        name, _, domain = self.invitation.email.partition("@")
        return f"{name[:1]}•••@{domain}"

    def is_for(self, person: Person) -> bool:
        """Whether she has proven that the invited address is hers."""
        return bool(EmailAddress.objects.filter(user_id=person.pk, verified=True, email__iexact=self.invitation.email).exists())


def invitation_by_token(token: str, *, at: datetime) -> OpenInvitation:
    """The invitation a mail's link names. Raises NotFound when it is used, withdrawn, too old or nobody's."""
    with for_market("an invitation names its organisation only once it is found"):
        found = Invitation.objects.filter(token_digest=digest_of(token)).first()
        if found is None or not found.is_open(at):
            raise NotFound
        organisation = Organisation.objects.filter(pk=found.organisation_id, closed_at__isnull=True).first()
        if organisation is None:
            raise NotFound
        inviter = Person.objects.filter(pk=found.invited_by_id).values_list("name", flat=True).first() or ""
    return OpenInvitation(found, organisation, inviter)


def open_invitations(member: Member) -> list[Invitation]:
    """Invitations neither accepted nor withdrawn, the latest first; those that ran out are among them, to be sent again."""
    with for_organisation(member.organisation.pk):
        own = Invitation.objects.filter(organisation_id=member.organisation.pk)
        return list(own.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).order_by("-at")[:200])
