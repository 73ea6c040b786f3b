"""Readers say whether a piece helped."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from oportuno.kernel.errors import NotFound
from oportuno.kernel.facts import record
from oportuno.offer.sites.actions.commenting import tidy
from oportuno.offer.sites.facts import UsefulVoted
from oportuno.offer.sites.models import Entry, UsefulVote

LONGEST_MISSING = 1_000


@transaction.atomic
def vote_useful(*, organisation: int, entry: UUID, useful: bool, voter: str, at: datetime, visitor: UUID | None = None) -> UsefulVote:
    """Count one reader's yes or no; who says the other later has changed her mind. `voter` tells readers apart.

    Acts for the organisation. Raises NotFound for what is no post that anybody may read.
    """
    found = Entry.objects.filter(organisation_id=organisation, pk=entry, kind="post", published=True).first()
    if found is None:
        raise NotFound
    vote, is_new = UsefulVote.objects.select_for_update().get_or_create(entry=found, voter=voter, defaults={"useful": useful, "at": at})
    before = None if is_new else vote.useful
    if before == useful:
        return vote
    if not is_new:
        vote.useful, vote.at = useful, at
        vote.save(update_fields=["useful", "at"])
    _count(found, yes=int(useful) - int(before is True), no=int(not useful) - int(before is False))
    record(UsefulVoted(entry=found.pk, useful=useful, visitor=visitor, at=at))
    return vote


@transaction.atomic
def say_missing(*, organisation: int, entry: UUID, voter: str, text: str) -> UsefulVote:
    """What the reader missed, beside her vote. Raises NotFound for who has not voted."""
    found = UsefulVote.objects.select_for_update().filter(organisation_id=organisation, entry=entry, voter=voter).first()
    if found is None:
        raise NotFound
    found.missing = tidy(text)[:LONGEST_MISSING]
    found.save(update_fields=["missing"])
    return found


def _count(entry: Entry, *, yes: int, no: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO site_tally AS t (id, organisation_id, entry_id, yes, no, comments, published)"
            " VALUES (gen_random_uuid(), %s, %s, %s, %s, 0, %s)"
            " ON CONFLICT (organisation_id, entry_id) DO UPDATE SET yes = t.yes + %s, no = t.no + %s",
            [entry.organisation_id, entry.pk, max(yes, 0), max(no, 0), entry.published, yes, no],
        )
