"""A batch of posts and pages: converted, filed, written, and what they wait for remembered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from oportuno.doors.integrations.models import Brought, BroughtFile, WordpressItem, WordpressRun
from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_text
from oportuno.offer.sites.api import bringing as sites

from ..content import convert, file_id, settle, teaser
from ..rules.meaning import ENTRIES, origin_of, standing, title_of
from ..wxr import Item
from .around import Around
from .terms import Terms

Pair = tuple[WordpressItem, Item]


@dataclass
class Piece:
    """One on its way. `picture` names the file that stands above it; `files` are all that it names: name → (sort, address)."""

    row: WordpressItem
    item: Item
    document: dict[str, object]
    files: dict[str, tuple[str, str]]
    left: Counter[tuple[str, str]]
    picture: str = ""

    @property
    def entry(self) -> UUID:
        assert self.row.entry_id is not None
        return self.row.entry_id


@dataclass(frozen=True)
class Settled:
    """What became of files: those that are here, by the library's number, and where those were that are not to be had."""

    found: Mapping[str, str]
    gone: Mapping[str, str]


def bring_pieces(run: WordpressRun, pairs: Sequence[Pair], terms: Terms) -> None:
    """Write them, in a handful of statements."""
    if not pairs:
        return
    at = now()
    pieces = _converted(run, pairs, terms.base)
    settled = _remember_files(run, pieces)
    for piece in pieces:
        if settled.found or settled.gone:
            piece.document = settle(piece.document, settled.found, settled.gone)
    people = terms.authors([piece.item.author for piece in pieces], at=at)
    filed = terms.filed([piece.item for piece in pieces], at=at)
    entries = [_entry(run, piece, people, filed) for piece in pieces]
    numbers = sites.bring_entries(run.organisation_id, entries, run=run.pk, by=run.by_id, note="WordPress", at=at)
    _remember(run, pieces, numbers, settled)
    run.redirects += sites.bring_redirects(run.organisation_id, _old_paths(pieces), {}, at=at)
    above = {piece.entry: UUID(settled.found[piece.picture]) for piece in pieces if piece.picture in settled.found}
    sites.bring_pictures(run.organisation_id, above)
    told = [piece.row for piece in pieces if piece.row.notes]
    WordpressItem.objects.bulk_create(
        told, update_conflicts=True, unique_fields=["id"], update_fields=["notes", "said"]
    )  # quicker than UPDATE


def _converted(run: WordpressRun, pairs: Sequence[Pair], base: str) -> list[Piece]:
    around = Around(run, [item for _row, item in pairs], base)
    owner = str(run.organisation_id)
    pieces: list[Piece] = []
    for row, item in pairs:
        found = convert(
            item.content, owner=owner, base=base, library=around.library, beside=around.beside(row.number), reused=around.reused,
            links=around.link,
        )  # fmt: skip
        piece = Piece(row, item, found.document, dict(found.files), found.left)
        if shown := around.library.get(item.said("_thumbnail_id")):
            piece.picture = file_id(owner, shown.address)
            piece.files.setdefault(piece.picture, ("picture", shown.address))
        pieces.append(piece)
    return pieces


def _remember_files(run: WordpressRun, pieces: Sequence[Piece]) -> Settled:
    files = {name: file for piece in pieces for name, file in piece.files.items()}
    BroughtFile.objects.bulk_create(
        [BroughtFile(pk=UUID(name), sort=sort, address=address, run_id=run.pk) for name, (sort, address) in files.items()],
        ignore_conflicts=True,
        batch_size=500,
    )
    rows = BroughtFile.objects.filter(pk__in=list(files)).exclude(state=BroughtFile.State.WAITING)
    here = {str(one.pk): str(one.item_id) for one in rows if one.item_id}
    return Settled(here, {str(one.pk): one.address for one in rows if not one.item_id})


def _entry(run: WordpressRun, piece: Piece, people: Mapping[str, UUID], filed: Mapping[str, tuple[UUID, ...]]) -> sites.NewEntry:
    row, item = piece.row, piece.item
    stands = standing(item, run.at)
    left = piece.left + Counter(stands.notes)
    row.notes = [[sort, name, times] for (sort, name), times in left.items()]
    for (sort, name), times in left.items():
        run.left[f"{sort}|{name}"] = run.left.get(f"{sort}|{name}", 0) + times
    kind = ENTRIES[item.kind]
    return sites.NewEntry(
        pk=piece.entry, origin=origin_of(run.source, "item", row.number), kind=kind, state=stands.state, path=row.path,
        slug=row.path.rpartition("/")[2], title=title_of(item, _words(piece.document) if not item.title else "") or sites.untitled(kind),
        document=piece.document, changed_at=stands.published_at or run.at, excerpt=_excerpt(item), author=people.get(item.author),
        terms=filed.get(row.number, ()), position=_number(item.position), pinned=item.sticky == "1",
        comments_open=item.comment_status != "closed", published_at=stands.published_at,
    )  # fmt: skip


def _excerpt(item: Item) -> str:
    """What its writer wrote for lists; else what stands before the “more” tag."""
    source = item.excerpt.strip() or teaser(item.content)
    if not source:
        return ""
    words = _words(convert(source).document)
    return words if len(words) <= 500 else words[:480].rsplit(" ", 1)[0] + "…"


def _words(document: dict[str, object]) -> str:
    return " ".join(render_text(read(document), language="es").split())


def _remember(run: WordpressRun, pieces: Sequence[Piece], numbers: Mapping[UUID, int], settled: Settled) -> None:
    known = {*settled.found, *settled.gone}
    Brought.objects.bulk_create(
        [
            Brought(
                source=run.source, number=piece.row.number, digest=piece.row.digest, entry_id=piece.entry, revision=numbers[piece.entry],
                run_id=run.pk, first_run_id=run.pk, waits=[UUID(name) for name in piece.files if name not in known],
                picture_id=UUID(piece.picture) if piece.picture else None,
            )
            for piece in pieces
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["organisation_id", "source", "number"],
        update_fields=["digest", "entry_id", "revision", "run_id", "waits", "picture_id"],
    )  # fmt: skip


def _old_paths(pieces: Sequence[Piece]) -> dict[str, UUID]:
    """Its permanent link, and the two ways in which WordPress names it by its number."""
    found: dict[str, UUID] = {}
    for piece in pieces:
        number = piece.item.number.strip()
        link = piece.row.link
        if link and link != piece.row.path:
            found[link] = piece.entry
        if number.isdecimal():
            found |= {f"?p={number}": piece.entry} | ({f"?page_id={number}": piece.entry} if piece.item.kind == "page" else {})
    return found


def _number(said: str) -> int:
    return min(int(said), 2**31 - 1) if said.isdecimal() and len(said) < 11 else 0
