"""What pages about segments show in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from oportuno.people.audience.api import Contact
from oportuno.people.organisations.api import Member
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.choosing import TooSlow, bounded, count_of, first_of, weigh
from oportuno.people.segments.queries.people import people_of
from oportuno.people.segments.queries.sentences import Known, tree_in_words
from oportuno.people.segments.queries.things import circumstances
from oportuno.people.segments.rules.meaning import meaning_of
from oportuno.people.segments.rules.tree import Group, Path, Unreadable, leaves, read

WEIGHING, COUNTING = 2_500, 3_500  # milliseconds that somebody waits while pointing


@dataclass(frozen=True)
class Weight:
    """How many a tree means; of each condition (by its place in the draft) how many more there would be without it, or fewer.

    `slow`: it was not counted within the time that somebody waits.
    """

    count: int | None
    total: int
    removes: Sequence[tuple[str, int]]
    people: Sequence[Contact]
    slow: bool = False


def weight_of(member: Member, root: Group, known: Known, *, at: datetime, places: Sequence[Path] = (), people: int = 10) -> Weight:
    """`places`: where the complete conditions stand in the draft, in reading order."""
    organisation = member.organisation.pk
    try:
        with bounded(COUNTING):
            meaning = meaning_of(root, known.things, circumstances(organisation, at))
            total = count_of(organisation, meaning_of(Group("all"), known.things, circumstances(organisation, at)))
            count = count_of(organisation, meaning)
            shown = people_of([who for _at, who in first_of(organisation, meaning, size=people, count=count)]) if people and count else []
    except TooSlow:
        return Weight(None, 0, (), (), slow=True)
    removes: list[tuple[str, int]] = []
    try:
        with bounded(WEIGHING):
            alone = weigh(organisation, meaning, count)
            removes = [(".".join(map(str, path)), more - count) for path, more in zip(places, alone, strict=False)]
    except TooSlow:
        pass
    return Weight(count, total, removes, shown)


def words_of(segment: Segment, known: Known) -> str:
    """What a saved segment says; "" for a list, or when it cannot be read any more."""
    if not segment.is_live or not segment.revision:
        return ""
    try:
        return tree_in_words(read(segment.tree, known.things), known)
    except Unreadable:
        return ""


def places_of_leaves(root: Group, wrong: Sequence[Path]) -> list[Path]:
    """Where the conditions stand that are complete."""
    return [path for path, _leaf in leaves(root) if not any(path[: len(one)] == one for one in wrong)]
