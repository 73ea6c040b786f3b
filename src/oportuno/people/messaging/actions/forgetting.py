"""What an organisation's post holds of somebody who asked to be forgotten."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from oportuno.kernel.isolation import acting_organisation, for_organisation
from oportuno.people.audience.api import Contact, identities_of
from oportuno.people.messaging.models import Incoming, Message


def erase_mail_of(*, contact: UUID) -> None:
    """Mail to her addresses and about them, in the organisation we act for; also what names no contact: a letter by hand, a bounce, a reply.

    Suppressions stay: they are why nobody writes to the address (docs/sellers/contacts.md).
    """
    here = acting_organisation()
    known = Contact.objects.filter(organisation_id=here, pk=contact).first()
    if known is None:
        return
    reached = [one for one in identities_of(known) if one.kind in ("email", "phone") and not one.shared]
    written = {one.key for one in reached} | {one.value for one in reached}
    Incoming.objects.filter(Q(recipient__in=written) | Q(sender__in=written), organisation_id=here).delete()
    hers = Q(contact_id=contact) | Q(contact_id__isnull=True)  # what was written to another who shares her letterbox is his
    Message.objects.filter(hers, organisation_id=here, to_address__in=written).delete()


def erase_mail_under(organisation: int, address: str, key: str) -> None:
    """What one organisation wrote to an address under keys that begin so, and nothing else."""
    with for_organisation(organisation):
        Message.objects.filter(organisation_id=organisation, to_address=address, key__startswith=key).delete()
