"""The first reading: is it whole, what is in it, what of that is here already. Nothing of the site changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from oportuno.doors.integrations.models import Brought, WordpressItem, WordpressRun
from oportuno.kernel.jobs import Lease
from oportuno.kernel.packed import Unreadable, opened
from oportuno.offer.sites.api import bringing as sites

from ..content import block_names, convert, digest_of_words
from ..rules.meaning import becomes_entry, digest_of, key_of, old_path, source_of, standing
from ..wxr import Author, Head, Item, Term, read

BATCH = 500
MOST_ITEMS = 2_000_000
KINDS = {"category": "wp_categories", "tag": "wp_tags", "term": "wp_terms"}
MENU = ("_menu_item_type", "_menu_item_menu_item_parent", "_menu_item_object_id", "_menu_item_object", "_menu_item_url")
OF_THE_LIBRARY = {("code", name) for name in ("gallery", "playlist", "audio", "video")}
"""Shortcodes that are empty only until it is known which attachments there are."""
What = WordpressItem.What
Progress = Callable[[WordpressRun], None]


def check(lease: Lease, run: WordpressRun, tell: Progress) -> None:
    """Read the whole file once. Raises Unreadable; what was noted of it then is forgotten by the caller."""
    with lease.step():
        WordpressItem.objects.filter(run=run).delete()
    counts: dict[str, Any] = {"authors": 0, "wp_categories": 0, "wp_tags": 0, "wp_terms": 0, "items": Counter(), "comments": Counter()}
    left: Counter[tuple[str, str]] = Counter()
    run.read_items = run.new = run.changed = run.same = run.kept = 0
    waiting: list[Item] = []
    with opened(Path(run.path)) as file:
        for record in read(file):  # type: ignore[arg-type]
            if isinstance(record, Head):
                run.version, run.title, run.source = record.version, record.title[:200], source_of(record.address, record.title)
                run.counts = {"language": record.language[:10], "address": record.address}
            elif isinstance(record, Author):
                counts["authors"] += 1
            elif isinstance(record, Term):
                counts[KINDS[record.kind]] += 1
            else:
                waiting.append(record)
                counts["items"][f"{record.kind}/{record.status}"[:80]] += 1
                counts["comments"].update(f"{one.kind}/{one.approved}"[:80] for one in record.comments)
                if len(waiting) >= BATCH:
                    run.read_bytes = file.taken()
                    _note(lease, run, waiting, left)
                    waiting = []
                    tell(run)
        _note(lease, run, waiting, left)
    run.counts |= {**counts, "items": dict(counts["items"]), "comments": dict(counts["comments"])}
    run.left = {f"{sort}|{name}": times for (sort, name), times in left.items()}
    run.read_bytes = run.size


def _note(lease: Lease, run: WordpressRun, items: Sequence[Item], left: Counter[tuple[str, str]]) -> None:
    with lease.step():
        rows = [_row(run, item, run.read_items + place) for place, item in enumerate(items)]
        _compare(run, rows)
        if run.dry_run:
            for row, item in zip(rows, items, strict=True):
                row.notes = notes = _foreseen(run, row, item)
                left.update({(sort, name): times for sort, name, times in notes})
        WordpressItem.objects.bulk_create(rows, batch_size=BATCH)
        run.read_items += len(rows)
        if run.read_items > MOST_ITEMS:
            raise Unreadable("too_many_items", most=MOST_ITEMS)
        for row in rows:
            if row.what in (What.NEW, What.CHANGED, What.SAME, What.KEPT):
                setattr(run, row.what, getattr(run, row.what) + 1)
        WordpressRun.objects.filter(pk=run.pk).update(
            read_items=run.read_items, read_bytes=run.read_bytes, source=run.source, title=run.title, version=run.version
        )


def _row(run: WordpressRun, item: Item, place: int) -> WordpressItem:
    is_attachment = item.kind == "attachment"
    return WordpressItem(
        organisation_id=run.organisation_id,
        run_id=run.pk,
        place=place,
        number=key_of(item),
        kind=item.kind[:40],
        status=item.status[:40],
        slug=item.slug[:400],
        title=item.title[:300],
        link=old_path(item.link)[:500],
        parent="" if item.parent == "0" else item.parent[:40],
        address=(item.attachment or item.guid)[:2000] if is_attachment else "",
        digest=digest_of(item),
        what=What.NEW if becomes_entry(item) else What.ASIDE,
        said=_said(item),
    )


def _said(item: Item) -> dict[str, Any]:
    """What lists, menus and galleries ask."""
    said: dict[str, Any] = {
        "author": item.author[:200],
        "date_gmt": item.date_gmt[:30],
        "date": item.date[:30],
        "password": bool(item.password),
        "sticky": item.sticky[:5],
        "categories": sorted(one.slug for one in item.filed if one.taxonomy == "category" and one.slug),
        "tags": sorted(one.slug for one in item.filed if one.taxonomy == "post_tag"),
        "n_comments": len(item.comments),
        "content_len": len(item.content),
        "blocks": block_names(item.content),
        "words_sha1": digest_of_words(item.content),
        "post_id": item.number,
        "parent": item.parent,
    }
    if item.kind == "attachment":
        said |= {"alt": item.said("_wp_attachment_image_alt")[:500], "caption": item.excerpt.strip()[:2000]}
    elif item.kind == "nav_menu_item":
        said |= {key: item.said(key)[:2000] for key in MENU}
        said |= {"menu": next((one.slug for one in item.filed if one.taxonomy == "nav_menu"), ""), "position": item.position[:10]}
        said["menu_name"] = next((one.name for one in item.filed if one.taxonomy == "nav_menu"), "")[:200]
    elif item.kind == "wp_block":
        said["content"] = item.content[:200_000]
    return said


def _compare(run: WordpressRun, rows: Sequence[WordpressItem]) -> None:
    """New, changed, the same; or changed there after somebody wrote in it here, then ours stays."""
    wanted = {row.number: row for row in rows if row.what == What.NEW}
    brought = Brought.objects.filter(organisation_id=run.organisation_id, source=run.source, number__in=list(wanted))
    known = {one.number: one for one in brought}
    here = sites.standing_of(run.organisation_id, [one.entry_id for one in known.values()])
    for number, one in known.items():
        row = wanted[number]
        if (stands := here.get(one.entry_id)) is None:
            continue  # thrown away here for good: it comes again
        row.entry_id, row.path = one.entry_id, stands.path
        row.what = What.SAME if one.digest == row.digest else What.CHANGED if stands.last == one.revision else What.KEPT


def _foreseen(run: WordpressRun, row: WordpressItem, item: Item) -> list[list[Any]]:
    """What will have no equivalent. Which pictures there are is known only when all was read."""
    if row.what not in (What.NEW, What.CHANGED):
        return []
    left = convert(item.content, base=run.counts.get("address", "")).left
    found = Counter({one: times for one, times in left.items() if one[0] != "picture" and one not in OF_THE_LIBRARY})
    found.update(standing(item, run.at).notes)
    return [[sort, name, times] for (sort, name), times in found.items()]
