"""What happens to guides, and what is done with them. Who walks one is not told: no visitor, no contact, but for who leaves an address."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class GuideHandedIn(Fact):
    """A seller's guide waits for the market's review."""

    guide: UUID
    version: int
    subject = "guide"


class GuideDecided(Fact):
    """`state`: published, changes or declined, by a person of the market."""

    guide: UUID
    version: int
    state: str
    subject = "guide"


class GuidePublished(Fact):
    guide: UUID
    version: int
    subject = "guide"


class GuideWithdrawn(Fact):
    """Nobody outside sees it any more."""

    guide: UUID
    subject = "guide"


class GuideBegun(Fact):
    """Somebody began to walk it. `leads` is the first question."""

    guide: UUID
    version: int
    leads: str
    subject = "guide"


class GuideAnswered(Fact):
    """A question was answered. `leads` is the question that comes then; empty: the result."""

    guide: UUID
    version: int
    question: str
    options: list[str]
    leads: str
    subject = "guide"


class GuideLed(Fact):
    """Who walked it left an address. `contact` stands in the fact's own column, so that a later order finds its guide."""

    guide: UUID
    version: int
    subject = "guide"


class DossierMade(Fact):
    """A comparison or a guide's result was kept as a document. `guide` is none's where no guide led to it."""

    dossier: UUID
    products: int
    guide: UUID | None = None
    subject = "dossier"
