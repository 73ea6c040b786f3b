"""What sellers on show publish: pieces in four formats, and collections of what others do well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries import cards
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.kernel.content import Document, read, render_html
from oportuno.kernel.errors import NotFound
from oportuno.kernel.ui import cards as looks
from oportuno.offer.directory import api as directory
from oportuno.offer.media import api as media

COLLECTIONS = 6
MOST_ADDRESSES = 25_000  # a map holds 50,000
FORMATS = ("video", "image", "text", "audio")


@dataclass(frozen=True, slots=True)
class PieceCard:
    """A piece in a list."""

    title: str
    href: str
    picture: looks.Picture
    problem: str
    summary: str
    seller: str
    formats: Sequence[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class CollectionCard:
    title: str
    href: str
    intro: str
    seller: str


@dataclass(frozen=True, slots=True)
class MediaPage:
    """A page of pieces; `next` is where the following one begins, "" for none."""

    pieces: Sequence[PieceCard]
    next: str
    collections: Sequence[CollectionCard] = ()


@dataclass(frozen=True, slots=True)
class PiecePage:
    """A piece as it is read. `body` is the HTML of its formats; nothing in it asks anything of others before somebody presses it."""

    card: PieceCard
    persona: str
    category: tuple[str, str] | None
    body: SafeString
    listen: str
    read: str
    author: directory.SellerCard


@dataclass(frozen=True, slots=True)
class Found:
    """Something of others in a collection: with its source, and why it is worth it."""

    title: str
    href: str
    source: str
    author: str
    kind: str
    note: str
    summary: str
    stars: int | None
    picture: looks.Picture | None
    tags: Sequence[str] = field(default_factory=tuple)


def categories(language: str) -> list[tuple[str, str]]:
    """The vertical's first categories."""
    return list(media.categories(language))


def media_page(*, category: str = "", form: str = "", after: str = "") -> MediaPage:
    """Pieces of all sellers on show, the newest first. Five queries; acts for the public."""
    on_show = directory.Seller.objects.filter(published=True).values("organisation_id")
    found = media.shown_pieces(sellers=on_show, category=category, form=form, after=media.mark_of(after))
    shown = found[: media.PAGE]
    collections = [] if after or form else media.shown_collections(sellers=on_show, limit=COLLECTIONS)
    sellers = _sellers({row.organisation_id for row in (*shown, *collections)})
    return MediaPage(
        pieces=[_card(piece, *sellers[piece.organisation_id]) for piece in shown if piece.organisation_id in sellers],
        next=media.as_mark(shown[-1]) if len(found) > media.PAGE else "",
        collections=[_collection(one, *sellers[one.organisation_id]) for one in collections if one.organisation_id in sellers],
    )


def _sellers(organisations: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Slug and name by organisation, of those on show."""
    rows = directory.Seller.objects.filter(published=True, organisation_id__in=list(organisations))
    return {row.organisation_id: (row.slug, row.trade_name) for row in rows}


def _card(piece: media.Piece, slug: str, name: str) -> PieceCard:
    return PieceCard(
        title=piece.title, href=reverse("market:piece", args=[slug, piece.slug]), picture=_cover(piece),
        problem=piece.problem, summary=piece.summary, seller=name, formats=[one for one in FORMATS if one in piece.formats], at=piece.at,
    )  # fmt: skip


def _cover(piece: media.Piece) -> looks.Picture:
    """Its picture, while that may be shown, or a drawing."""
    shown = piece.picture if piece.picture and piece.picture.published else None
    return cards.kept(shown) or cards.cover(piece.slug)


def _collection(one: media.Collection, slug: str, name: str) -> CollectionCard:
    return CollectionCard(one.title, reverse("market:collection", args=[slug, one.slug]), one.intro, name)


def piece_page(seller: str, slug: str, language: str) -> PiecePage:
    """One piece of a seller on show. Raises NotFound."""
    author = directory.seller_card(seller)
    piece = media.shown_piece(author.organisation, slug)
    pack = current_pack()
    persona = next((one.role.in_(language) for one in pack.personas_of("buyer") if one.slug == piece.persona), "") if pack else ""
    category = next(((slug, words) for slug, words in categories(language) if slug == piece.category), None)
    return PiecePage(
        card=_card(piece, author.slug, author.name), persona=persona, category=category,
        body=SafeString(render_html(_told(piece), language=language)), listen=piece.listen, read=piece.read,
        author=author,
    )  # fmt: skip


def _told(piece: media.Piece) -> Document:
    """Its formats as one document: the film, the picture where that is no film's cover, the sound, the words."""
    cover = str(piece.picture_id or "")
    blocks: list[dict[str, Any]] = []
    if piece.film or piece.video_id:
        film = {"url": piece.film} if piece.film else {"file": str(piece.video_id)}
        blocks.append({"type": "video", "title": piece.title, "poster": cover, **film})
    elif piece.image_id:
        blocks.append({"type": "image", "picture": str(piece.image_id)})
    if piece.audio_id:
        blocks.append({"type": "audio", "file": str(piece.audio_id), "title": piece.title})
    document = read({"blocks": blocks})
    return Document(blocks=(*document.blocks, *media.text_of(piece).blocks))


def collection_page(seller: str, slug: str) -> tuple[media.Collection, directory.SellerCard, list[Found]]:
    """A collection of a seller on show, with what it holds. Raises NotFound."""
    author = directory.seller_card(seller)
    collection, finds = media.shown_collection(author.organisation, slug)
    if not finds:
        raise NotFound
    return collection, author, [_found(find) for find in finds]


def _found(find: media.Find) -> Found:
    return Found(
        title=find.title, href=find.address, source=find.source, author=find.author, kind=find.kind, note=find.note, summary=find.summary,
        stars=find.stars, picture=cards.kept(find.picture), tags=tuple(find.tags),
    )  # fmt: skip


def format_words() -> list[tuple[str, str]]:
    """The four formats, as people call them."""
    return [("video", _("Video")), ("image", _("Image")), ("text", _("Text")), ("audio", _("Audio"))]


def media_addresses() -> list[tuple[str, datetime | None]]:
    """(path, last change) of every piece and collection of sellers on show, for search engines."""
    sellers = dict(directory.Seller.objects.filter(published=True).values_list("organisation_id", "slug"))
    pieces = media.Piece.objects.filter(published=True).order_by("-at", "-pk").values_list("organisation_id", "slug", "changed_at")
    collections = media.Collection.objects.filter(published=True).order_by("-published_at", "-pk")
    shown = collections.values_list("organisation_id", "slug", "published_at")
    named = (("market:piece", pieces[:MOST_ADDRESSES]), ("market:collection", shown[:MOST_ADDRESSES]))
    return [(reverse(name, args=[sellers[of], slug]), at) for name, rows in named for of, slug, at in rows if of in sellers]
