"""Pieces: one thing to say, in up to four formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.content import EMPTY, Document, read, write
from oportuno.kernel.content.blocks.media import film_of
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.media.actions.news import free_slugs
from oportuno.offer.media.facts import PieceChanged, PieceHidden, PiecePublished
from oportuno.offer.media.models import Item, Piece
from oportuno.offer.media.queries.library import items
from oportuno.offer.media.rules.addresses import canonical

ITEMS = {"video": Item.Kind.VIDEO, "image": Item.Kind.IMAGE, "audio": Item.Kind.AUDIO}


@dataclass(frozen=True)
class Telling:
    """What a piece says, for whom. `film`, `listen`, `read` are addresses elsewhere; `things` of the library by format."""

    title: str
    summary: str = ""
    persona: str = ""
    stage: str = ""
    problem: str = ""
    category: str = ""
    film: str = ""
    listen: str = ""
    read: str = ""
    text: Document = EMPTY
    things: Mapping[str, UUID | None] = field(default_factory=dict)


@transaction.atomic
def make_piece(*, telling: Telling, by: UUID, at: datetime) -> Piece:
    """A piece that nobody sees yet."""
    piece = Piece(organisation_id=acting_organisation(), at=at, changed_at=at, created_by_id=by)
    _tell(piece, telling, at)
    piece.slug = free_slugs(piece.organisation_id, [piece.title])[0]
    piece.save(force_insert=True)
    record(PieceChanged(piece=piece.pk, by=by, at=at))
    return piece


@transaction.atomic
def change_piece(*, piece: Piece, telling: Telling, by: UUID, at: datetime) -> Piece:
    """Say it otherwise; its address stays."""
    _tell(piece, telling, at)
    if piece.published:
        _must_be_whole(piece)
    piece.save()
    record(PieceChanged(piece=piece.pk, by=by, at=at))
    return piece


@transaction.atomic
def show_piece(*, piece: Piece, published: bool, by: UUID, at: datetime) -> None:
    """To everybody, or to nobody. Raises Refusal, saying what is missing."""
    if piece.published == published:
        return
    if published:
        _must_be_whole(piece)
    piece.published, piece.changed_at = published, at
    piece.save(update_fields=["published", "changed_at"])
    record((PiecePublished if published else PieceHidden)(piece=piece.pk, by=by, at=at))


@transaction.atomic
def remove_piece(*, piece: Piece, by: UUID, at: datetime) -> None:
    """What it showed stays in the library."""
    if piece.published:
        record(PieceHidden(piece=piece.pk, by=by, at=at))
    piece.delete()


def _tell(piece: Piece, telling: Telling, at: datetime) -> None:
    title = " ".join(telling.title.split())[:200]
    if not title:
        raise Refusal(_("Give it a title."), field="title")
    piece.title, piece.summary, piece.problem = title, telling.summary.strip()[:500], telling.problem.strip()[:200]
    piece.persona, piece.stage, piece.category = telling.persona, telling.stage, telling.category
    piece.film, piece.listen, piece.read = _film(telling.film), _address(telling.listen, "listen"), _address(telling.read, "read")
    piece.text = write(telling.text) if telling.text.blocks else {}
    for name, kind in ITEMS.items():
        setattr(piece, f"{name}_id", _thing(telling.things.get(name), kind, name))
    piece.picture_id = piece.image_id or piece.picture_id
    piece.formats = formats_of(piece)
    piece.changed_at = at


def formats_of(piece: Piece) -> list[str]:
    """The formats that a piece has, in the order in which they are shown."""
    has: dict[str, Any] = {
        "video": piece.film or piece.video_id, "image": piece.image_id, "text": piece.text or piece.read, "audio": piece.listen or piece.audio_id,
    }  # fmt: skip
    return [name for name, there in has.items() if there]


def text_of(piece: Piece) -> Document:
    """What it says in words."""
    return read(piece.text) if piece.text else EMPTY


def _must_be_whole(piece: Piece) -> None:
    if not piece.formats:
        raise Refusal(_("Give it at least one format: a video, an image, a text or audio."))
    if not piece.persona:
        raise Refusal(_("Say for whom it is."), field="persona")
    if not piece.problem:
        raise Refusal(_("Say which problem it solves."), field="problem")


def _film(said: str) -> str:
    if said.strip() and film_of(said.strip()) is None:
        raise Refusal(_("Write the address of a film at YouTube or Vimeo."), field="film")
    return said.strip()


def _address(said: str, name: str) -> str:
    if not said.strip():
        return ""
    try:
        return canonical(said)
    except ValueError:
        raise Refusal(_("Write the address of a page: it begins with https://"), field=name) from None


def _thing(item: UUID | None, kind: str, name: str) -> UUID | None:
    if item is None:
        return None
    if not items().filter(pk=item, kind=kind, deleted_at__isnull=True).exists():
        raise Refusal(_("This is not in your library any more: choose another."), field=name)
    return item
