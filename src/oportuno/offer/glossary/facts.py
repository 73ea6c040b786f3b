"""What happens to the words of the trade."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class TermChanged(Fact):
    """Its words, names or whether it is linked. New terms begin so."""

    term: UUID
    subject = "term"


class TermPublished(Fact):
    term: UUID
    subject = "term"


class TermHidden(Fact):
    term: UUID
    subject = "term"


class TermRemoved(Fact):
    term: UUID
    subject = "term"


class TermsBrought(Fact):
    """A sheet came in: how many are new, and how many changed."""

    new: int
    changed: int


class TermProposed(Fact):
    proposal: UUID
    subject = "proposal"


class ProposalDecided(Fact):
    """`state`: accepted, changes or declined."""

    proposal: UUID
    state: str
    subject = "proposal"
