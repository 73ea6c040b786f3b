"""From draft to the public eye, and back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.content import opening, read, render_text
from oportuno.kernel.errors import Conflict, Forbidden, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.offer.sites.actions.commenting import follow_comments
from oportuno.offer.sites.actions.showing import is_shown
from oportuno.offer.sites.actions.writing import locked
from oportuno.offer.sites.facts import EntryPublished, EntryScheduled, EntrySentBack, EntrySentForReview, EntryWithdrawn
from oportuno.offer.sites.models import Entry, Revision, State
from oportuno.offer.sites.queries.entries import entry_for, newest_revision
from oportuno.offer.sites.queries.paths import free_path, path_above
from oportuno.offer.sites.rules.states import OF_WRITERS, Verb, may_be
from oportuno.people.organisations.api import Member

TEASER = 240


@transaction.atomic
def publish_entry(*, entry: UUID, when: datetime | None = None, by: Member, at: datetime) -> Entry:
    """Show the newest revision, now, or at `when` (aware). A `when` in the past dates a post back.

    Published already, it is shown as it is written now; its date stays. Raises Refusal for what has no title or no content.
    """
    later = when if when is not None and when > at else None
    found = _may("schedule" if later else "publish", entry, by)
    revision = newest_revision(found)
    _must_say_something(revision)
    if later:
        found.state, found.published_at, found.published = State.SCHEDULED, later, False
        found.changed_at = at
        _seal(revision)
        found.save(update_fields=["state", "published_at", "published", "changed_at"])
        record(EntryScheduled(entry=found.pk, entry_kind=found.kind, moment=later.isoformat(), by=by.id, at=at))
        return found
    if when is not None or found.published_at is None or found.published_at > at:
        found.published_at = when or at
    _show(found, revision, by=by.id, at=at)
    return found


@transaction.atomic
def publish_due(*, organisation: int, at: datetime) -> int:
    """Show what was scheduled until now; how many. Acts for the organisation; a second run finds nothing to do."""
    due = Entry.objects.select_for_update(skip_locked=True).filter(
        organisation_id=organisation, state=State.SCHEDULED, published_at__lte=at
    )
    shown = list(due[:200])
    for entry in shown:
        _show(entry, newest_revision(entry), by=None, at=at)
    return len(shown)


@transaction.atomic
def withdraw_entry(*, entry: UUID, by: Member, at: datetime) -> Entry:
    """Back to draft: nobody outside sees it."""
    return _hide("withdraw", State.DRAFT, entry, by, at)


@transaction.atomic
def hide_entry(*, entry: UUID, by: Member, at: datetime) -> Entry:
    """For the own team only."""
    return _hide("hide", State.PRIVATE, entry, by, at)


@transaction.atomic
def trash_entry(*, entry: UUID, by: Member, at: datetime) -> Entry:
    """Into the bin, from which it comes back as a draft."""
    return _hide("trash", State.TRASHED, entry, by, at)


@transaction.atomic
def untrash_entry(*, entry: UUID, by: Member, at: datetime) -> Entry:
    """Out of the bin as a draft, at its old address if that is still free."""
    found = entry_for(by.organisation.pk, entry, lock=True)
    if not may_be("restore", found.state):
        raise Conflict(_("It is not in the bin."))
    above = path_above(found.organisation_id, found.parent_id)
    found.slug, found.path = free_path(found.organisation_id, found.kind, found.slug, above, but=found.pk)
    found.state, found.changed_at = State.DRAFT, at
    found.save(update_fields=["slug", "path", "state", "changed_at"])
    return found


@transaction.atomic
def ask_review(*, entry: UUID, by: Member, at: datetime) -> Entry:
    """The writer is done: an editor reads it next."""
    found = _may("ask review", entry, by)
    revision = newest_revision(found)
    _must_say_something(revision)
    _seal(revision)
    found.state, found.changed_at = State.REVIEW, at
    found.save(update_fields=["state", "changed_at"])
    record(EntrySentForReview(entry=found.pk, by=by.id, at=at))
    return found


@transaction.atomic
def send_back(*, entry: UUID, note: str, by: Member, at: datetime) -> Entry:
    """The editor gives it back with a note, which stands at the version that was read."""
    found = _may("send back", entry, by)
    if not note.strip():
        raise Refusal(_("Say what is missing: the writer reads it."), field="note")
    Revision.objects.filter(entry=found, number=found.last).update(note=note.strip()[:300], kept=True)
    found.state, found.changed_at = State.DRAFT, at
    found.save(update_fields=["state", "changed_at"])
    record(EntrySentBack(entry=found.pk, by=by.id, at=at))
    return found


def _may(verb: Verb, entry: UUID, by: Member) -> Entry:
    found = locked(entry, by)
    if verb not in OF_WRITERS and not by.may("publish content"):
        raise Forbidden(_("An editor of your organisation does that: send it for review."))
    if not may_be(verb, found.state):
        raise Conflict(_("That cannot be done now: this piece is “%(state)s”.") % {"state": State(found.state).label})
    return found


def _show(entry: Entry, revision: Revision, *, by: UUID | None, at: datetime) -> None:
    fill_from(entry, revision)
    _seal(revision)
    entry.state, entry.live, entry.changed_at = State.PUBLISHED, revision.number, at
    entry.published = is_shown(entry.organisation_id)
    entry.save()
    follow_comments(entry.organisation_id, [entry.pk])
    record(EntryPublished(entry=entry.pk, entry_kind=entry.kind, revision=revision.number, by=by, at=at))


def fill_from(entry: Entry, revision: Revision) -> None:
    """What is shown of an entry, from one of its revisions."""
    document = read(revision.document)
    entry.title, entry.document = revision.title, revision.document
    entry.excerpt = revision.excerpt or opening(document, TEASER)
    entry.words = len(render_text(document, language="es").split())


def _hide(verb: Verb, state: State, entry: UUID, by: Member, at: datetime) -> Entry:
    found = _may(verb, entry, by)
    found.state, found.published, found.changed_at = state, False, at
    found.save(update_fields=["state", "published", "changed_at"])
    follow_comments(found.organisation_id, [found.pk])
    record(EntryWithdrawn(entry=found.pk, entry_kind=found.kind, state=str(state), by=by.id, at=at))
    return found


def _seal(revision: Revision) -> None:
    if not revision.kept:
        revision.kept = True
        revision.save(update_fields=["kept"])


def _must_say_something(revision: Revision) -> None:
    if not revision.title.strip():
        raise Refusal(_("Give it a title."), field="title")
    if not revision.document.get("blocks"):
        raise Refusal(_("Write something first."), field="content")


WHY = "what was scheduled is shown by the clock, in whichever site it is"


def publish_all_due(*, at: datetime) -> int:
    """What is due in any site; how many were shown. Call again until 0. Acts for the market."""
    due = Entry.objects.filter(state=State.SCHEDULED, published_at__lte=at).order_by("published_at")
    owners = list(dict.fromkeys(due.values_list("organisation_id", flat=True)[:500]))
    done = 0
    for owner in owners:
        with for_market(WHY, organisation=owner):
            done += publish_due(organisation=owner, at=at)
    return done
