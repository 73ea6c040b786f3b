"""What guides do when something happened."""

from __future__ import annotations

from collections.abc import Sequence

from oportuno.kernel.facts import Recorded, reader
from oportuno.offer.guides.actions.walking import count_walks
from oportuno.offer.guides.facts import GuideAnswered, GuideBegun


@reader("guides.count_walks", GuideBegun, GuideAnswered)
def count(batch: Sequence[Recorded]) -> None:
    """How far people walk."""
    count_walks(batch)
