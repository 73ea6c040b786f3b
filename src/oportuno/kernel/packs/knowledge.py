"""`knowledge.yaml`: the subjects of the vertical's knowledge centre, and what it begins with."""

from __future__ import annotations

from typing import Any, Literal

from .words import Noun, Slug, Text


class Subject(Noun):
    """Articles and cases are filed under it."""

    slug: Slug
    title: Text
    line: Text | None = None
    icon: str = "book"


class Signer(Noun):
    """Who signs: family names at least."""

    given: str = ""
    family: str
    affiliation: str = ""
    orcid: str = ""


class Measured(Noun):
    """A figure of a case."""

    name: Text
    before: str = ""
    after: str
    unit: str = ""

    def as_row(self) -> dict[str, str]:
        return {"es": self.name.es, "en": self.name.en, "before": self.before, "after": self.after, "unit": self.unit}


class PieceVersion(Noun):
    """What was published on a day. What it leaves out is as in the version before. `body` is plain text as in sites.yaml; it cites `[@id]`.

    `references` are items of CSL-JSON.
    """

    days_ago: int
    news: Text | None = None
    title: Text | None = None
    summary: Text | None = None
    body: Text | None = None
    who: Text | None = None
    problem: Text | None = None
    done: Text | None = None
    result: Text | None = None
    figures: tuple[Measured, ...] = ()
    references: tuple[dict[str, Any], ...] = ()


class Piece(Noun):
    """An article or a case. `seller`: whose; of the operator without it. `about`: the seller that a case tells of.

    `waits`: handed in, and nobody of the market has read it yet.
    """

    slug: Slug
    kind: Literal["article", "case"] = "article"
    seller: str = ""
    about: str = ""
    sector: str = ""
    waits: bool = False
    authors: tuple[Signer, ...] = ()
    categories: tuple[Slug, ...]
    tags: tuple[str, ...] = ()
    versions: tuple[PieceVersion, ...]


class Knowledge(Noun):
    subjects: tuple[Subject, ...] = ()
    pieces: tuple[Piece, ...] = ()
