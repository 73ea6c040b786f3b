"""Subscribing to a bulletin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.actions.capturing import Agreed, Captured, Circumstances, capture
from oportuno.people.audience.actions.confirming import send_link
from oportuno.people.audience.models import Channel, ConsentState, Purpose, Standing
from oportuno.people.audience.queries.words import words_for
from oportuno.people.audience.rules.addresses import Given
from oportuno.people.organisations.api import Organisation


def subscribe(
    *,
    organisation: Organisation,
    email: Given,
    circumstances: Circumstances,
    at: datetime,
    name: str = "",
    topics: Sequence[str] = (),
) -> Captured:
    """Know the address, keep the evidence, and send the link that makes it consent.

    Who has the bulletin already gets no mail: whoever types his address learns nothing and annoys nobody.
    """
    with for_organisation(organisation.pk):
        captured = capture(
            organisation=organisation.pk,
            identities=[email],
            name=name,
            source=circumstances.how,
            language=circumstances.language,
            visitor=circumstances.visitor,
            at=at,
        )
        if not _has_it(captured, topics):
            words = words_for(organisation, Purpose.BULLETIN, circumstances.language, at)
            agreed = Agreed(Purpose.BULLETIN, words=words.text, version=words.version, topics=tuple(topics))
            send_link(
                organisation=organisation,
                contact=captured.contact,
                email=email.key,
                agreed=[agreed],
                circumstances=circumstances,
                template="audience/mail/confirm_bulletin.txt",
                at=at,
            )
        return captured


def _has_it(captured: Captured, topics: Sequence[str]) -> bool:
    state = ConsentState.objects.filter(
        contact=captured.contact, channel=Channel.EMAIL, purpose=Purpose.BULLETIN, standing=Standing.GIVEN
    ).first()
    return state is not None and set(topics) <= set(state.topics)
