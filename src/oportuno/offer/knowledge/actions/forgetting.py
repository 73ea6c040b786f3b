"""Who asked to be forgotten."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.isolation import for_market
from oportuno.offer.knowledge.models import Draft, Turn, Version


def forget_person(person: UUID) -> int:
    """Nothing tells any more that she wrote, said or published something; how many rows told it.

    What she signed with her name stays signed: it is published, and others cite it under that name. Its organisation may publish a version
    without it, or withdraw the article.
    """
    with for_market("who is forgotten is forgotten in all organisations"):
        told = sum(model.objects.filter(by_id=person).update(by_id=None, by_name="") for model in (Draft, Turn, Version))
        return told + Version.objects.filter(approved_by_id=person).update(approved_by_id=None)
