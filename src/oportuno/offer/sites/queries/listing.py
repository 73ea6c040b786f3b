"""What is published, for programs: pages by their paths, posts from the newest on. Acts for the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from oportuno.kernel.content import read, render_html
from oportuno.offer.sites.models import Entry, Term


def pages_shown(organisation: int, *, after: str = "", limit: int = 24, content: bool = False) -> list[Entry]:
    """Pages behind the path `after`; without what they say, unless asked for."""
    rows = _shown(organisation, "page", content).select_related("parent")
    return list((rows.filter(path__gt=after) if after else rows).order_by("path")[:limit])


def posts_shown(organisation: int, *, before: tuple[datetime, UUID] | None = None, limit: int = 24, content: bool = False) -> list[Entry]:
    """Posts before a moment and a number."""
    rows = _shown(organisation, "post", content).select_related("author")
    if before:
        rows = rows.filter(Q(published_at__lt=before[0]) | Q(published_at=before[0], pk__lt=before[1]))
    return list(rows.order_by("-published_at", "-pk")[:limit])


def terms_of(organisation: int, entries: Iterable[Entry]) -> Mapping[UUID, Term]:
    """All terms that these carry, by their numbers; one query."""
    wanted = {term for one in entries for term in one.terms}
    return {one.pk: one for one in Term.objects.filter(organisation_id=organisation, published=True, pk__in=list(wanted))}


def html_of(entry: Entry, language: str) -> str:
    """What an entry says, as clean HTML without a theme."""
    return render_html(read(entry.document), language=language)


def _shown(organisation: int, kind: str, content: bool) -> QuerySet[Entry]:
    rows = Entry.objects.filter(organisation_id=organisation, kind=kind, published=True)
    return rows if content else rows.defer("document")
