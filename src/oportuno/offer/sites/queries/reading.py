"""What visitors read: entries as they are shown, in pages, by what they are filed under. All act for the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from oportuno.kernel.errors import NotFound
from oportuno.kernel.statements import Given, Statement
from oportuno.offer.sites.models import Author, Entry, Redirect, Term
from oportuno.offer.sites.rules.paths import tidy

PAGE = 10
MARK = "~"
LIKE = 0.3
"""Of one: how much of the words must be found."""

Mark = tuple[datetime, UUID]


def leads_to(organisation: int, path: str) -> str | None:
    """Where an old path leads: a path of this site, or a whole address."""
    found = Redirect.objects.filter(organisation_id=organisation, path=path, published=True).select_related("entry").first()
    if found is None:
        return None
    if found.entry_id is None:
        return found.target
    return found.entry.path if found.entry and found.entry.published else None


def posts(organisation: int, *, before: Mark | None = None, limit: int = PAGE, within: Q | None = None) -> list[Entry]:
    """The newest first, without their documents; one query."""
    found = _posts(organisation)
    if within is not None:
        found = found.filter(within)
    if before:
        found = found.filter(Q(published_at__lt=before[0]) | Q(published_at=before[0], pk__lt=before[1]))
    return list(found[:limit])


def pinned_posts(organisation: int, limit: int = 3) -> list[Entry]:
    return list(_posts(organisation).filter(pinned=True)[:limit])


def mark_of(entry: Entry) -> str:
    """Where a page of posts ended."""
    return mark_from(entry.published_at or entry.created_at, entry.pk)


def mark_from(at: datetime, identity: UUID) -> str:
    """Where a page of anything that is ordered by a moment ended."""
    return f"{at.isoformat()}{MARK}{identity}"


def read_mark(text: str) -> Mark | None:
    """A mark that is not ours begins at the start."""
    moment, _tilde, number = text[:100].partition(MARK)
    try:
        at, pk = datetime.fromisoformat(moment), UUID(number)
    except ValueError:
        return None
    return (at, pk) if at.tzinfo else None


def term_shown(organisation: int, kind: str, slug: str) -> Term:
    """Raises NotFound."""
    found = Term.objects.filter(organisation_id=organisation, kind=kind, slug=slug, published=True).select_related("parent").first()
    if found is None:
        raise NotFound
    return found


def author_shown(organisation: int, slug: str) -> Author:
    """Raises NotFound."""
    found = Author.objects.filter(organisation_id=organisation, slug=slug, published=True).select_related("picture").first()
    if found is None:
        raise NotFound
    return found


def within_term(term: Term) -> Q:
    """Posts of a term; those of a category also from the categories below it."""
    if term.kind == "tag":
        return Q(terms__contains=[term.pk])
    above = dict(Term.objects.filter(organisation_id=term.organisation_id, kind="category", published=True).values_list("pk", "parent_id"))
    return Q(terms__overlap=[one for one in above if term.pk in _line(one, above)])


def within_days(zone: str, year: int, month: int | None) -> Q:
    """Posts of a year or of a month there. Raises NotFound for a month that is none."""
    try:
        first = datetime(year, month or 1, 1, tzinfo=ZoneInfo(zone))
        end = datetime(year, month + 1, 1, tzinfo=first.tzinfo) if month and month < 12 else datetime(year + 1, 1, 1, tzinfo=first.tzinfo)
    except ValueError:
        raise NotFound from None
    return Q(published_at__gte=first.astimezone(UTC), published_at__lt=end.astimezone(UTC))


def months(organisation: int, zone: str) -> list[tuple[int, int, int]]:
    """(year, month, how many posts), the newest first; one query over an index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(year FROM moment)::int, extract(month FROM moment)::int, count(*) FROM ("
            " SELECT published_at AT TIME ZONE %s AS moment FROM site_entry WHERE organisation_id = %s AND published AND kind = 'post'"
            ") AS dated GROUP BY 1, 2 ORDER BY 1 DESC, 2 DESC LIMIT 600",
            [zone, organisation],
        )
        return [(year, month, count) for year, month, count in cursor.fetchall()]


def terms_counted(organisation: int, kind: str, *, limit: int = 60) -> list[tuple[Term, int]]:
    """Terms with the number of posts that carry them, only those that have any, the fullest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT term, count(*) FROM site_entry, unnest(terms) AS term"
            " WHERE organisation_id = %s AND published AND kind = 'post' GROUP BY 1 ORDER BY 2 DESC LIMIT 500",
            [organisation],
        )
        counted: dict[UUID, int] = dict(cursor.fetchall())
    found = Term.objects.filter(organisation_id=organisation, kind=kind, published=True, pk__in=list(counted))
    return sorted(((one, counted[one.pk]) for one in found), key=lambda pair: (-pair[1], pair[0].name))[:limit]


def terms_by_id(organisation: int, ids: Iterable[UUID]) -> Mapping[UUID, Term]:
    return {one.pk: one for one in Term.objects.filter(organisation_id=organisation, pk__in=list(ids), published=True).order_by("name")}


def cards_of(organisation: int, ids: Iterable[UUID]) -> dict[UUID, Entry]:
    """Posts by their ids, without their documents; one query."""
    return {one.pk: one for one in CARDS.all(own=organisation, ids=list(ids))}


def nearest_to(organisation: int, path: str, limit: int = 5) -> list[Entry]:
    """What a visitor may have meant by an address where nothing is."""
    words = tidy(path).replace("-", " ").replace("/", " ").replace("_", " ").strip()[:120]
    if not words:
        return []
    likeness = TrigramWordSimilarity(words, Concat("title", Value(" "), "slug"))
    found = _shown(organisation).defer("document").annotate(likeness=likeness).filter(likeness__gt=LIKE)
    return list(found.order_by("-likeness", "-pk")[:limit])


def _line(term: UUID, above: Mapping[UUID, UUID | None]) -> set[UUID]:
    """A category and all that it stands below."""
    found: set[UUID] = set()
    step: UUID | None = term
    while step and step not in found:
        found.add(step)
        step = above.get(step)
    return found


def _shown(organisation: int | Given) -> QuerySet[Entry]:
    return Entry.objects.filter(organisation_id=organisation, published=True)


def _posts(organisation: int | Given) -> QuerySet[Entry]:
    return (
        _shown(organisation)
        .filter(kind="post")
        .defer("document")
        .select_related("author", "picture")
        .order_by(F("published_at").desc(), F("id").desc())
    )


CARDS: Statement[Entry] = Statement(lambda own, ids: _posts(own).filter(pk__among=ids))
