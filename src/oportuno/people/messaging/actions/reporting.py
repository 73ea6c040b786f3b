"""What a gateway reports about a text after it took it, and what people answer to one."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.messaging.actions.gateways import Report, Reported
from oportuno.people.messaging.actions.outcomes import mark
from oportuno.people.messaging.actions.suppressing import suppress
from oportuno.people.messaging.facts import MessageDelivered, MessageFailed, MessageSent
from oportuno.people.messaging.models import Channel, Message, Scope, State

STOP = re.compile(r"^\W*(?:stop|stopall|unsubscribe|baja|salir|cancelar|cancel|end|quit|alto|no m[aá]s)\b\W*", re.I)
FINAL = (State.FAILED, State.SUPPRESSED)


def take_report(report: Report, at: datetime) -> bool:
    """Write it down; False when it is about no text of ours. In any order and any number of times it ends the same."""
    found = _about(report)
    if found is None:
        return False
    with for_organisation(found[1]):
        message = Message.objects.select_for_update().get(pk=found[0])
        if message.state in FINAL or message.delivered_at is not None or report.state == Reported.UNDER_WAY:
            return True
        if not message.reference:
            message.reference = report.reference[:120]
        if report.state == Reported.DELIVERED:
            message.state, message.delivered_at = State.SENT, at
            if message.sent_at is None:  # the report was quicker than the gateway's own answer, or that got lost
                message.sent_at = at
                record(MessageSent(message=message.pk, purpose=message.purpose, contact=message.contact_id, at=at))
            record(MessageDelivered(message=message.pk, contact=message.contact_id, at=at))
            mark(message, "delivered", at)
        else:
            message.state, message.told = State.FAILED, report.told[:500] or "the network could not deliver it"
            record(MessageFailed(message=message.pk, reason=message.told[:100], contact=message.contact_id, at=at))
        message.save()
    return True


def take_answer(*, sender: str, text: str, at: datetime) -> int:
    """Somebody answered a text. "BAJA" or "STOP" ends advertising by text from everybody who wrote to this number; how many."""
    if not STOP.match(text):
        return 0
    with for_market("a number that says stop is stopped for all who wrote to it"):
        wrote = Message.objects.filter(channel=Channel.SMS, to_address=sender).values_list("organisation_id", "contact_id").distinct()
        rows = dict(wrote[:1000])
    return sum(
        suppress(
            organisation=organisation, address=sender, channel=Channel.SMS, reason="stop", scope=Scope.MARKETING, contact=contact, at=at
        )
        for organisation, contact in rows.items()
    )


def _about(report: Report) -> tuple[UUID, int] | None:
    with for_market("a gateway reports about a text without knowing whose it is"):
        rows = Message.objects.filter(channel=Channel.SMS)
        if report.message:
            try:
                rows = rows.filter(pk=UUID(report.message))
            except ValueError:
                return None
        elif report.reference:
            rows = rows.filter(reference=report.reference)
        else:
            return None
        return rows.values_list("pk", "organisation_id").first()
