"""Where each new piece will stand: known before the first is written, so that pieces may point to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.kernel.ids import new_id
from oportuno.kernel.jobs import Lease
from oportuno.offer.sites.api import bringing as sites

from ..rules.meaning import slug_of, title_of
from ..wxr import Item

BATCH = 1_000
What = WordpressItem.What


def plan(lease: Lease, run: WordpressRun) -> None:
    """Give every new item an entry to be and a path. Done once; another attempt goes on behind what is planned."""
    with lease.step():
        pages, above = _pages(run), dict(_here(run))
    for level in _levels(pages, set(above)):
        for start in range(0, len(level), BATCH):
            _place(lease, run, level[start : start + BATCH], above)
    while True:
        with lease.step():
            posts = list(_new(run).filter(kind="post").order_by("place")[:BATCH])
        if not posts:
            break
        _place(lease, run, posts, {})
    with lease.step():
        WordpressRun.objects.filter(pk=run.pk).update(planned=True)
    run.planned = True


def _new(run: WordpressRun):  # type: ignore[no-untyped-def]
    return WordpressItem.objects.filter(run=run, what=What.NEW, path="").defer("said", "notes")


def _pages(run: WordpressRun) -> list[WordpressItem]:
    return list(_new(run).filter(kind="page").order_by("place"))


def _here(run: WordpressRun) -> list[tuple[str, str]]:
    """Pages that have their path already."""
    return list(WordpressItem.objects.filter(run=run, kind="page").exclude(path="").values_list("number", "path"))


def _levels(pages: Sequence[WordpressItem], known: set[str]) -> list[list[WordpressItem]]:
    """Pages at the top, then those below them, and so on; a circle is cut where the file names it first."""
    numbers = {page.number for page in pages}
    below: dict[str, list[WordpressItem]] = defaultdict(list)
    level: list[WordpressItem] = []
    for page in pages:
        if page.parent in numbers and page.parent != page.number:
            below[page.parent].append(page)
        else:
            level.append(page)
    levels, placed = [], set(known)
    left = {page.number: page for page in pages}
    while left:
        level = [page for page in level if page.number in left] or [next(iter(left.values()))]
        levels.append(level)
        for page in level:
            placed.add(page.number)
            left.pop(page.number, None)
        level = [child for page in level for child in below[page.number] if child.number in left]
    return levels


def _place(lease: Lease, run: WordpressRun, rows: Sequence[WordpressItem], above: dict[str, str]) -> None:
    with lease.step():
        wanted = [sites.Wanted(row.kind, wish(row), above.get(row.parent, "")) for row in rows]
        for row, (_slug, path) in zip(rows, _free(run, wanted, rows), strict=True):
            row.path, row.entry_id = path, new_id()
            above[row.number] = path
        WordpressItem.objects.bulk_update(rows, ["path", "entry_id"], batch_size=BATCH)


def _free(run: WordpressRun, wanted: Sequence[sites.Wanted], rows: Sequence[WordpressItem]) -> list[tuple[str, str]]:
    """Also free of what other items of this run were given."""
    asked = [sites.path_of(one.kind, one.slug, one.above) for one in wanted]
    given = WordpressItem.objects.filter(run=run, path__in=asked).values_list("path", flat=True)
    return sites.free_paths(run.organisation_id, wanted, also_taken=given)


def wish(row: WordpressItem) -> str:
    """Its own slug where it has one that can stand in an address; else made of its title."""
    item = Item(0, slug=row.slug, title=row.title)
    return slug_of(item) or sites.slug_of(title_of(item))
