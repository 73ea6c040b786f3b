"""A reader says, by the link in his mail, what he wants to get and how often. Consent stays evidence: each change leaves its row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience.api import Agreed, Circumstances, Contact, give, standings_of, withdraw, words_for
from oportuno.people.messaging.models import Pace, ReaderWish
from oportuno.people.organisations.api import Organisation


def wish(
    *,
    organisation: Organisation,
    contact: UUID,
    kept: Collection[tuple[str, str]],
    topics: Collection[str] | None,
    pace: str,
    uncounted: bool,
    circumstances: Circumstances,
    at: datetime,
) -> None:
    """`kept` are the (purpose, channel) that he wants of those he ever agreed to; all others of them are withdrawn.

    By mail he may take one up again, for the link proves the address; a text must be agreed to anew. `topics` are the bulletin's,
    None where nobody asked. Twice is once.
    """
    with for_organisation(organisation.pk):
        known = Contact.objects.select_for_update().get(organisation_id=organisation.pk, pk=contact)
        for state in standings_of(known):
            wanted = (state.purpose, state.channel) in kept
            asked = state.topics if topics is None or state.purpose != "bulletin" else sorted(topics)
            if not wanted and state.standing == "given":
                withdraw(
                    organisation=organisation.pk, contact=contact, channel=state.channel, purpose=state.purpose, circumstances=circumstances, at=at
                )  # fmt: skip
            elif (
                wanted
                and state.channel == "email"
                and (state.standing == "withdrawn" or (state.standing == "given" and asked != state.topics))
            ):
                words = words_for(organisation, state.purpose, circumstances.language, at)
                agreed = Agreed(state.purpose, words=words.text, version=words.version, topics=tuple(asked))
                give(contact=known, agreed=agreed, circumstances=circumstances, at=at)
        chosen = pace if pace in Pace.values else Pace.ALL
        ReaderWish.objects.update_or_create(
            organisation_id=organisation.pk, contact=known, defaults={"pace": chosen, "uncounted": uncounted, "at": at}
        )
