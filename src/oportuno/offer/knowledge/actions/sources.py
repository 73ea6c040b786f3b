"""Sources of a draft: brought as a text, changed by form, removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.offer.knowledge.actions.writing import locked
from oportuno.offer.knowledge.models import Article, Draft, Reference
from oportuno.offer.knowledge.queries.articles import references_of
from oportuno.offer.knowledge.rules.sources import SourceUnreadable, clean, key_for, read_any
from oportuno.people.organisations.api import Member

MOST = 300


@transaction.atomic
def bring_sources(*, article: UUID, text: str, by: Member, at: datetime) -> list[Reference]:
    """All that a BibTeX, RIS or CSL-JSON text holds, or DOIs one a line; those that stand there already are left as they are.

    All or nothing. Raises Refusal with the line of what cannot be read, NotFound, Forbidden, Conflict.
    """
    found, draft = locked(article, by)
    try:
        items = read_any(text)
    except SourceUnreadable as unreadable:
        raise Refusal(said(unreadable), field="text", line=unreadable.at) from None
    there = references_of(found)
    if len(there) + len(items) > MOST:
        raise Refusal(_("An article has %(most)s sources at most.") % {"most": MOST}, field="text")
    keys, same = {one.key for one in there}, {_sameness(one.csl) for one in there}
    brought: list[Reference] = []
    for wanted, item in items:
        if _sameness(item) not in same:
            key = key_for(item, keys, wanted)
            keys.add(key)
            same.add(_sameness(item))
            brought.append(Reference(article=found, key=key, csl=item, position=len(there) + len(brought)))
    Reference.objects.bulk_create(brought)
    _touched(found, draft, by, at)
    return brought


@transaction.atomic
def keep_source(*, article: UUID, source: UUID | None, key: str = "", csl: Mapping[str, Any], by: Member, at: datetime) -> Reference:
    """Add a source, or change one. Its key may be chosen; empty: made of its author and year. Raises NotFound, Refusal, Forbidden, Conflict."""
    found, draft = locked(article, by)
    there = references_of(found)
    one = next((row for row in there if row.pk == source), None)
    if source is not None and one is None:
        raise NotFound
    if one is None and len(there) >= MOST:
        raise Refusal(_("An article has %(most)s sources at most.") % {"most": MOST}, field="title")
    others = {row.key for row in there if row is not one}
    try:
        item = clean(csl)
    except SourceUnreadable as unreadable:
        raise Refusal(said(unreadable), field={"title": "title", "address": "URL"}.get(unreadable.code)) from None
    if key and (key in others or key_for(item, (), key) != key):
        raise Refusal(
            _("Another source is called so already.") if key in others else _("A key has letters without accents, digits, hyphens and dots."),
            field="key",
        )  # fmt: skip
    one = one or Reference(article=found, position=len(there))
    one.key, one.csl = key or one.key or key_for(item, others), item
    one.save()
    _touched(found, draft, by, at)
    return one


@transaction.atomic
def replace_sources(*, article: UUID, sources: Sequence[Mapping[str, Any]], by: Member, at: datetime) -> list[Reference]:
    """These instead of those before; each with an `id`, its key. All or nothing. Raises Refusal, NotFound, Forbidden, Conflict."""
    found, draft = locked(article, by)
    if len(sources) > MOST:
        raise Refusal(_("An article has %(most)s sources at most.") % {"most": MOST}, field="references")
    Reference.objects.filter(article=found).delete()
    keys: set[str] = set()
    rows = []
    for place, given in enumerate(sources):
        try:
            item = clean(given)
        except SourceUnreadable as unreadable:
            raise Refusal(said(unreadable), field="references") from None
        key = key_for(item, keys, str(given.get("id", "")))
        keys.add(key)
        rows.append(Reference(article=found, key=key, csl=item, position=place))
    Reference.objects.bulk_create(rows)
    _touched(found, draft, by, at)
    return rows


@transaction.atomic
def remove_source(*, article: UUID, source: UUID, by: Member, at: datetime) -> None:
    """The text may still cite it: then it cannot be published. Raises NotFound, Forbidden, Conflict."""
    found, draft = locked(article, by)
    gone, _rows = Reference.objects.filter(article=found, pk=source).delete()
    if not gone:
        raise NotFound
    _touched(found, draft, by, at)


def said(unreadable: SourceUnreadable) -> str:
    """Why a source cannot be read, in one sentence."""
    sentences = {
        "nothing": _("There is no source in it. Paste BibTeX, RIS, CSL-JSON, or one DOI a line."),
        "title": _("A source has a title at least."),
        "address": _("An address begins with https://"),
        "many": _("That is too much at once: 500 sources at most."),
        "line": _("This cannot be read."),
    }
    where = _("Line %(line)s:") % {"line": unreadable.at} if unreadable.at else ""
    return f"{where} {sentences[unreadable.code]}".strip()


def _sameness(csl: Mapping[str, Any]) -> tuple[str, ...]:
    """Two with the same DOI, or else the same title and year, are one source."""
    if csl.get("DOI"):
        return (str(csl["DOI"]),)
    return (str(csl.get("title", "")).casefold(), str(csl.get("issued", "")))


def _touched(article: Article, draft: Draft, by: Member, at: datetime) -> None:
    """Sources are part of what is read and approved: the draft has one stroke more."""
    Draft.objects.filter(pk=draft.pk).update(stroke=draft.stroke + 1, by_id=by.id, by_name=by.person.name, at=at)
    Article.objects.filter(pk=article.pk).update(changed_at=at)
