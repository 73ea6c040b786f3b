"""What happens to products, offers, stock and imports."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class ProductChanged(Fact):
    """Its words, pictures, category or variants; also when it is new."""

    product: UUID
    subject = "product"


class OfferPublished(Fact):
    """Anybody may see it now."""

    offer: UUID
    product: UUID
    subject = "offer"


class OfferHidden(Fact):
    """Nobody may see it any more."""

    offer: UUID
    product: UUID
    subject = "offer"


class PriceChanged(Fact):
    """`currency` and `minor` are the price that holds from now; None when the offer has none any more."""

    offer: UUID
    product: UUID
    currency: str = ""
    minor: int | None = None
    subject = "offer"


class StockChanged(Fact):
    """`change` units came (or went, below zero) at a place; `after` are there now."""

    offer: UUID
    product: UUID
    change: int
    after: int
    reason: str
    place: UUID | None = None
    subject = "offer"


class ImportStarted(Fact):
    run: UUID
    subject = "run"


class ProductsImported(Fact):
    """A batch of an import was written: the offers whose `import_run_id` is this run and whose row is in [first, last]."""

    run: UUID
    first: int
    last: int
    count: int
    subject = "run"


class ImportFinished(Fact):
    run: UUID
    new: int
    changed: int
    same: int
    wrong: int
    subject = "run"


class ImportCancelled(Fact):
    run: UUID
    subject = "run"


class ShelvesFilled(Fact):
    """Categories, attributes and taxes were loaded from a pack."""

    pack: str
    categories: int
