"""Remarks beside the editor, while one writes."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.content import read, write
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page
from oportuno.offer.media import api as media
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Entry, Revision, Term
from oportuno.offer.sites.queries.advice import Advised, Written, advice_on
from oportuno.offer.sites.queries.desk import as_id
from oportuno.people.organisations.api import Member, MemberRequest, member

LARGEST = 4_000_000
"""Characters of a document that is looked at."""
MOST_ALONE = 300
"""Blocks that are read one by one where one of them is not complete yet."""


@member("write content")
@require_POST
def advice(request: MemberRequest, entry: UUID) -> HttpResponse:
    """POST /desk/<organisation>/sitio/escribir/<id>/consejos/: remarks on what the form says now. Keeps nothing."""
    found = api.entry_for(request.member.organisation.pk, entry)
    written = _from_form(request, found)
    context = {"advised": advised(request.member, found, written), "entry": found, "here": request.member.organisation.slug}
    return page(request, "sites/desk/parts/advice.html", context)


def advised(by: Member, entry: Entry, written: Written) -> Advised:
    return advice_on(entry, written, api.site_of(by.organisation.pk), owner=by.organisation.name, at=now())


def as_kept(entry: Entry, revision: Revision) -> Written:
    """What the newest version says."""
    categories = Term.objects.filter(organisation_id=entry.organisation_id, kind="category", pk__in=entry.terms).count()
    return Written(
        title=revision.title,
        document=revision.document,
        summary=revision.excerpt,
        author=str(entry.author_id or ""),
        categories=categories,
        opening_picture=entry.picture_id is not None,
        opening_alt=entry.picture.alt if entry.picture else "",
        parent=str(entry.parent_id or ""),
        persona=entry.persona if media.personas("es") else None,
    )


def _from_form(request: MemberRequest, entry: Entry) -> Written:
    said = request.POST
    return Written(
        title=said.get("title", "")[:300],
        document=_document(said.get("content", "")),
        summary=said.get("excerpt", "")[:600],
        author=str(as_id(said.get("author", "")) or ""),
        categories=len(said.getlist("categories")) + bool(said.get("new_category", "").strip()),
        opening_picture=(entry.picture_id is not None and not said.get("no_picture")) or bool(said.get("picture")),
        opening_alt=said.get("picture_alt", ""),
        parent=said.get("parent", ""),
        persona=said.get("persona"),
    )


def _document(text: str) -> dict[str, Any]:
    """What is typed, as far as it can be read: remarks are no place to refuse it."""
    try:
        found = json.loads(text[:LARGEST])
    except ValueError:
        return {}
    blocks = found.get("blocks") if isinstance(found, dict) else None
    if not isinstance(blocks, list):
        return {}
    return _read(blocks) or {"blocks": [block for one in blocks[:MOST_ALONE] if (alone := _read([one])) for block in alone["blocks"]]}


def _read(blocks: list[Any]) -> dict[str, Any] | None:
    try:
        return write(read({"blocks": blocks}))
    except Refusal:
        return None
