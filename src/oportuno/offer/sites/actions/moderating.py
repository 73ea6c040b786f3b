"""The team decides what everybody reads, one or many at once, and may take it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record, record_all
from oportuno.kernel.jobs import defer
from oportuno.offer.sites.actions.commenting import follow_comments, recount_comments
from oportuno.offer.sites.facts import CommentApproved, CommentsDecided
from oportuno.offer.sites.models import Comment, CommentState, Decision
from oportuno.people.organisations.api import Member

MOST = 500  # at once
COMMENTS = "comments"


@transaction.atomic
def decide_comments(*, comments: Collection[UUID], state: str, by: Member, at: datetime) -> Decision:
    """Approve, call spam, bin, or put back to wait. Those who asked to hear of replies do, the first time one is approved."""
    if state not in CommentState.values:
        raise Refusal(_("Choose what to do with them."))
    before = _lock(by, comments)
    changes = {one: was for one, was in before.items() if was != state}
    _become(by.organisation.pk, dict.fromkeys(changes, state), by=by, at=at)
    made = Decision.objects.create(
        of=COMMENTS, state=state, changes={str(one): was for one, was in changes.items()}, count=len(changes), by_id=by.id, at=at
    )
    if changes:
        record(CommentsDecided(decision=made.pk, state=state, count=len(changes), by=by.id, at=at))
    return made


@transaction.atomic
def undo_decision(*, decision: UUID, by: Member, at: datetime) -> int:
    """What it changed is as it was, but for what was decided again since; how many. Raises NotFound, Conflict when undone already."""
    found = Decision.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=decision, of=COMMENTS).first()
    if found is None:
        raise NotFound
    if found.undone_at:
        raise Conflict(_("This was undone already."))
    before = {UUID(one): was for one, was in found.changes.items()}
    still = {one for one, state in _lock(by, list(before)).items() if state == found.state}
    back = {one: was for one, was in before.items() if one in still}
    _become(by.organisation.pk, back, by=by, at=at)
    found.undone_at = at
    found.save(update_fields=["undone_at"])
    return len(back)


def last_decision(organisation: int) -> Decision | None:
    """The latest, while it can still be undone."""
    latest = Decision.objects.filter(organisation_id=organisation, of=COMMENTS).order_by("-id").first()
    return latest if latest and latest.count and not latest.undone_at else None


def _lock(by: Member, comments: Collection[UUID]) -> dict[UUID, str]:
    rows = Comment.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk__in=list(comments)[:MOST]).order_by("pk")
    return dict(rows.values_list("pk", "state"))


def _become(organisation: int, wanted: Mapping[UUID, str], *, by: Member, at: datetime) -> None:
    if not wanted:
        return
    for state in set(wanted.values()):
        chosen = [one for one, becomes in wanted.items() if becomes == state]
        Comment.objects.filter(organisation_id=organisation, pk__in=chosen).update(state=state, published=False)
    rows = list(Comment.objects.filter(organisation_id=organisation, pk__in=list(wanted)))
    entries = {one.entry_id for one in rows}
    follow_comments(organisation, list(entries))
    recount_comments(organisation, entries)
    approved = [one for one in rows if one.state == CommentState.APPROVED]
    record_all([CommentApproved(comment=one.pk, entry=one.entry_id, by=by.id, at=at) for one in approved])
    if approved:
        defer("sites.tell_of_replies", comments=[str(one.pk) for one in approved])
