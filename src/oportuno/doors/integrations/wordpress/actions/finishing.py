"""What can be done only when everything is here: pages below pages, menus, addresses of archives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from oportuno.doors.integrations.models import BroughtFile, WordpressItem, WordpressRun
from oportuno.kernel.jobs import defer
from oportuno.offer.sites.api import bringing as sites

FETCH = "wordpress.fetch"
BATCH = 1_000
MOST_LINES = 40  # as sites.rules.menus
MAIN = ("main", "primary", "principal", "top", "header")
FOOT = ("footer", "pie", "bottom", "foot")


def finish(run: WordpressRun, *, at: datetime) -> None:
    """The last step of a run, in its transaction."""
    _parents(run)
    _menus(run, at)
    if BroughtFile.objects.filter(organisation_id=run.organisation_id, state=BroughtFile.State.WAITING).exists():
        defer(FETCH, once=f"{FETCH} {run.organisation_id}")


def _parents(run: WordpressRun) -> None:
    pages = dict(
        WordpressItem.objects.filter(run=run, kind="page", entry_id__isnull=False, what__in=("new", "changed")).values_list(
            "number", "parent"
        )
    )
    wanted = {parent for parent in pages.values() if parent}
    rows = WordpressItem.objects.filter(run=run, kind="page", entry_id__isnull=False, number__in=[*pages, *wanted])
    entries = {number: entry for number, entry in rows.values_list("number", "entry_id") if entry}
    above = {
        entries[number]: entries[parent] for number, parent in pages.items() if parent in entries and number in entries and parent != number
    }
    pairs = list(above.items())
    for start in range(0, len(pairs), BATCH):
        sites.bring_parents(run.organisation_id, dict(pairs[start : start + BATCH]))


def _menus(run: WordpressRun, at: datetime) -> None:
    """WordPress does not say which menu stands where: the one called main, else the longest; what is called footer stands below."""
    points = WordpressItem.objects.filter(run=run, kind="nav_menu_item", status="publish").order_by("place")
    menus: dict[str, list[WordpressItem]] = defaultdict(list)
    for point in points[:5_000]:
        menus[point.said.get("menu", "")].append(point)
    if not menus:
        return
    foot = next((slug for slug in menus if any(word in slug for word in FOOT)), None)
    others = {slug: points for slug, points in menus.items() if slug != foot}
    main = next((slug for slug in others if any(word in slug for word in MAIN)), None) or max(
        others, key=lambda slug: len(others[slug]), default=None
    )
    entries = _targets(run, [point for points in menus.values() for point in points])
    lines = {name: _lines(menus[slug], entries) for name, slug in (("main", main), ("footer", foot)) if slug is not None}
    with suppress(ValueError):  # a menu that is none of ours stays behind
        sites.bring_menus(run.organisation_id, sites.read_menus(lines), at=at)


def _targets(run: WordpressRun, points: list[WordpressItem]) -> dict[str, tuple[str, str]]:
    """Number of an item that a point leads to → its entry and its title."""
    wanted = {point.said.get("_menu_item_object_id", "") for point in points}
    rows = WordpressItem.objects.filter(run=run, number__in=list(wanted - {""}), entry_id__isnull=False)
    return {number: (str(entry), title) for number, entry, title in rows.values_list("number", "entry_id", "title")}


def _lines(points: list[WordpressItem], entries: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Two levels: what lies deeper stands on the second."""
    ordered = sorted(points, key=lambda point: int(point.said.get("position") or 0) if str(point.said.get("position")).isdecimal() else 0)
    tops: dict[str, dict[str, Any]] = {}
    of: dict[str, str] = {}
    for point in ordered:
        line = _line(point, entries)
        if line is None:
            continue
        parent = of.get(point.said.get("_menu_item_menu_item_parent", ""), "")
        if parent and len(tops[parent]["items"]) < MOST_LINES:
            tops[parent]["items"].append(line)
            of[point.number] = parent
        elif len(tops) < MOST_LINES:
            tops[point.number] = {**line, "items": []}
            of[point.number] = point.number
    return list(tops.values())


def _line(point: WordpressItem, entries: Mapping[str, tuple[str, str]]) -> dict[str, Any] | None:
    entry, title = entries.get(point.said.get("_menu_item_object_id", ""), ("", ""))
    label = " ".join((point.title or title).split())[:60]
    address = point.said.get("_menu_item_url", "").strip()
    kind = point.said.get("_menu_item_object", "")
    if not label:
        return None
    if entry:
        return {"label": label, "entry": entry}
    if kind in ("category", "post_tag"):
        return {"label": label, "blog": True}
    if address.startswith(("http://", "https://", "mailto:", "tel:", "/")) and len(address) <= 500 and not any(map(str.isspace, address)):
        return {"label": label, "address": address}
    return {"label": label} if not address or address == "#" else None
