"""Writing: an entry begins, what is typed is kept, an older version comes back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from oportuno.kernel.content import EMPTY, Document, read, write
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.media.api import for_whom
from oportuno.offer.sites.facts import EntryBegun
from oportuno.offer.sites.models import Entry, Revision, State
from oportuno.offer.sites.queries.entries import entry_for, newest_revision
from oportuno.offer.sites.queries.paths import free_path, path_above
from oportuno.offer.sites.rules.paths import slug_of
from oportuno.people.organisations.api import Member

LONGEST_TITLE = 200
LONGEST_EXCERPT = 500


@transaction.atomic
def begin_entry(
    *,
    kind: str,
    title: str = "",
    content: Document = EMPTY,
    parent: UUID | None = None,
    author: UUID | None = None,
    persona: str = "",
    stage: str = "",
    by: Member,
    at: datetime,
) -> Entry:
    """A new draft. Without a title it is called by its kind until it has one. `persona` and `stage`: for whom, as far as they are known."""
    organisation = by.organisation.pk
    title = _in_one_line(title)
    above = path_above(organisation, parent)
    slug, path = free_path(organisation, kind, slug_of(title or _untitled(kind)), above)
    last = Entry.objects.filter(organisation_id=organisation, kind="page", parent_id=parent).aggregate(last=Max("position"))["last"]
    entry = Entry.objects.create(
        kind=kind, title=title or _untitled(kind), slug=slug, path=path, parent_id=parent, author_id=author,
        position=0 if last is None or kind == "post" else last + 1, last=1, created_by_id=by.id, created_at=at, changed_at=at,
        **for_whom(persona, stage),
    )  # fmt: skip
    Revision.objects.create(
        entry=entry, number=1, title=title, document=write(content), by_id=by.id, by_name=by.person.name, at=at, kept=bool(content.blocks)
    )
    record(EntryBegun(entry=entry.pk, entry_kind=kind, by=by.id, at=at))
    return entry


@transaction.atomic
def keep_draft(
    *,
    entry: UUID,
    title: str | None = None,
    excerpt: str | None = None,
    content: Document | None = None,
    seen: int | None = None,
    done: bool = False,
    note: str = "",
    by: Member,
    at: datetime,
) -> Revision:
    """Keep what is typed; what is shown outside stays as it is. None: as it was.

    While one hand writes, its newest revision is written over, until it is `done`. `seen` is the number of the revision that the writer
    had before her: raises Conflict when somebody else wrote a newer one. Raises NotFound, Forbidden for another writer's piece, Refusal.
    """
    found = locked(entry, by)
    before = newest_revision(found)
    if seen is not None and before.number > seen and before.by_id != by.id:
        raise Conflict(
            _("%(who)s has written here in the meantime. Copy what you typed, load the page again and put it in.")
            % {"who": before.by_name or _("Somebody")}
        )
    if title is not None and not title.strip() and done:
        raise Refusal(_("Give it a title."), field="title")
    revision = before if before.by_id == by.id and not before.kept else _next(found, before)
    revision.title = before.title if title is None else _in_one_line(title)
    revision.excerpt = before.excerpt if excerpt is None else " ".join(excerpt.split())[:LONGEST_EXCERPT]
    revision.document = before.document if content is None else write(content)
    if done and not note and revision.number > 1 and _says_the_same(revision, before) and revision is not before:
        return before  # nothing new: no version more
    revision.by_id, revision.by_name, revision.at = by.id, by.person.name, at
    revision.kept, revision.note = done, note.strip()[:300]
    revision.save()
    _follow(found, revision, at)
    return revision


@transaction.atomic
def restore_revision(*, entry: UUID, number: int, by: Member, at: datetime) -> Revision:
    """Write an older version anew as the newest. Raises NotFound."""
    found = locked(entry, by)
    old = Revision.objects.filter(entry=found, number=number).first()
    if old is None:
        raise NotFound
    note = _("As in version %(number)s") % {"number": number}
    return keep_draft(entry=entry, title=old.title, excerpt=old.excerpt, content=read(old.document), done=True, note=note, by=by, at=at)


def locked(entry: UUID, by: Member) -> Entry:
    """An entry that this member may write, locked until the transaction ends. Raises NotFound, Forbidden."""
    found = entry_for(by.organisation.pk, entry, lock=True)
    if found.state == State.TRASHED:
        raise NotFound
    if not by.may("publish content") and found.created_by_id != by.id:
        raise Forbidden(_("Only whoever began this piece, or an editor, writes in it."))
    return found


def _next(entry: Entry, before: Revision) -> Revision:
    if not before.kept:  # somebody else's last stroke stays as a version
        Revision.objects.filter(pk=before.pk).update(kept=True)
    return Revision(entry=entry, number=before.number + 1)


def _says_the_same(one: Revision, other: Revision) -> bool:
    return (one.title, one.excerpt, one.document) == (other.title, other.excerpt, other.document)


def _follow(entry: Entry, revision: Revision, at: datetime) -> None:
    """Lists show a draft by its newest title, and its address follows the title until somebody outside may know it."""
    entry.last, entry.changed_at = revision.number, at
    if entry.live == 0:
        was, entry.title = entry.title, revision.title or _untitled(entry.kind)
        if entry.slug == slug_of(was) or entry.slug.startswith(f"{slug_of(was)}-"):
            wanted = slug_of(entry.title)
            if wanted != slug_of(was):
                above = path_above(entry.organisation_id, entry.parent_id)
                entry.slug, entry.path = free_path(entry.organisation_id, entry.kind, wanted, above, but=entry.pk)
        entry.document, entry.excerpt = revision.document, revision.excerpt
    entry.save(update_fields=["last", "changed_at", "title", "slug", "path", "document", "excerpt"])


def _untitled(kind: str) -> str:
    return _("Untitled post") if kind == "post" else _("Untitled page")


def _in_one_line(title: str) -> str:
    """It is written in a field that breaks its lines on a phone."""
    return " ".join(title.split())[:LONGEST_TITLE]
