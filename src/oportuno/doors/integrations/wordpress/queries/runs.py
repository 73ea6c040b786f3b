"""Imports as a person, or another program, follows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Func, TextField
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from oportuno.doors.integrations.models import BroughtFile, WordpressItem, WordpressRun
from oportuno.kernel.isolation import acting_organisation

from .sentences import counted, left, trouble

PAGE = 50
COUNTED = ("authors", "wp_categories", "wp_tags", "wp_terms")
LISTED = ("status", "slug", "title")
SAID = (
    "author",
    "date_gmt",
    "date",
    "parent",
    "password",
    "sticky",
    "categories",
    "tags",
    "n_comments",
    "content_len",
    "blocks",
    "words_sha1",
)


@dataclass(frozen=True)
class Left:
    """What had no equivalent: how often, in a whole sentence."""

    sentence: str
    times: int


def runs(limit: int = 20) -> list[WordpressRun]:
    """The newest first."""
    return list(WordpressRun.objects.filter(organisation_id=acting_organisation()).order_by("-id")[:limit])


def runs_to_tidy(before: datetime) -> list[tuple[int, UUID]]:
    """Runs that ended before then and still have their file: (organisation, run). Acts for the market."""
    ended = WordpressRun.objects.filter(ended_at__lt=before).exclude(path="")
    return list(ended.order_by("id").values_list("organisation_id", "pk")[:200])


def left_of(run: WordpressRun) -> list[Left]:
    """What was most often first."""
    told = [(key.partition("|"), times) for key, times in run.left.items()]
    return sorted((Left(left(sort, name), times) for (sort, _bar, name), times in told), key=lambda one: (-one.times, one.sentence))


def left_of_item(row: WordpressItem) -> list[Left]:
    return [Left(left(sort, name), times) for sort, name, times in row.notes]


def trouble_of(run: WordpressRun) -> str:
    return trouble(run.trouble)


def items(run: WordpressRun, *, kind: str = "", what: str = "", after: int = -1, limit: int = PAGE) -> list[WordpressItem]:
    """In the order of the file, behind the place `after`."""
    rows = WordpressItem.objects.filter(run=run, place__gt=after).order_by("place")
    rows = rows.filter(kind=kind) if kind else rows
    return list((rows.filter(what=what) if what else rows)[:limit])


def files_of(run: WordpressRun) -> dict[str, int]:
    """How many files are on their way, here, and not to be had."""
    rows = BroughtFile.objects.filter(organisation_id=run.organisation_id, run_id=run.pk).values_list("state").annotate(many=Count("pk"))
    return {state: dict(rows).get(state, 0) for state in BroughtFile.State.values}


def files_gone(run: WordpressRun, limit: int = 100) -> list[BroughtFile]:
    return list(BroughtFile.objects.filter(run_id=run.pk, state=BroughtFile.State.GONE).order_by("address")[:limit])


def blocks_of(run: WordpressRun) -> list[str]:
    """Which of Gutenberg's blocks are in it, sorted."""
    rows = WordpressItem.objects.filter(run=run).annotate(
        block=Func(KeyTransform("blocks", "said"), function="jsonb_array_elements_text", output_field=TextField())
    )
    return sorted(rows.values_list("block", flat=True).distinct())


def summary(run: WordpressRun) -> dict[str, Any]:
    """What came in, or would: the words of WordPress, so that it can be compared with the file."""
    counts = {key: run.counts.get(key, 0) for key in COUNTED}
    problem = trouble_of(run)
    return {
        "state": run.state,
        "new": run.new,
        "changed": run.changed,
        "same": run.same,
        "kept": run.kept,
        "wrong": 1 if problem else 0,
        "problems": [{"line": run.trouble.get("line", 0), "sentence": problem}] if problem else [],
        **counts,
        "categories": counts["wp_categories"],
        "tags": counts["wp_tags"],
        "items": run.counts.get("items", {}),
        "comments": run.counts.get("comments", {}),
        "blocks": blocks_of(run),
        "redirects": run.redirects,
        "files": files_of(run),
        "left": [{"sentence": one.sentence, "times": one.times} for one in left_of(run)],
    }


def listed(run: WordpressRun, base: str) -> Iterator[list[dict[str, Any]]]:
    """All items, a page at a time: slug and date of each as in the file, and its `address` here. The caller acts for the organisation."""
    after = -1
    while rows := items(run, after=after, limit=1_000):
        yield [_listed(row, base) for row in rows]
        after = rows[-1].place


def _listed(row: WordpressItem, base: str) -> dict[str, Any]:
    said = {key: row.said.get(key) for key in SAID}
    found = {"post_id": row.said.get("post_id", ""), "type": row.kind, **{key: getattr(row, key) for key in LISTED}, **said}
    if row.path:
        found |= {"address": f"{base}{row.path}/", "what": row.what}
    if row.notes:
        found["notes"] = [{"sentence": one.sentence, "times": one.times} for one in left_of_item(row)]
    return found


def figures(run: WordpressRun) -> list[tuple[str, int]]:
    """What is in the file, in the reader's words."""
    words = {"authors": _("Authors"), "wp_categories": _("Categories"), "wp_tags": _("Tags")}
    counts = [*run.counts.get("items", {}).items(), *run.counts.get("comments", {}).items()]
    return [*((word, run.counts.get(key, 0)) for key, word in words.items()), *((counted(name), many) for name, many in counts)]
