"""Who asked to be forgotten and is known again under the same address gets no advertising there, by whatever way she came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oportuno.people.audience.actions.capturing import Circumstances
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.models import Channel, Contact
from oportuno.people.audience.queries.forgotten import any_forgotten, forgotten_among
from oportuno.people.audience.rules.bringing.columns import ADVERTISING

REACHED_BY = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.PHONE: "phone"}


def spare_the_forgotten(contact: Contact, *, by: UUID | None, at: datetime) -> None:
    """Nothing is advertised where somebody forgotten would read it: asked whenever a contact's main addresses may have become others.

    Consent that another address gave does not pass to hers. In the organisation we act for.
    """
    if not any_forgotten():
        return
    main = {("email", contact.email), ("phone", contact.phone)}
    gone = {kind for kind, _key in forgotten_among(main)}
    for channel, kind in REACHED_BY.items():
        for purpose in ADVERTISING if kind in gone else ():
            withdraw(
                organisation=contact.organisation_id, contact=contact.pk, channel=channel, purpose=purpose,
                circumstances=Circumstances("forgotten before"), at=at, by=by,
            )  # fmt: skip
