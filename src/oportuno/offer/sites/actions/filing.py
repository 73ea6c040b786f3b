"""Where an entry stands, who wrote it, under which words it is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record_all
from oportuno.offer.sites.actions.showing import hold_site, is_shown
from oportuno.offer.sites.actions.writing import locked
from oportuno.offer.sites.facts import EntryMoved
from oportuno.offer.sites.models import Author, Entry, Redirect, State, Term, TermKind
from oportuno.offer.sites.queries.paths import path_above
from oportuno.offer.sites.rules.paths import free_slug, is_reserved, path_of, slug_of
from oportuno.people.organisations.api import Member

SAID = ("picture_id", "author_id", "search_title", "search_description", "pinned", "comments_open", "position", "persona", "stage")
MOST_TERMS = 40


@transaction.atomic
def file_entry(*, entry: UUID, terms: Iterable[UUID] | None = None, by: Member, at: datetime, **said: Any) -> Entry:
    """Change what SAID lists, and its terms. Shown at once where the entry is shown. Raises Refusal, NotFound, Forbidden."""
    found = locked(entry, by)
    if unknown := set(said) - set(SAID):
        raise TypeError(f"an entry has no {unknown}")
    for name, value in said.items():
        setattr(found, name, value.strip() if isinstance(value, str) else value)
    if terms is not None:
        found.terms = _own_terms(found.organisation_id, terms)
    if found.author_id and not Author.objects.filter(organisation_id=found.organisation_id, pk=found.author_id).exists():
        raise Refusal(_("Choose an author of the list."), field="author")
    found.changed_at = at
    found.save(update_fields=[*said, "terms", "changed_at"])
    return found


@transaction.atomic
def move_entry(*, entry: UUID, slug: str, parent: UUID | None = None, by: Member, at: datetime) -> Entry:
    """Give it another address; what is below moves along, and the old addresses lead to the new ones.

    Raises Conflict for an address that is taken, Refusal for one that is ours.
    """
    found = locked(entry, by)
    if found.live and not by.may("publish content"):
        raise Forbidden(_("An editor of your organisation changes the address of what is published."))
    organisation = found.organisation_id
    above = path_above(organisation, parent) if found.kind == "page" else ""
    slug = slug_of(slug or found.title)
    path = path_of(found.kind, slug, above)
    if above == found.path or above.startswith(f"{found.path}/"):
        raise Refusal(_("A page cannot stand below itself."), field="parent")
    if path == found.path and parent == found.parent_id:
        return found
    if is_reserved(path, found.kind):
        raise Refusal(_("“%(slug)s” is the address of a page that every site has; choose another.") % {"slug": slug}, field="slug")
    if Entry.objects.filter(organisation_id=organisation, path=path).exclude(state=State.TRASHED).exclude(pk=found.pk).exists():
        raise Conflict(_("Another piece has the address “%(path)s” already.") % {"path": path}, field="slug")
    old = found.path
    found.slug, found.path, found.parent_id, found.changed_at = slug, path, parent if found.kind == "page" else None, at
    found.save(update_fields=["slug", "path", "parent", "changed_at"])
    if old != path:
        _lead(organisation, {old: found.pk} if found.live else {}, at)
        moved = _move_below(organisation, old, path, at)
        Redirect.objects.filter(organisation_id=organisation, path=path).delete()
        record_all(EntryMoved(entry=one.pk, path=before, by=by.id, at=at) for one, before in [(found, old), *moved] if one.live)
    return found


def _move_below(organisation: int, old: str, new: str, at: datetime) -> list[tuple[Entry, str]]:
    """What stands below moves along; each with where it was."""
    below = list(Entry.objects.filter(organisation_id=organisation, kind="page", path__startswith=f"{old}/").only("id", "path", "live"))
    _lead(organisation, {one.path: one.pk for one in below if one.live}, at)
    before = [(one, one.path) for one in below]
    for one in below:
        one.path = new + one.path[len(old) :]
    Entry.objects.bulk_update(below, ["path"], batch_size=500)
    return before


def _lead(organisation: int, old: dict[str, UUID], at: datetime) -> None:
    """Old addresses lead to their entries from now on, also those that led somewhere before."""
    shown = is_shown(organisation)
    rows = [
        Redirect(organisation_id=organisation, path=path, entry_id=entry, published=shown, created_at=at) for path, entry in old.items()
    ]
    Redirect.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation_id", "path"], update_fields=["entry", "target", "published"]
    )


@transaction.atomic
def name_terms(*, kind: str, names: Sequence[str], organisation: int, at: datetime) -> list[Term]:
    """Terms by their names, those that are missing made; in the order given. Acts for the organisation."""
    wanted = {slug_of(name): " ".join(name.split())[:120] for name in names if name.strip()}
    if len(wanted) > MOST_TERMS:
        raise Refusal(_("That is too many: %(most)s at most.") % {"most": MOST_TERMS}, field="tags")
    shown = is_shown(organisation)
    Term.objects.bulk_create(
        [
            Term(organisation_id=organisation, kind=kind, name=name, slug=slug, published=shown, created_at=at)
            for slug, name in wanted.items()
        ],
        ignore_conflicts=True,
    )
    found = {one.slug: one for one in Term.objects.filter(organisation_id=organisation, kind=kind, slug__in=list(wanted))}
    return [found[slug] for slug in wanted]


@transaction.atomic
def change_term(
    *, term: UUID | None, kind: str, name: str, slug: str = "", description: str = "", parent: UUID | None = None, by: Member, at: datetime
) -> Term:
    """A category or tag, made (`term` None) or changed. Raises Conflict for a name that is there, NotFound."""
    organisation = by.organisation.pk
    if not name.strip():
        raise Refusal(_("Give it a name."), field="name")
    found = _term(organisation, term) if term else Term(organisation_id=organisation, kind=kind, created_at=at)
    found.name, found.slug = " ".join(name.split())[:120], slug_of(slug or name)
    found.description = description.strip()[:500]
    if Term.objects.filter(organisation_id=organisation, kind=found.kind, slug=found.slug).exclude(pk=found.pk).exists():
        raise Conflict(_("There is one with this name already."), field="name")
    found.parent_id = _parent(found, parent) if found.kind == TermKind.CATEGORY else None
    found.published = is_shown(organisation)
    found.save()
    return found


@transaction.atomic
def remove_term(*, term: UUID, by: Member, at: datetime) -> Term:
    """Posts lose it, categories below it go up. Raises NotFound."""
    organisation = by.organisation.pk
    found = _term(organisation, term)
    Term.objects.filter(organisation_id=organisation, parent=found).update(parent=found.parent_id)
    holding = Entry.objects.filter(organisation_id=organisation, terms__contains=[found.pk])
    holding.update(terms=Func(F("terms"), Value(found.pk), function="array_remove"))
    Term.objects.filter(pk=found.pk).delete()
    return found


@transaction.atomic
def change_author(*, author: UUID | None, name: str, by: Member, at: datetime, **said: Any) -> Author:
    """An author, made (`author` None) or changed: `role`, `bio`, `picture_id`, `links`, `person_id`. Raises Refusal, NotFound."""
    organisation = by.organisation.pk
    if not name.strip():
        raise Refusal(_("Give the author a name: readers trust who signs."), field="name")
    found = _author(organisation, author) if author else Author(organisation_id=organisation, created_at=at)
    found.name = " ".join(name.split())[:120]
    if not found.slug:
        taken = set(Author.objects.filter(organisation_id=organisation).values_list("slug", flat=True))
        found.slug = free_slug(slug_of(found.name), taken.__contains__)
    for field, value in said.items():
        if field not in ("role", "bio", "picture_id", "links", "person_id"):
            raise TypeError(f"an author has no {field}")
        setattr(found, field, value.strip() if isinstance(value, str) else value)
    found.published = is_shown(organisation)
    found.save()
    return found


@transaction.atomic
def own_author(*, by: Member, at: datetime) -> Author:
    """The author that a member signs as, made with her name where there is none."""
    hold_site(by.organisation.pk)
    found = Author.objects.filter(organisation_id=by.organisation.pk, person_id=by.id).first()
    return found or change_author(author=None, name=by.person.name, person_id=by.id, by=by, at=at)


def _own_terms(organisation: int, terms: Iterable[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(terms))
    there = set(Term.objects.filter(organisation_id=organisation, pk__in=wanted).values_list("pk", flat=True))
    if there != set(wanted):
        raise Refusal(_("One of the categories is not there any more."), field="categories")
    return wanted


def _term(organisation: int, term: UUID) -> Term:
    found = Term.objects.filter(organisation_id=organisation, pk=term).first()
    if found is None:
        raise NotFound
    return found


def _author(organisation: int, author: UUID) -> Author:
    found = Author.objects.filter(organisation_id=organisation, pk=author).first()
    if found is None:
        raise NotFound
    return found


def _parent(term: Term, parent: UUID | None) -> UUID | None:
    """The category above; raises Refusal where that would make a ring."""
    above = dict(Term.objects.filter(organisation_id=term.organisation_id, kind=term.kind).values_list("pk", "parent_id"))
    step = parent
    while step:
        if step == term.pk or step not in above:
            raise Refusal(_("A category cannot stand below itself."), field="parent")
        step = above[step]
    return parent


@transaction.atomic
def shift_page(*, entry: UUID, up: bool, by: Member, at: datetime) -> None:
    """One step among the pages of its own level. Raises NotFound."""
    found = locked(entry, by)
    level = Entry.objects.filter(organisation_id=found.organisation_id, kind="page", parent_id=found.parent_id)
    rows = list(level.exclude(state=State.TRASHED).only("id", "position", "title").order_by("position", "title"))
    place = next(n for n, one in enumerate(rows) if one.pk == found.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for n, one in enumerate(rows):
        one.position = n
    Entry.objects.bulk_update(rows, ["position"], batch_size=500)
