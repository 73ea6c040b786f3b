"""Comments from elsewhere, in sets. Acts for the organisation, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from oportuno.offer.sites.actions.commenting import digest_of, recount_comments
from oportuno.offer.sites.models import Comment, CommentSender, CommentState, Entry


@dataclass(frozen=True)
class NewComment:
    """`parent` is the origin of the comment that it answers."""

    origin: str
    entry: UUID
    name: str
    text: str
    state: str
    at: datetime
    email: str = ""
    address: str = ""
    kind: str = "comment"
    parent: str = ""


def bring_comments(organisation: int, given: Sequence[NewComment]) -> int:
    """Those that are not here yet; how many. What was decided of the others here stays. Answers may come before what they answer."""
    there = Comment.objects.filter(organisation_id=organisation, origin__in=[one.origin for one in given])
    known: dict[str, UUID] = dict(there.values_list("origin", "pk"))
    seen = set(
        Entry.objects.filter(organisation_id=organisation, pk__in={one.entry for one in given}, published=True).values_list("pk", flat=True)
    )
    fresh = {
        one.origin: Comment(
            organisation_id=organisation, entry_id=one.entry, kind=one.kind[:20], name=one.name[:120],
            address=one.address[:500], text=one.text[:20_000], state=one.state, origin=one.origin, at=one.at,
            published=one.state == CommentState.APPROVED and one.entry in seen,
        )
        for one in given
        if one.origin not in known
    }  # fmt: skip
    emails = {one.origin: one.email[:254].lower() for one in given}
    Comment.objects.bulk_create(fresh.values(), batch_size=500)
    CommentSender.objects.bulk_create(
        [
            CommentSender(organisation_id=organisation, comment=comment, email=emails[origin], words=digest_of(comment.text))
            for origin, comment in fresh.items()
        ],
        batch_size=500,
    )
    recount_comments(organisation, {one.entry_id for one in fresh.values()})
    known |= {origin: one.pk for origin, one in fresh.items()}
    _answer(fresh, {one.origin: one.parent for one in given}, known)
    return len(fresh)


def _answer(fresh: Mapping[str, Comment], parents: Mapping[str, str], known: Mapping[str, UUID]) -> None:
    answers = [one for origin, one in fresh.items() if parents[origin] in known and parents[origin] != origin]
    for one in answers:
        one.parent_id = known[parents[one.origin]]
    Comment.objects.bulk_update(answers, ["parent"], batch_size=500)
