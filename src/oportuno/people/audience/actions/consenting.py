"""Giving and withdrawing consent. Evidence is added; where the contact stands follows in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.actions.capturing import Agreed, Circumstances
from oportuno.people.audience.facts import ConsentAsked, ConsentGiven, ConsentWithdrawn
from oportuno.people.audience.models import Consent, ConsentState, Contact, Deed, ForgottenAddress, Standing
from oportuno.people.audience.queries.forgotten import KINDS, digest_of
from oportuno.people.audience.queries.merged import current_locked


def ask_for(contact: Contact, agreed: Agreed, circumstances: Circumstances, *, identity_key: str, at: datetime, digest: bytes) -> Consent:
    """Somebody, perhaps not the owner of the address, asked for it: nothing may be sent until it is confirmed."""
    row = _evidence(contact, agreed, circumstances, Deed.ASKED, identity_key, at)
    row.token_digest = digest
    row.save(force_insert=True)
    ConsentState.objects.get_or_create(
        contact=contact,
        channel=agreed.channel,
        purpose=agreed.purpose,
        defaults={
            "standing": Standing.PENDING,
            "since": at,
            "evidence": row,
            "topics": list(agreed.topics),
            "person_id": contact.person_id,
        },
    )
    record(ConsentAsked(consent=row.pk, channel=row.channel, purpose=row.purpose, contact=contact.pk, at=at))
    return row


@transaction.atomic
def give(
    *, contact: Contact, agreed: Agreed, circumstances: Circumstances, at: datetime, identity_key: str = "", by: UUID | None = None
) -> Consent:
    """The owner of the address agreed, without need of a link: signed in, or told a member of the organisation (`by`)."""
    row = _evidence(contact, agreed, circumstances, Deed.GIVEN, identity_key or contact.email, at)
    row.by_id = by
    row.save(force_insert=True)
    _stand(row, Standing.GIVEN, contact)
    record(ConsentGiven(consent=row.pk, channel=row.channel, purpose=row.purpose, confirmed=False, contact=contact.pk, by=by, at=at))
    return row


def confirm_asked(contact: Contact, asked: Sequence[UUID], circumstances: Circumstances, *, at: datetime) -> list[Consent]:
    """The owner followed the link: each request becomes consent, with the circumstances of the click beside it."""
    rows = []
    for before in Consent.objects.filter(pk__in=list(asked), contact=contact):
        agreed = Agreed(before.purpose, before.channel, before.words, before.version, before.topics)
        row = _evidence(contact, agreed, circumstances, Deed.CONFIRMED, before.identity_key, at)
        row.answers, row.token_digest = before, before.token_digest
        row.save(force_insert=True)
        _stand(row, Standing.GIVEN, contact)
        record(ConsentGiven(consent=row.pk, channel=row.channel, purpose=row.purpose, confirmed=True, contact=contact.pk, at=at))
        rows.append(row)
    return rows


def withdraw(
    *,
    organisation: int,
    contact: UUID,
    channel: str,
    purpose: str,
    circumstances: Circumstances,
    at: datetime,
    by: UUID | None = None,
) -> bool:
    """No more of this, at once. Answers whether there was anything to withdraw; the second time changes nothing.

    Raises Contact.DoesNotExist when the organisation knows no such contact.
    """
    with for_organisation(organisation):
        known = current_locked(contact)
        state = ConsentState.objects.filter(contact=known, channel=channel, purpose=purpose).first()
        if state and state.standing == Standing.WITHDRAWN:
            return False
        row = _evidence(known, Agreed(purpose, channel), circumstances, Deed.WITHDRAWN, known.email, at)
        row.by_id = by
        row.save(force_insert=True)
        _stand(row, Standing.WITHDRAWN, known)
        record(ConsentWithdrawn(consent=row.pk, channel=channel, purpose=purpose, how=row.how, contact=known.pk, by=by, at=at))
        return True


def _evidence(contact: Contact, agreed: Agreed, circumstances: Circumstances, deed: Deed, identity_key: str, at: datetime) -> Consent:
    return Consent(
        contact=contact,
        channel=agreed.channel,
        purpose=agreed.purpose,
        topics=list(agreed.topics),
        deed=deed,
        how=circumstances.how,
        words=agreed.words,
        version=agreed.version,
        language=circumstances.language,
        address=circumstances.address,
        agent=circumstances.agent[:300],
        identity_key=identity_key,
        at=at,
    )


def _stand(row: Consent, standing: Standing, contact: Contact) -> None:
    new = {"standing": standing, "since": row.at, "evidence": row, "topics": row.topics, "person_id": contact.person_id}
    ConsentState.objects.update_or_create(contact=contact, channel=row.channel, purpose=row.purpose, defaults=new)
    if standing == Standing.GIVEN and row.identity_key:  # her own word, newer than the one that she be forgotten
        digests = [digest_of(contact.organisation_id, kind, row.identity_key) for kind in KINDS]
        ForgottenAddress.objects.filter(organisation_id=contact.organisation_id, digest__in=digests).delete()
