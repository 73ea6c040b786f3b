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
    words = words_for(organisation, purpose, circumstances.language, at)
    agreed = Agreed(purpose, words=words.text, version=words.version, topics=tuple(topics))
    return agree(
        organisation=organisation,
        agreed=[agreed],
        template=template,
        email=email,
        name=name,
        circumstances=circumstances,
        proven=proven,
        at=at,
    )


def agree(
    *,
    organisation: Organisation,
    agreed: Sequence[Agreed],
    template: str,
    email: Given,
    circumstances: Circumstances,
    at: datetime,
    name: str = "",
    phone: Given | None = None,
    proven: bool = False,
) -> Captured:
    """Somebody leaves an address, and agrees to several things with the words that were shown: one mail asks her to confirm them all."""
    with for_organisation(organisation.pk):
        captured = capture(
            organisation=organisation.pk,
            identities=[email, phone] if phone else [email],
            name=name,
            source=circumstances.how,
            language=circumstances.language,
            visitor=circumstances.visitor,
            proven=proven,
            at=at,
        )
        new = [one for one in agreed if not _has_it(captured, one.purpose, one.topics)]
        if proven and new:
            Identity.objects.filter(contact=captured.contact, kind="email", key=email.key, verified_at__isnull=True).update(verified_at=at)
            for one in new:
                give(contact=captured.contact, agreed=one, circumstances=circumstances, identity_key=email.key, at=at)
        elif new:
            send_link(
                organisation=organisation,
                contact=captured.contact,
                email=email.key,
                agreed=new,
                circumstances=circumstances,
                template=template,
                at=at,
            )
        return captured


def _has_it(captured: Captured, purpose: str, topics: Sequence[str]) -> bool:
    state = ConsentState.objects.filter(contact=captured.contact, channel=Channel.EMAIL, purpose=purpose, standing=Standing.GIVEN).first()
    return state is not None and set(topics) <= set(state.topics)
