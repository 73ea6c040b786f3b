"""The second reading: pieces, in batches, each with all that belongs to it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from django.db.models import F

from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.kernel.clock import now
from oportuno.kernel.jobs import Lease
from oportuno.kernel.packed import Unreadable, opened

from ..rules.meaning import ENTRIES, key_of
from ..wxr import Author, Head, Item, Record, Term, read
from .commenting import bring_comments
from .pieces import bring_pieces
from .terms import Terms

BATCH = 200
WRITTEN = (WordpressItem.What.NEW, WordpressItem.What.CHANGED)
Progress = Callable[[WordpressRun], None]


def write_all(lease: Lease, run: WordpressRun, tell: Progress) -> None:
    """Everything behind what was brought already."""
    terms = Terms(run)
    with opened(Path(run.path)) as file:
        for batch in _batches(read(file), terms, run.brought_items):  # type: ignore[arg-type]
            with lease.step():
                fresh = WordpressRun.objects.select_for_update().get(pk=run.pk)
                if fresh.state != WordpressRun.State.BRINGING:
                    return
                _write(fresh, batch, terms)
            tell(fresh)
    with lease.step():
        terms.bring_declared(at=now())
        WordpressRun.objects.filter(pk=run.pk).update(redirects=F("redirects") + terms.redirects)


def _batches(records: Iterable[Record], terms: Terms, done: int) -> Iterator[list[Item]]:
    """Items behind the first `done`; authors and terms are only noted."""
    batch: list[Item] = []
    place = 0
    for record in records:
        if isinstance(record, Author):
            terms.note_author(record)
        elif isinstance(record, Term):
            terms.note_term(record)
        elif isinstance(record, Head):
            terms.base = record.address
        else:
            place += 1
            if place > done:
                batch.append(record)
            if len(batch) >= BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _write(run: WordpressRun, items: Sequence[Item], terms: Terms) -> None:
    first = run.brought_items
    if first == 0:
        run.left = {}  # what a dry run foresaw
    rows = list(WordpressItem.objects.filter(run=run, place__gte=first, place__lt=first + len(items)).order_by("place"))
    if [row.number for row in rows] != [key_of(item) for item in items]:
        raise Unreadable("changed_meanwhile")
    pairs = list(zip(rows, items, strict=True))
    bring_pieces(run, [pair for pair in pairs if pair[0].what in WRITTEN], terms)
    bring_comments(run, [pair for pair in pairs if pair[0].entry_id and pair[1].kind in ENTRIES])
    run.brought_items += len(items)
    run.save(update_fields=["brought_items", "left", "redirects"])
