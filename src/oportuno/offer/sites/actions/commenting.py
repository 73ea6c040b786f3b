"""What is seen of comments follows their posts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef

from oportuno.offer.sites.models import Comment, CommentState, Entry


def follow_comments(organisation: int, entries: Sequence[UUID] | None = None) -> None:
    """Approved comments are seen where their post is, all others nowhere. None: those of the whole site. Acts for the organisation."""
    rows = Comment.objects.filter(organisation_id=organisation, state=CommentState.APPROVED)
    if entries is not None:
        rows = rows.filter(entry__in=entries)
    seen = Exists(Entry.objects.filter(pk=OuterRef("entry_id"), published=True))
    rows.filter(seen, published=False).update(published=True)
    rows.filter(~seen, published=True).update(published=False)
