"""Who of many has a message of a bulletin already; where an organisation sits, as far as that is known."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.messaging.models import Message
from oportuno.people.messaging.queries.frames import COUNTRIES, postal_of
from oportuno.people.organisations.api import Organisation


def reached(frames: Sequence[UUID], contacts: Sequence[UUID]) -> set[UUID]:
    """Of these contacts, those for whom one of these bulletins has a message, whatever became of it."""
    if not frames or not contacts:
        return set()
    return set(
        Message.objects.filter(organisation_id=acting_organisation(), contact__in=contacts, frame__in=frames).values_list(
            "contact_id", flat=True
        )
    )


def knows_postal(organisation: Organisation) -> bool:
    """Whether it wrote down where it sits, or others know: a country alone is no address."""
    return postal_of(organisation) not in {*COUNTRIES.values(), organisation.country, ""}
