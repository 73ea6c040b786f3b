"""A vertical, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .bulletins import Bulletins
from .glossary import Glossary
from .guides import GuideTemplates
from .identity import Identity
from .knowledge import Knowledge
from .method import Commitment, Goals, Playbook, Requirement, Vetting
from .prices import Fees, Taxes
from .sides import Persona, Personas, Sector, Sectors, Synonyms
from .sites import SiteTemplates
from .taxonomy import Placed, Taxonomy


@dataclass(frozen=True, slots=True)
class Pack:
    """One field per file of the pack, each named as its file; `identity` is `pack.yaml`."""

    folder: Path
    identity: Identity
    taxonomy: Taxonomy
    sectors: Sectors
    synonyms: Synonyms
    personas: Personas
    playbook: Playbook
    commitment: Commitment
    vetting: Vetting
    fees: Fees
    goals: Goals
    tax: Taxes
    sites: SiteTemplates
    guides: GuideTemplates
    knowledge: Knowledge
    glossary: Glossary
    bulletins: Bulletins

    @property
    def name(self) -> str:
        return self.identity.name

    def category(self, slug: str) -> Placed:
        """Raises KeyError: for code that holds a slug it got from this pack."""
        placed = self.taxonomy.find(slug)
        if placed is None:
            raise KeyError(slug)
        return placed

    def sector(self, slug: str) -> Sector:
        """Raises KeyError."""
        return {one.slug: one for one in self.sectors.sectors}[slug]

    def personas_of(self, side: str) -> tuple[Persona, ...]:
        return tuple(one for one in self.personas.personas if one.side == side)

    def requirements_for(self, *, country: str, sectors: frozenset[str]) -> tuple[Requirement, ...]:
        """What vetting asks of a seller of this country and these sectors, in the file's order."""
        return tuple(one for one in self.vetting.requirements if one.asked_of(country=country, sectors=sectors))
