"""Addresses that must not be written to, and the way out of marketing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience.api import Circumstances, withdraw
from oportuno.people.messaging.actions.outcomes import mark
from oportuno.people.messaging.actions.posting import start
from oportuno.people.messaging.actions.queueing import give_job
from oportuno.people.messaging.facts import AddressReleased, AddressSuppressed
from oportuno.people.messaging.models import Channel, Incoming, Message, Scope, State, Suppression
from oportuno.people.messaging.queries.ways_out import WayOut
from oportuno.people.organisations.api import Member


def suppress(
    *,
    organisation: int,
    address: str,
    reason: str,
    at: datetime,
    scope: str = Scope.ALL,
    contact: UUID | None = None,
    channel: str = Channel.EMAIL,
) -> bool:
    """Never write to this address again; False when that was so already."""
    with for_organisation(organisation):
        _row, is_new = Suppression.objects.get_or_create(
            organisation_id=organisation, channel=channel, key=address.lower(), scope=scope, defaults={"reason": reason, "at": at}
        )
        if is_new:
            record(AddressSuppressed(reason=reason, scope=scope, contact=contact, at=at))
        return is_new


def leave(*, way_out: WayOut, circumstances: Circumstances, at: datetime) -> bool:
    """Somebody took the way out: no more of what he had agreed to, from this second. Twice is once."""
    if way_out.message is not None:
        with for_organisation(way_out.organisation):
            mail = Message.objects.filter(organisation_id=way_out.organisation, pk=way_out.message).defer("text", "html").first()
            if mail is not None:
                mark(mail, "left", at)
    return withdraw(
        organisation=way_out.organisation,
        contact=way_out.contact,
        channel="email",
        purpose=way_out.agreed_to,
        circumstances=circumstances,
        at=at,
    )


def release(*, member: Member, suppression: UUID, at: datetime) -> Suppression:
    """A member lets an address be written to again, and stands for it in the audit. Consent is asked for as before."""
    found = Suppression.objects.select_for_update().filter(organisation_id=member.organisation.pk, pk=suppression).first()
    if found is None:
        raise NotFound
    audit("release suppressed", at=at, by=member.person.pk, of=found, reason=found.reason)
    record(AddressReleased(reason=found.reason, scope=found.scope, at=at))
    Incoming.objects.filter(organisation_id=found.organisation_id, recipient=found.key, kind="bounce").update(forgiven=True)
    Suppression.objects.filter(organisation_id=found.organisation_id, pk=found.pk).delete()
    return found


def erase_mail(addresses: Collection[str]) -> int:
    """Remove every mail to and from these addresses, whoever sent it; how many. Their owner asked to be forgotten."""
    with for_market("a person leaves: mail to her is of many organisations"):
        keys = [one.lower() for one in addresses]
        Incoming.objects.filter(Q(recipient__in=keys) | Q(sender__in=list(addresses))).delete()
        return Message.objects.filter(to_address__in=list(addresses)).delete()[0]


def send_again(*, member: Member, message: UUID, at: datetime) -> Message:
    """A member wants one more try of a message that was given up. Raises Conflict when it is not one of those."""
    found = Message.objects.select_for_update().filter(organisation_id=member.organisation.pk, pk=message).first()
    if found is None:
        raise NotFound
    if found.state not in (State.FAILED, State.UNCLEAR):
        raise Conflict(_("This message does not wait for another try."))
    found.state, found.tries, found.tries_unclear, found.next_at = State.QUEUED, 0, 0, at
    found.save(update_fields=["state", "tries", "tries_unclear", "next_at"])
    if found.frame:
        start(found.frame)
    else:
        give_job(found.pk, found.channel)
    return found
