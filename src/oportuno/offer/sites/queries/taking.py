"""All that is in a site, in sets, for who takes it elsewhere. Acts for the organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from oportuno.offer.sites.models import Author, Comment, CommentSender, Entry, State, Term

BATCH = 200


def all_entries(organisation: int) -> Iterator[list[Entry]]:
    """Pages, then posts, with what is shown of them (of a draft what was written last); without the bin. Two hundred at a time."""
    for kind in ("page", "post"):
        after: UUID | None = None
        while True:
            rows = Entry.objects.filter(organisation_id=organisation, kind=kind).exclude(state=State.TRASHED).order_by("pk")
            batch = list((rows.filter(pk__gt=after) if after else rows).select_related("picture")[:BATCH])
            if not batch:
                break
            yield batch
            after = batch[-1].pk


def page_ids(organisation: int) -> list[UUID]:
    """All pages, in the order of `all_entries`."""
    rows = Entry.objects.filter(organisation_id=organisation, kind="page").exclude(state=State.TRASHED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def all_authors(organisation: int) -> list[Author]:
    return list(Author.objects.filter(organisation_id=organisation).order_by("pk"))


def all_terms(organisation: int) -> list[Term]:
    """Categories before those below them as far as names go: by kind and slug."""
    return list(Term.objects.filter(organisation_id=organisation).select_related("parent").order_by("kind", "slug"))


def comments_of(entries: Iterable[UUID]) -> list[Comment]:
    """In the order in which they were written; without the bin."""
    return list(Comment.objects.filter(entry__in=list(entries)).exclude(state="trashed").order_by("at", "pk"))


def emails_of(comments: Iterable[UUID]) -> dict[UUID, str]:
    """Comment → how its writer is reached. For the team alone."""
    return dict(CommentSender.objects.filter(comment__in=list(comments)).exclude(email="").values_list("comment_id", "email"))
