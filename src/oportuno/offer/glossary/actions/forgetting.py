"""Who asked to be forgotten."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.isolation import for_market
from oportuno.offer.glossary.models import Proposal, Term


def forget_person(person: UUID) -> int:
    """Nothing tells any more that she proposed, wrote or decided a word; how many rows told it. The words stay: they say nothing of her."""
    with for_market("who is forgotten is forgotten in all organisations"):
        told = Proposal.objects.filter(by_id=person).update(by_id=None, by_name="")
        told += Proposal.objects.filter(decided_by_id=person).update(decided_by_id=None)
        return told + Term.objects.filter(changed_by_id=person).update(changed_by_id=None)
