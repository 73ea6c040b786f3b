"""Guides as anybody sees them: those on show, of the operator and of sellers on show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from oportuno.kernel.errors import NotFound
from oportuno.offer.directory import api as directory
from oportuno.offer.guides.models import Guide
from oportuno.offer.guides.rules.document import Content, Said, read
from oportuno.people.organisations.api import Organisation

PAGE = 24
MARK = "guide-"


@dataclass(frozen=True)
class Shown:
    """A guide on show, in the reader's language."""

    row: Guide

    @property
    def title(self) -> str:
        return said(self.row.title)

    @property
    def summary(self) -> str:
        return said(self.row.summary)

    @property
    def href(self) -> str:
        return path_of(self.row)

    @cached_property
    def content(self) -> Content:
        return read(self.row.content)

    @property
    def questions(self) -> int:
        return len(self.row.content.get("questions", ()))


@dataclass(frozen=True)
class Maker:
    """Who wrote it. `path` of the market, without the language; empty for the market itself."""

    name: str
    path: str


def maker_of(shown: Shown) -> Maker:
    """One query."""
    owner = Organisation.objects.get(pk=shown.row.organisation_id)
    return Maker(owner.name, f"/v/{owner.slug}/" if shown.row.of_seller else "")


def path_of(guide: Guide) -> str:
    """Its path of the market, without the language."""
    return f"/guias/{guide.slug}/"


def key_of(guide: UUID) -> str:
    """How search knows it."""
    return f"content:{MARK}{guide}"


def found_guides(marks: Iterable[str]) -> dict[str, Shown]:
    """Guides on show among what search found, by what follows the colon of their keys; one query, none where there is none."""
    ids = {mark: UUID(mark.removeprefix(MARK)) for mark in marks if mark.startswith(MARK)}
    found = shown_by_id(ids.values()) if ids else {}
    return {mark: found[key] for mark, key in ids.items() if key in found}


def said(words: Mapping[str, str]) -> str:
    """{"es", "en"} in the reader's language."""
    return Said(es=words.get("es", ""), en=words.get("en", "")).in_(get_language() or "es")


def on_show() -> QuerySet[Guide]:
    """Of a seller only while he is on show himself. Acts for the public."""
    seen = directory.Seller.objects.filter(organisation_id=OuterRef("organisation_id"), published=True)
    return Guide.objects.filter(Q(of_seller=False) | Exists(seen), published=True)


def shown_guides(
    *, sector: str = "", seller: int | None = None, before: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> list[Shown]:
    """The newest first; one query. One more than `limit` says that there are more."""
    found = on_show()
    if sector:
        found = found.filter(sector=sector)
    if seller is not None:
        found = found.filter(organisation_id=seller)
    if before:
        found = found.filter(Q(published_at__lt=before[0]) | Q(published_at=before[0], pk__lt=before[1]))
    return [Shown(one) for one in found.order_by("-published_at", "-pk")[: limit + 1]]


def shown_guide(slug: str) -> Shown:
    """Raises NotFound, also for one whose maker is not on show."""
    found = on_show().filter(slug=slug).first() if slug else None
    if found is None:
        raise NotFound
    return Shown(found)


def shown_by_id(ids: Iterable[UUID]) -> dict[UUID, Shown]:
    """Those of these that are on show; one query."""
    return {one.pk: Shown(one) for one in on_show().filter(pk__in=list(ids))}


def guide_addresses(after: UUID | None, limit: int) -> list[tuple[str, datetime]]:
    """(slug, last change) for maps of the market, behind one of them."""
    found = on_show().filter(pk__gt=after) if after else on_show()
    return list(found.order_by("pk").values_list("slug", "changed_at")[:limit])


def count_shown() -> int:
    """How many there are; for a card. Counts at most a few hundred rows."""
    return on_show()[:1000].count()
