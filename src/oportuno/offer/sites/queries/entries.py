"""Entries as their own team sees them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from oportuno.kernel.errors import NotFound
from oportuno.offer.sites.models import Author, Entry, Revision, State, Term

PAGE = 50


def entry_for(organisation: int, entry: UUID, *, lock: bool = False) -> Entry:
    """Raises NotFound."""
    found = Entry.objects.filter(organisation_id=organisation, pk=entry)
    one = (found.select_for_update(of=("self",)) if lock else found).first()
    if one is None:
        raise NotFound
    return one


def newest_revision(entry: Entry) -> Revision:
    """What was written last. Raises NotFound for an entry without any."""
    found = Revision.objects.filter(organisation_id=entry.organisation_id, entry=entry, number=entry.last).first()
    if found is None:
        raise NotFound
    return found


def revisions_of(entry: Entry, *, below: int | None = None, limit: int = PAGE) -> list[Revision]:
    """The newest first, without what they say."""
    found = Revision.objects.filter(organisation_id=entry.organisation_id, entry=entry).defer("document")
    if below:
        found = found.filter(number__lt=below)
    return list(found.order_by("-number")[:limit])


def revision_for(entry: Entry, number: int) -> Revision:
    """Raises NotFound."""
    found = Revision.objects.filter(organisation_id=entry.organisation_id, entry=entry, number=number).first()
    if found is None:
        raise NotFound
    return found


def posts_for_personas(organisation: int, limit: int = 1_000) -> list[Entry]:
    """Posts that say for whom they are, the newest first, without what they say; drafts too."""
    found = Entry.objects.filter(organisation_id=organisation, kind="post").exclude(persona="").exclude(state=State.TRASHED)
    return list(found.defer("document").order_by("-changed_at", "-pk")[:limit])


def listed(
    organisation: int, kind: str, *, state: str = "", words: str = "", term: UUID | None = None, by: UUID | None = None
) -> QuerySet[Entry]:
    """Without their documents. All but the bin, unless `state` says so; ordering is the caller's."""
    found = Entry.objects.filter(organisation_id=organisation, kind=kind).defer("document").select_related("author")
    found = found.filter(state=state) if state else found.exclude(state=State.TRASHED)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(slug__icontains=words))
    if term:
        found = found.filter(terms__contains=[term])
    return found.filter(created_by_id=by) if by else found


def pages_in_tree(organisation: int) -> list[tuple[int, Entry]]:
    """All pages with their depth (0 at the top), each below its own; two thousand at most, one query."""
    rows = list(listed(organisation, "page").order_by("position", "title")[:2_000])
    below: dict[UUID | None, list[Entry]] = {}
    known = {one.pk for one in rows}
    for one in rows:
        below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
    found: list[tuple[int, Entry]] = []
    waiting = [(0, one) for one in reversed(below.get(None, []))]
    while waiting:
        depth, one = waiting.pop()
        found.append((depth, one))
        waiting += [(depth + 1, child) for child in reversed(below.get(one.pk, []))]
    return found


def terms_of(organisation: int, kind: str) -> list[Term]:
    return list(Term.objects.filter(organisation_id=organisation, kind=kind).order_by("name"))


def authors_of(organisation: int) -> list[Author]:
    return list(Author.objects.filter(organisation_id=organisation).order_by("name"))


def terms_named(organisation: int, ids: Iterable[UUID]) -> list[Term]:
    return list(Term.objects.filter(organisation_id=organisation, pk__in=list(ids)).order_by("kind", "name"))
