"""What happens to books."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class BookChanged(Fact):
    """Its words, its articles or their order. New books begin so."""

    book: UUID
    subject = "book"


class EditionMade(Fact):
    book: UUID
    edition: UUID
    subject = "book"


class EditionFailed(Fact):
    book: UUID
    edition: UUID
    subject = "book"


class BookPublished(Fact):
    book: UUID
    subject = "book"


class BookHidden(Fact):
    book: UUID
    subject = "book"
