"""Making segments and changing what they say. Their members follow in a job (actions.building)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import defer
from oportuno.people.organisations.api import Member
from oportuno.people.segments.facts import SegmentDeleted, SegmentRestored, SegmentSaved
from oportuno.people.segments.models import Kind, Segment
from oportuno.people.segments.queries.segments import circle_through, segment_for, used_by
from oportuno.people.segments.queries.things import things_of
from oportuno.people.segments.queries.words import sentence_of_mistake
from oportuno.people.segments.rules.tree import EVERYBODY, Group, Unreadable, by_clock, depends_on, read, segments_in, written

LONGEST_NAME = 80
MOST_SEGMENTS = 500  # of one organisation: each change of a contact is held against those that it may concern


@transaction.atomic
def make_segment(
    *, name: str, tree: object, by: Member, at: datetime, kind: str = Kind.LIVE, origin: str = "", draft: bool = False
) -> Segment:
    """A new segment, live by its tree, or an empty list. With `draft` it waits to be pointed together, without members or a name.

    Raises Refusal with a sentence for each mistake of the tree, Conflict when the name is taken.
    """
    if Segment.objects.filter(organisation_id=by.organisation.pk, deleted_at__isnull=True).count() >= MOST_SEGMENTS:
        raise Refusal(_("You have 500 segments already. Delete some that nobody uses."))
    segment = Segment(kind=kind, origin=origin, by_id=by.id, made_at=at, changed_at=at)
    if draft:
        segment.name, segment.draft = _name(name) if name.strip() else "", written(EVERYBODY)
        _kept(segment)
        return segment
    return _save(segment, name=name, tree=tree, by=by, at=at)


@transaction.atomic
def save_segment(*, segment: UUID, name: str, tree: object, by: Member, at: datetime) -> Segment:
    """Say anew what a segment is called and whom it means. Until its members are built anew, those of before stand."""
    return _save(segment_for(by, segment, lock=True), name=name, tree=tree, by=by, at=at)


@transaction.atomic
def rename_segment(*, segment: UUID, name: str, by: Member, at: datetime) -> Segment:
    found = segment_for(by, segment, lock=True)
    found.name, found.changed_at = _name(name), at
    _kept(found)
    return found


@transaction.atomic
def delete_segment(*, segment: UUID, by: Member, at: datetime) -> Segment:
    """Into the bin. Refused while something uses it; what it is used by stands in the sentence."""
    found = segment_for(by, segment, lock=True)
    if users := used_by(found):
        raise Conflict(_("It is used by %(users)s. Change that first.") % {"users": ", ".join(one.label for one in users[:5])})
    found.deleted_at = at
    found.save(update_fields=["deleted_at"])
    audit("segment deleted", at=at, by=by.id, of=found, reason=str(found))
    record(SegmentDeleted(segment=found.pk, by=by.id, at=at))
    return found


@transaction.atomic
def restore_segment(*, segment: UUID, by: Member, at: datetime) -> Segment:
    """Out of the bin; its members are looked at anew. Raises NotFound when it is not there, Conflict when its name is taken by now,
    or what it asks for went into the bin after it: who is not in that would be everybody.
    """
    found = Segment.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=segment, deleted_at__isnull=False).first()
    if found is None:
        raise NotFound
    there = Segment.objects.filter(organisation_id=by.organisation.pk, pk__in=found.uses, deleted_at__isnull=True)
    if there.count() < len(found.uses):
        raise Conflict(_("It asks for another segment that was deleted. Bring that back first."))
    found.deleted_at = None
    _kept(found)
    record(SegmentRestored(segment=found.pk, by=by.id, at=at))
    if found.is_live and found.revision:
        defer("segments.build", once=f"segment {found.pk}", segment=str(found.pk))
    return found


def tree_of(said: object, organisation: int) -> Group:
    """A tree as somebody sent it. Raises Refusal: a sentence for each mistake, joined; `errors` has them by place."""
    things = things_of(organisation)
    try:
        root = read(said, things)
    except Unreadable as trouble:
        told = {".".join(map(str, one.path)) or "tree": sentence_of_mistake(one, things) for one in reversed(trouble.mistakes)}
        sentences = list(dict.fromkeys(reversed(told.values())))
        raise Refusal(" ".join(sentences[:5]), field="tree", errors_by_place=dict(reversed(told.items()))) from trouble
    _known_segments(root, organisation)
    return root


def _save(segment: Segment, *, name: str, tree: object, by: Member, at: datetime) -> Segment:
    segment.name, segment.draft, segment.changed_at = _name(name), None, at
    if segment.is_live:
        root = tree_of(tree, by.organisation.pk)
        segment.uses = sorted(UUID(one) for one in segments_in(root))
        if circle_through(segment):
            raise Refusal(_("It would ask for itself, by way of another segment."), field="tree")
        segment.tree, segment.depends, segment.by_clock = written(root), sorted(depends_on(root)), by_clock(root)
        segment.trouble = ""
    else:
        segment.count, segment.counted_at = segment.count or 0, at
    segment.revision += 1
    if not segment.is_live:
        segment.built = segment.revision
    _kept(segment)
    record(SegmentSaved(segment=segment.pk, kind_of=segment.kind, by=by.id, at=at))
    if segment.is_live:
        defer("segments.build", once=f"segment {segment.pk}", segment=str(segment.pk))
    return segment


def _name(name: str) -> str:
    found = " ".join("".join(one for one in name if one.isprintable()).split())[:LONGEST_NAME]
    if not found:
        raise Refusal(_("Give the segment a name."), field="name")
    return found


def _kept(segment: Segment) -> None:
    try:
        with transaction.atomic():
            segment.save()
    except IntegrityError as error:
        raise Conflict(_("A segment has this name already."), field="name") from error


def _known_segments(root: Group, organisation: int) -> None:
    wanted: set[Any] = set()
    for one in segments_in(root):
        try:
            wanted.add(UUID(one))
        except ValueError:
            raise Refusal(_("One of the segments that it asks for is not there."), field="tree") from None
    found = Segment.objects.filter(organisation_id=organisation, pk__in=wanted, deleted_at__isnull=True).exclude(revision=0)
    if found.count() < len(wanted):
        raise Refusal(_("One of the segments that it asks for is not there."), field="tree")
