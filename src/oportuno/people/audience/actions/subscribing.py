"""Asking to be written to: a bulletin, or what follows of something one said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.actions.capturing import Agreed, Captured, Circumstances, capture
from oportuno.people.audience.actions.confirming import send_link
from oportuno.people.audience.actions.consenting import give
from oportuno.people.audience.models import Channel, ConsentState, Identity, Purpose, Standing
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
    return follow(
        organisation=organisation,
        purpose=Purpose.BULLETIN,
        template="audience/mail/confirm_bulletin.txt",
        email=email,
        circumstances=circumstances,
        at=at,
        name=name,
        topics=topics,
    )


def follow(
    *,
    organisation: Organisation,
    purpose: str,
    template: str,
    email: Given,
    circumstances: Circumstances,
    at: datetime,
    name: str = "",
    topics: Sequence[str] = (),
    proven: bool = False,
) -> Captured:
    """The same for any purpose. `template` is the mail with the link; `proven`: she is signed in with the address, and needs none."""
    with for_organisation(organisation.pk):
        captured = capture(
            organisation=organisation.pk,
            identities=[email],
            name=name,
            source=circumstances.how,
            language=circumstances.language,
            visitor=circumstances.visitor,
            proven=proven,
            at=at,
        )
        if _has_it(captured, purpose, topics):
            return captured
        words = words_for(organisation, purpose, circumstances.language, at)
        agreed = Agreed(purpose, words=words.text, version=words.version, topics=tuple(topics))
        if proven:
            Identity.objects.filter(contact=captured.contact, kind="email", key=email.key, verified_at__isnull=True).update(verified_at=at)
            give(contact=captured.contact, agreed=agreed, circumstances=circumstances, identity_key=email.key, at=at)
            return captured
        send_link(
            organisation=organisation,
            contact=captured.contact,
            email=email.key,
            agreed=[agreed],
            circumstances=circumstances,
            template=template,
            at=at,
        )
        return captured


def _has_it(captured: Captured, purpose: str, topics: Sequence[str]) -> bool:
    state = ConsentState.objects.filter(contact=captured.contact, channel=Channel.EMAIL, purpose=purpose, standing=Standing.GIVEN).first()
    return state is not None and set(topics) <= set(state.topics)
