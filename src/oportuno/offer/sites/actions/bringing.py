"""Bringing in what was written elsewhere, in sets: a thousand posts are a few statements.

Whoever brings decides what is new and what changed; `origin` names a thing where it comes from, once in an organisation.
All act for the organisation, in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.content import opening, read, render_text
from oportuno.kernel.facts import record
from oportuno.kernel.ids import new_id
from oportuno.offer.sites.actions.commenting import follow_comments
from oportuno.offer.sites.actions.publishing import TEASER
from oportuno.offer.sites.actions.showing import is_shown, show
from oportuno.offer.sites.facts import EntriesBrought
from oportuno.offer.sites.models import Author, Entry, Redirect, Revision, Site, State, Term
from oportuno.offer.sites.queries.sites import own_site
from oportuno.offer.sites.rules.menus import Menus, write_menus
from oportuno.offer.sites.rules.paths import LONGEST_PATH, LONGEST_SLUG, free_slug, is_reserved, path_of, slug_of

CHANGED = ("state", "published", "title", "excerpt", "document", "words", "author", "terms", "position", "pinned", "comments_open",
           "live", "last", "changed_at", "published_at")  # fmt: skip
SHOWABLE = (State.PUBLISHED, State.PRIVATE)


@dataclass(frozen=True)
class Wanted:
    """Where something would like to stand. `above` is the path of the page above."""

    kind: str
    slug: str
    above: str = ""


@dataclass(frozen=True)
class NewEntry:
    """`document` is clean already (kernel.content.read). `published_at` (aware) is needed for what is published or scheduled."""

    pk: UUID
    origin: str
    kind: str
    state: str
    path: str
    slug: str
    title: str
    document: dict[str, Any]
    changed_at: datetime
    excerpt: str = ""
    author: UUID | None = None
    terms: tuple[UUID, ...] = ()
    position: int = 0
    pinned: bool = False
    comments_open: bool = True
    published_at: datetime | None = None


@dataclass(frozen=True)
class Stands:
    """An entry that was brought before: where it is, and the number of its newest revision."""

    path: str
    state: str
    last: int


@dataclass(frozen=True)
class NewTerm:
    origin: str
    kind: str
    slug: str
    name: str
    description: str = ""


def standing_of(organisation: int, entries: Iterable[UUID]) -> dict[UUID, Stands]:
    """Those that are still here, the bin too."""
    rows = Entry.objects.filter(organisation_id=organisation, pk__in=list(entries)).values_list("pk", "path", "state", "last")
    return {pk: Stands(path, state, last) for pk, path, state, last in rows}


def free_paths(organisation: int, wanted: Sequence[Wanted], *, also_taken: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(slug, path) of each, numbered where an entry of ours, another of these or a page of ours stands there already. One query."""
    asked = [path_of(one.kind, one.slug, one.above) for one in wanted]
    there = Entry.objects.filter(organisation_id=organisation, path__in=asked).exclude(state=State.TRASHED)
    taken = {*there.values_list("path", flat=True), *also_taken}
    found: list[tuple[str, str]] = []
    for one in wanted:

        def is_taken(slug: str, one: Wanted = one) -> bool:
            path = path_of(one.kind, slug, one.above)
            if path in taken or is_reserved(path, one.kind):
                return True
            return slug != one.slug and _stands(organisation, path)

        slug = free_slug(one.slug, is_taken)
        path = path_of(one.kind, slug, one.above)
        taken.add(path)
        found.append((slug, path[:LONGEST_PATH]))
    return found


def bring_authors(organisation: int, names: Mapping[str, str], *, at: datetime) -> dict[str, UUID]:
    """Authors by their origins; one that is missing is made under this name. What was changed here since stays."""
    found = dict(Author.objects.filter(organisation_id=organisation, origin__in=list(names)).values_list("origin", "pk"))
    missing = {origin: name for origin, name in names.items() if origin not in found}
    if not missing:
        return found
    taken = set(Author.objects.filter(organisation_id=organisation).values_list("slug", flat=True))
    shown = is_shown(organisation)
    made: list[Author] = []
    for origin, name in missing.items():
        called = " ".join(name.split())[:120] or _("Unnamed")
        slug = free_slug(slug_of(called), taken.__contains__)
        taken.add(slug)
        made.append(Author(organisation_id=organisation, name=called, slug=slug, origin=origin, published=shown, created_at=at))
    Author.objects.bulk_create(made, batch_size=500)
    return {**found, **{one.origin: one.pk for one in made}}


def bring_terms(organisation: int, given: Sequence[NewTerm], *, at: datetime) -> dict[str, UUID]:
    """Terms by their origins. One that is here under the same slug is that one, and keeps what is said of it here."""
    slugs = {(one.kind, one.slug): one for one in reversed(given)}
    shown = is_shown(organisation)
    Term.objects.bulk_create(
        [
            Term(
                organisation_id=organisation, kind=kind, slug=slug, name=" ".join(one.name.split())[:120] or slug, origin=one.origin,
                description=one.description.strip()[:500], published=shown, created_at=at,
            )
            for (kind, slug), one in slugs.items()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip
    there = Term.objects.filter(organisation_id=organisation, slug__in=[slug for _kind, slug in slugs]).values_list("kind", "slug", "pk")
    found = {(kind, slug): pk for kind, slug, pk in there}
    return {one.origin: found[one.kind, one.slug] for one in given}


def bring_tree(organisation: int, above: Mapping[str, str]) -> None:
    """Categories below others: slug → slug of the one above. Only where a category has none yet, and never in a circle."""
    rows = {one.slug: one for one in Term.objects.filter(organisation_id=organisation, kind="category", slug__in=[*above, *above.values()])}
    changed: list[Term] = []
    for slug, parent in above.items():
        child, upper = rows.get(slug), rows.get(parent)
        if child and upper and child.parent_id is None and not _is_below(upper, child, {one.pk: one for one in rows.values()}):
            child.parent_id = upper.pk
            changed.append(child)
    Term.objects.bulk_update(changed, ["parent"], batch_size=500)


def bring_entries(organisation: int, given: Sequence[NewEntry], *, run: UUID, by: UUID | None, note: str, at: datetime) -> dict[UUID, int]:
    """Write entries, new ones and those whose `pk` is here, each as one revision more; the number of each one's revision.

    What stands elsewhere keeps its path: `path` and `slug` of an entry that is here already are not changed.
    """
    shown = is_shown(organisation)
    there = {
        one.pk: one for one in Entry.objects.select_for_update().filter(organisation_id=organisation, pk__in=[one.pk for one in given])
    }
    fresh: list[Entry] = []
    old: list[Entry] = []
    revisions: list[Revision] = []
    for one in given:
        entry = there.get(one.pk)
        (old if entry else fresh).append(entry := entry or _begun(organisation, one, by, at))
        revision = _write(entry, one, shown)
        revision.by_id, revision.at, revision.note = by, at, note
        revisions.append(revision)
    Entry.objects.bulk_create(fresh, batch_size=200)
    Entry.objects.bulk_update(old, CHANGED, batch_size=200)
    follow_comments(organisation, [one.pk for one in old])
    Revision.objects.bulk_create(revisions, batch_size=200)
    if given:
        record(EntriesBrought(run=run, count=len(given), by=by, at=at))
    return {one.entry_id: one.number for one in revisions}


def bring_parents(organisation: int, above: Mapping[UUID, UUID]) -> None:
    """Pages below others, once all are here."""
    for one in (rows := list(Entry.objects.filter(organisation_id=organisation, pk__in=list(above), kind="page").only("pk", "parent"))):
        one.parent_id = above[one.pk]
    Entry.objects.bulk_update(rows, ["parent"], batch_size=500)


def bring_redirects(organisation: int, entries: Mapping[str, UUID], targets: Mapping[str, str], *, at: datetime) -> int:
    """Old paths lead to entries, or to other paths and addresses; how many. Where something stands, or leads already, it stays."""
    shown = is_shown(organisation)
    old = {path for path in (*entries, *targets) if 0 < len(path) <= LONGEST_PATH}
    standing = Entry.objects.filter(organisation_id=organisation, path__in=list(old)).exclude(state=State.TRASHED)
    old -= set(standing.values_list("path", flat=True))
    old -= set(Redirect.objects.filter(organisation_id=organisation, path__in=list(old)).values_list("path", flat=True))
    Redirect.objects.bulk_create(
        [
            Redirect(
                organisation_id=organisation, path=path, entry_id=entries.get(path), published=shown, created_at=at,
                target="" if path in entries else targets[path][:1000],
            )
            for path in sorted(old)
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )  # fmt: skip
    return len(old)


def bring_menus(organisation: int, menus: Menus, *, at: datetime) -> bool:
    """Menus, where the site has none of its own yet; whether they were taken."""
    site = own_site(organisation)
    if site.menus:
        return False
    return bool(Site.objects.filter(pk=site.pk, menus=site.menus).update(menus=write_menus(menus), changed_at=at))


@transaction.atomic
def open_brought(organisation: int, *, at: datetime) -> bool:
    """Show the site to whom the market lets see it, where it holds anything published; whether it is seen now."""
    site = own_site(organisation)
    if site.opened_at is None and Entry.objects.filter(organisation_id=organisation, state=State.PUBLISHED).exists():
        site.opened_at = at
        show(site, at=at)
    return site.published


def rewrite_entries(organisation: int, entries: Iterable[UUID], change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Files have come for entries that name them: what is shown, and the newest revision, change in place; no version more."""
    rows = {one.pk: one for one in Entry.objects.select_for_update().filter(organisation_id=organisation, pk__in=list(entries))}
    for one in rows.values():
        one.document = change(one.document)
    Entry.objects.bulk_update(rows.values(), ["document"], batch_size=200)
    revisions = [
        one
        for one in Revision.objects.filter(organisation_id=organisation, entry__in=list(rows))
        if one.number in (rows[one.entry_id].last, rows[one.entry_id].live)
    ]
    for revision in revisions:
        revision.document = change(revision.document)
    Revision.objects.bulk_update(revisions, ["document"], batch_size=200)


def bring_pictures(organisation: int, pictures: Mapping[UUID, UUID]) -> None:
    """What stands above an entry, where nothing does yet."""
    rows = list(Entry.objects.filter(organisation_id=organisation, pk__in=list(pictures), picture__isnull=True).only("pk"))
    for one in rows:
        one.picture_id = pictures[one.pk]
    Entry.objects.bulk_update(rows, ["picture"], batch_size=200)


def take_back_entries(organisation: int, revisions: Mapping[UUID, int], *, at: datetime) -> int:
    """Into the bin with those that nobody has written in since the revision that brought them; how many."""
    rows = [
        one
        for one in Entry.objects.select_for_update()
        .filter(organisation_id=organisation, pk__in=list(revisions))
        .only("pk", "last", "state")
        if one.last == revisions[one.pk] and one.state != State.TRASHED
    ]
    taken = [one.pk for one in rows]
    Entry.objects.filter(pk__in=taken).update(state=State.TRASHED, published=False, changed_at=at)
    follow_comments(organisation, taken)
    return len(taken)


def untitled(kind: str) -> str:
    """What a piece without any words is called."""
    return _("Untitled post") if kind == "post" else _("Untitled page")


def _stands(organisation: int, path: str) -> bool:
    return Entry.objects.filter(organisation_id=organisation, path=path).exclude(state=State.TRASHED).exists()


def _is_below(one: Term, other: Term, rows: Mapping[UUID, Term]) -> bool:
    """Whether `one` is `other`, or stands below it."""
    step: Term | None = one
    seen: set[UUID] = set()
    while step and step.pk not in seen:
        if step.pk == other.pk:
            return True
        seen.add(step.pk)
        step = rows.get(step.parent_id) if step.parent_id else None
    return False


def _begun(organisation: int, one: NewEntry, by: UUID | None, at: datetime) -> Entry:
    return Entry(
        pk=one.pk, organisation_id=organisation, kind=one.kind, path=one.path, slug=one.slug[:LONGEST_SLUG], origin=one.origin,
        created_by_id=by, created_at=min(one.published_at or at, at), last=0,
    )  # fmt: skip


def _write(entry: Entry, one: NewEntry, shown: bool) -> Revision:
    """What is shown of an entry from now on, and the revision that says so."""
    document = read(one.document)
    entry.state, entry.title, entry.document = one.state, one.title[:200], one.document
    entry.excerpt = one.excerpt[:500] or opening(document, TEASER)
    entry.words = len(render_text(document, language="es").split())
    entry.author_id, entry.terms, entry.position = one.author, list(one.terms), one.position
    entry.pinned, entry.comments_open = one.pinned, one.comments_open
    entry.published_at, entry.changed_at = one.published_at, one.changed_at
    entry.published = shown and one.state == State.PUBLISHED
    entry.last += 1
    entry.live = entry.last if one.state in SHOWABLE else entry.live
    return Revision(
        pk=new_id(), organisation_id=entry.organisation_id, entry_id=entry.pk, number=entry.last, title=entry.title,
        excerpt=one.excerpt[:500], document=one.document, kept=True,
    )  # fmt: skip
