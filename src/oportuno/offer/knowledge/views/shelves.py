"""The knowledge centre's first page, and lists of articles and cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.kernel.policies import public
from oportuno.kernel.ui.public import Meta, absolute, home_crumb, show
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge.models import Article
from oportuno.offer.knowledge.queries import shown
from oportuno.offer.knowledge.queries.cards import ArticleCard, cards, subjects
from oportuno.offer.knowledge.rules import schema_org

CASES, MOST_WORDS = 4, 120


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """The rooms of the knowledge centre, what is new, and the subjects. `?tag=` narrows to one, as lists do."""
    if request.GET.get("tag") or request.GET.get("before"):
        return _list(request, "")
    meta = Meta(
        title=_("Knowledge"),
        description=_("What the sellers of this market know, written to help before it sells: with sources, versions and the names of who signs."),
        crumbs=[home_crumb(), (_("Knowledge"), "")],
    )  # fmt: skip
    newest = cards(shown.newest())
    context = {
        "writings": newest,
        "cases": cards(shown.newest(kind="case", limit=CASES)),
        "subjects": subjects(shown.categories(), shown.counted_categories(), address=reverse("knowledge:articles")),
        "tags": shown.common_tags(),
        "counts": shown.counts(),
        "more": len(newest) == shown.PAGE,
    }
    return show(request, "knowledge/home.html", meta, context)


@require_safe
@public
def articles(request: HttpRequest) -> HttpResponse:
    """Everything, the newest first, a page at a time."""
    return _list(request, "")


@require_safe
@public
def cases(request: HttpRequest) -> HttpResponse:
    """The library of cases: who, the problem, what was done, what came of it."""
    return _list(request, "case")


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    address = reverse("knowledge:cases" if kind else "knowledge:articles")
    all_subjects = {one.slug: one for one in shown.categories()}
    chosen = {name: request.GET.get(name, "")[:MOST_WORDS].strip() for name in ("tema", "tag", "sector", "q")}
    chosen["tema"] = chosen["tema"] if chosen["tema"] in all_subjects else ""
    found = shown.newest(
        limit=shown.PAGE + 1, before=mark(request.GET.get("before", "")), kind=kind, category=chosen["tema"], tag=chosen["tag"],
        sector=chosen["sector"], words=chosen["q"],
    )  # fmt: skip
    rows = cards(found[: shown.PAGE])
    narrowed = {name: value for name, value in chosen.items() if value}
    meta = _meta(kind, rows, chosen, address, all_subjects)
    context = {
        "kind": kind,
        "address": address,
        "writings": rows,
        "chosen": chosen,
        "chips": _chips(narrowed, all_subjects, address),
        "subjects": subjects(all_subjects.values(), shown.counted_categories(kind), address=address),
        "sectors": _sectors() if kind else [],
        "next": f"{address}?{urlencode({**narrowed, 'before': _after(found[shown.PAGE - 1])})}" if len(found) > shown.PAGE else "",
    }
    return show(request, "knowledge/list.html#more", meta, context)


def _meta(kind: str, rows: list[ArticleCard], chosen: dict[str, str], address: str, named: dict[str, Any]) -> Meta:
    title = _("Library of cases") if kind else _("Articles")
    if chosen["tag"]:
        title = _("Articles on “%(tag)s”") % {"tag": chosen["tag"]}
    description = (
        _("What others had before them, what they did about it and what came of it, in figures.") if kind
        else _("What the sellers of this market know, written to help before it sells: with sources, versions and the names of who signs.")
    )  # fmt: skip
    return Meta(
        title=title,
        description=description,
        crumbs=[home_crumb(), (_("Knowledge"), reverse("knowledge:home")), (title, "")],
        indexed=not any(value for name, value in chosen.items() if name != "tema"),
        data=[schema_org.listing([(one.title, absolute(one.href)) for one in rows])] if rows else [],
    )


def _sectors() -> list[tuple[str, str]]:
    """Those that one can choose: with cases in them."""
    there = shown.sectors_told_of()
    return [(one.slug, directory.said(one.title)) for one in directory.sectors() if one.slug in there]


def _chips(narrowed: dict[str, str], named: dict[str, Any], address: str) -> list[dict[str, str]]:
    """What the list is narrowed by; each leads to the list without it."""
    found = []
    for name, value in narrowed.items():
        rest = urlencode({other: kept for other, kept in narrowed.items() if other != name})
        label = next((one.title for one in subjects([named[value]], {value: 1}, address="")), value) if name == "tema" else value
        found.append({"label": label, "href": f"{address}?{rest}" if rest else address})
    return found


def mark(text: str) -> tuple[datetime, UUID] | None:
    """Where a page begins; a mark that is not ours begins at the start."""
    moment, _tilde, identity = text[:100].partition("~")
    try:
        at, pk = parse_datetime(moment), UUID(identity)
    except ValueError:
        return None
    return (at, pk) if at and at.tzinfo else None


def _after(last: Article) -> str:
    return f"{last.first_published_at.isoformat() if last.first_published_at else ''}~{last.pk}"
