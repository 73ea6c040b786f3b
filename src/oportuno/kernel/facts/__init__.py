"""The fact log: what happened, told once, in the past tense, in the transaction of what it tells.

class OfferPublished(Fact):           # in an app's facts.py
    offer: UUID
    subject = "offer"

record(OfferPublished(offer=offer.pk, at=at))             # in an action

@reader("search.follow_offers", OfferPublished)           # in a higher app's reactions.py
def follow_offers(batch: Sequence[Recorded]) -> None: ...
"""

from oportuno.kernel.facts.buffer import Buffer
from oportuno.kernel.facts.log import record, record_all, record_cheaply
from oportuno.kernel.facts.readers import Recorded, reader
from oportuno.kernel.facts.shape import Fact, all_fact_classes, fact_class

__all__ = ["Buffer", "Fact", "Recorded", "all_fact_classes", "fact_class", "reader", "record", "record_all", "record_cheaply"]
