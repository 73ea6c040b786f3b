"""What was written before, what changed, and bringing it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_text
from oportuno.kernel.differences import differences, paragraphs_of
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Revision
from oportuno.offer.sites.queries.entries import PAGE
from oportuno.people.organisations.api import MemberRequest, member


@member("write content")
@require_safe
def revisions(request: MemberRequest, entry: UUID) -> HttpResponse:
    """GET /desk/<organisation>/sitio/escribir/<id>/versiones/"""
    here = request.member.organisation
    found = api.entry_for(here.pk, entry)
    below = request.GET.get("below", "")
    rows = api.revisions_of(found, below=int(below) if below.isascii() and below.isdigit() and len(below) < 9 else None, limit=PAGE + 1)
    context = {
        "entry": found,
        "rows": rows[:PAGE],
        "older": f"?below={rows[PAGE - 1].number}" if len(rows) > PAGE else "",
        "here": here.slug,
    }
    return page(request, "sites/desk/revisions.html", context)


@member("write content")
@require_safe
def revision(request: MemberRequest, entry: UUID, number: int) -> HttpResponse:
    """GET /desk/<organisation>/sitio/escribir/<id>/versiones/<number>/: what changed from another version (`with`), the one before it at first."""
    here = request.member.organisation
    found = api.entry_for(here.pk, entry)
    shown = api.revision_for(found, number)
    asked = request.GET.get("with", "")
    other = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else number - 1
    before = api.revision_for(found, other) if other >= 1 else None
    context = {
        "entry": found,
        "shown": shown,
        "before": before,
        "paragraphs": differences(_paragraphs(before) if before else [], _paragraphs(shown)),
        "here": here.slug,
        "is_newest": number == found.last,
    }
    return page(request, "sites/desk/revision.html", context)


@member("write content")
@require_POST
def restoration(request: MemberRequest, entry: UUID, number: int) -> HttpResponse:
    """POST /desk/<organisation>/sitio/escribir/<id>/versiones/<number>/vuelta/"""
    api.restore_revision(entry=entry, number=number, by=request.member, at=now())
    tell(request, _("It is written again as in version %(number)s. What is published changes when you publish it.") % {"number": number})
    return redirect("sites:entry", organisation=request.member.organisation.slug, entry=entry)


def _paragraphs(revision: Revision) -> list[str]:
    head = [one for one in (revision.title, revision.excerpt) if one.strip()]
    return head + paragraphs_of(render_text(read(revision.document), language="es"))
