"""Who comes into segments and leaves them."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class SegmentSaved(Fact):
    segment: UUID
    kind_of: str
    subject = "segment"


class SegmentDeleted(Fact):
    segment: UUID
    subject = "segment"


class SegmentRestored(Fact):
    segment: UUID
    subject = "segment"


class SegmentBuilt(Fact):
    """Its members follow what was saved. `first`: these are its first members; nobody entered, for nobody could wait for it."""

    segment: UUID
    first: bool
    count: int
    entered: int
    left: int
    subject = "segment"


class SegmentEntered(Fact):
    """`name` is what the segment was called then."""

    segment: UUID
    name: str
    subject = "segment"


class SegmentLeft(Fact):
    segment: UUID
    name: str
    subject = "segment"


class SegmentExported(Fact):
    segment: UUID
    rows: int
    subject = "segment"
