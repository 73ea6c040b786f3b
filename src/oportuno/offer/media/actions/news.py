"""News of channels become finds; of our own channels also pieces. A set at a time, and twice changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from oportuno.kernel.facts import record, record_all
from oportuno.offer.media.facts import FindsAppeared, PiecePublished
from oportuno.offer.media.models import Channel, Find, Piece, Place, Sighting
from oportuno.offer.media.rules.addresses import film_at, host_of
from oportuno.offer.media.rules.feeds import News

AT_FIRST = 30
"""Of a channel that is new to us: what is older is found there, not here."""


@transaction.atomic
def receive(*, channel: Channel, news: Sequence[News], at: datetime) -> int:
    """Keep what is new of a channel; how much that was. Acts for the channel's organisation."""
    by_name = {one.name: one for one in reversed(news)}
    known = set(Sighting.objects.filter(channel=channel, name__in=list(by_name)).values_list("name", flat=True))
    fresh = [one for name, one in by_name.items() if name not in known]
    if not fresh:
        return 0
    if channel.checked_at is None:
        fresh = sorted(fresh, key=lambda one: one.at or at)[-AT_FIRST:]
    finds = _finds(channel, fresh, at)
    Sighting.objects.bulk_create(
        (Sighting(channel=channel, find=finds[one.address], name=one.name, at=at) for one in fresh), ignore_conflicts=True
    )
    if channel.own:
        publish_finds(channel=channel, finds=[finds[address] for address in {one.address: None for one in fresh}], at=at)
    record(FindsAppeared(channel=channel.pk, count=len(fresh), at=at))
    return len(fresh)


def _finds(channel: Channel, news: Iterable[News], at: datetime) -> dict[str, Find]:
    """By address: those that were there, and new ones."""
    wanted = {one.address: one for one in news}
    there = {find.address: find for find in Find.objects.filter(organisation_id=channel.organisation_id, address__in=list(wanted))}
    new = [
        Find(
            kind=one.kind, address=address, title=one.title, summary=one.summary, author=one.author, source=channel.title or host_of(address),
            sound=one.sound, image=one.image, published_at=min(one.at or at, at), created_at=at,
        )
        for address, one in wanted.items()
        if address not in there
    ]  # fmt: skip
    made = Find.objects.bulk_create(new, batch_size=500)
    return there | {find.address: find for find in made}


def publish_finds(*, channel: Channel, finds: Sequence[Find], at: datetime) -> list[Piece]:
    """What appears in our own channel is a piece of ours, for whom and against what the channel says."""
    shown = set(Piece.objects.filter(organisation_id=channel.organisation_id, find__in=finds).values_list("find_id", flat=True))
    pieces = [_piece(channel, find, at) for find in finds if find.pk not in shown]
    slugs = free_slugs(channel.organisation_id, [piece.title for piece in pieces])
    for piece, slug in zip(pieces, slugs, strict=True):
        piece.slug = slug
    made = Piece.objects.bulk_create(pieces, batch_size=500)
    record_all(PiecePublished(piece=piece.pk, at=at) for piece in made)
    return made


def _piece(channel: Channel, find: Find, at: datetime) -> Piece:
    film = find.address if film_at(find.address) else ""
    listen = find.sound if find.kind == Find.Kind.AUDIO else ""
    return Piece(
        title=find.title[:200], summary=find.summary[:500], persona=channel.persona, problem=channel.problem, category=channel.category,
        film=film, listen=listen, read="" if film or listen else find.address, picture_id=find.picture_id, find=find,
        formats=["video" if film else "audio" if listen else "text"], published=True, at=find.published_at, changed_at=at,
    )  # fmt: skip


def free_slugs(organisation: int, titles: Sequence[str]) -> list[str]:
    """A slug for each title that no piece of the organisation has yet. One query."""
    wanted = [slugify(title)[:80].strip("-") or "pieza" for title in titles]
    taken = set(Piece.objects.filter(organisation_id=organisation, slug__in=wanted).values_list("slug", flat=True))
    found = []
    for number, slug in enumerate(wanted):
        if slug in taken:
            slug = f"{slug}-{hashlib.sha256(f'{organisation} {titles[number]} {number} {len(taken)}'.encode()).hexdigest()[:8]}"
        taken.add(slug)
        found.append(slug)
    return found


@transaction.atomic
def merge(*, find: Find, address: str) -> Find:
    """Give a find its canonical address; if another has it already, the two become that one. Answers the one that is left."""
    other = Find.objects.select_for_update().filter(organisation_id=find.organisation_id, address=address).exclude(pk=find.pk).first()
    if other is None:
        find.address = address
        find.save(update_fields=["address"])
        return find
    Sighting.objects.filter(find=find).update(find=other)
    for place in find_places(find):
        if find_places(other).filter(collection_id=place.collection_id).exists():
            place.delete()
        else:
            find_places(find).filter(pk=place.pk).update(find=other)
    if not Piece.objects.filter(find=other).exists():
        Piece.objects.filter(find=find).update(find=other)
    else:
        Piece.objects.filter(find=find).delete()
    _keep_words(find, other)
    find.delete()
    return other


def find_places(find: Find) -> QuerySet[Place]:
    return Place.objects.filter(find=find)


def _keep_words(gone: Find, left: Find) -> None:
    """What the curator said of either."""
    left.stars = left.stars or gone.stars
    left.note = left.note or gone.note
    left.tags = list(dict.fromkeys([*left.tags, *gone.tags]))
    left.shown = left.shown or gone.shown
    left.image, left.picture_id = left.image or gone.image, left.picture_id or gone.picture_id
    left.hidden = left.hidden and gone.hidden
    left.save(update_fields=["stars", "note", "tags", "shown", "image", "picture", "hidden"])
