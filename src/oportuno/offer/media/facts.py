"""What happens to an organisation's media."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class ItemKept(Fact):
    """The library has one thing more. `sort`: image, video, audio or file."""

    item: UUID
    sort: str
    subject = "item"


class ItemChanged(Fact):
    """Its words, place, tags or rights."""

    item: UUID
    subject = "item"


class ItemDeleted(Fact):
    """It lies in the bin, and nobody sees it."""

    item: UUID
    subject = "item"


class ItemRestored(Fact):
    item: UUID
    subject = "item"


class ItemExpired(Fact):
    """Its rights ended: nobody may see it any more."""

    item: UUID
    subject = "item"


class ChannelAdded(Fact):
    channel: UUID
    subject = "channel"


class ChannelChanged(Fact):
    channel: UUID
    subject = "channel"


class ChannelRemoved(Fact):
    channel: UUID
    subject = "channel"


class FindsAppeared(Fact):
    """A channel had news."""

    channel: UUID
    count: int
    subject = "channel"


class FindBrought(Fact):
    """Somebody brought a link by hand."""

    find: UUID
    subject = "find"


class FindRated(Fact):
    """What the curator thinks of it."""

    find: UUID
    stars: int | None = None
    subject = "find"


class CollectionChanged(Fact):
    """Its words, or what it holds, in which order."""

    collection: UUID
    subject = "collection"


class CollectionPublished(Fact):
    collection: UUID
    subject = "collection"


class CollectionHidden(Fact):
    collection: UUID
    subject = "collection"


class PieceChanged(Fact):
    piece: UUID
    subject = "piece"


class PiecePublished(Fact):
    """Anybody may see it now."""

    piece: UUID
    subject = "piece"


class PieceHidden(Fact):
    piece: UUID
    subject = "piece"
