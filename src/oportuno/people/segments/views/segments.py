"""The list of segments, one of them, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.audit import audit
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.audience.api import Contact, sheet_lines
from oportuno.people.organisations.api import Member, MemberRequest, member
from oportuno.people.segments.actions import listing, ready_made, saving
from oportuno.people.segments.facts import SegmentExported
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.people import known_for, people_of
from oportuno.people.segments.queries.pointing import is_changed
from oportuno.people.segments.queries.segments import contacts_in, listed_for, segment_for, segments_for, used_by
from oportuno.people.segments.queries.vertical import coverage as covered
from oportuno.people.segments.queries.vertical import holes
from oportuno.people.segments.views.shown import words_of

PAGE, BATCH, MOST_CHOSEN = 50, 2_000, 5_000


@require_safe
@member("see contacts")
def segments(request: MemberRequest) -> HttpResponse:
    """GET …/segmentos/"""
    known = known_for(request.member)
    found = listed_for(request.member)
    return page(
        request,
        "segments/segments.html",
        {
            "here": request.member.organisation.slug,
            "rows": [(one, words_of(one, known)) for one in found],
            "ready": ready_made.offered(request.member, get_language() or "es"),
            "building": any(one.is_building for one in found),
            "may_edit": request.member.may("edit contacts"),
        },
    )


@require_safe
@member("see contacts")
def segment(request: MemberRequest, segment: UUID) -> HttpResponse:
    """GET …/segmentos/<id>/: what it says, how many, who."""
    found = segment_for(request.member, segment)
    return page(request, "segments/segment.html#people", _shown(request, found))


@require_POST
@member("edit contacts")
def copy(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/copia/"""
    made = listing.copy_segment(segment=segment, by=request.member, at=now())
    tell(request, _("Copied. Give it a name of its own."))
    return redirect("segments:segment", request.member.organisation.slug, made.pk)


@require_POST
@member("edit contacts")
def name(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/nombre/"""
    found = segment_for(request.member, segment)
    try:
        saving.rename_segment(segment=segment, name=request.POST.get("name", ""), by=request.member, at=now())
    except Refusal as refusal:
        shown = {**_shown(request, found), "refusal": refusal, "typed": request.POST}
        return page(request, "segments/segment.html", shown, status=refusal.status)
    tell(request, _("Saved."))
    return redirect("segments:segment", request.member.organisation.slug, segment)


@require_POST
@member("edit contacts")
def deletion(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/borrado/: into the bin, with a way back."""
    found = segment_for(request.member, segment)
    try:
        saving.delete_segment(segment=segment, by=request.member, at=now())
    except Refusal as refusal:
        return page(request, "segments/segment.html", {**_shown(request, found), "refusal": refusal}, status=refusal.status)
    return redirect(f"{reverse('segments:segments', args=[request.member.organisation.slug])}?deleted={found.pk}")


@require_POST
@member("edit contacts")
def restoration(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/restauracion/"""
    found = saving.restore_segment(segment=segment, by=request.member, at=now())
    tell(request, _("“%(segment)s” is back.") % {"segment": found})
    return redirect("segments:segments", request.member.organisation.slug)


@require_POST
@member("edit contacts")
def ready(request: MemberRequest) -> HttpResponse:
    """POST …/segmentos/listos/: make one that the vertical has ready."""
    made = ready_made.make_ready(key=request.POST.get("key", ""), by=request.member, language=get_language() or "es", at=now())
    tell(request, _("“%(segment)s” is there. Its people are being gathered.") % {"segment": made})
    return redirect("segments:segment", request.member.organisation.slug, made.pk)


@require_POST
@member("edit contacts")
def members(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/miembros/: put people into a list: pasted addresses, those of another segment, or take the ticked ones out."""
    found, do = segment_for(request.member, segment), request.POST.get("do", "")
    try:
        if do == "out":
            count = listing.take_out(segment=segment, contacts=_chosen(request), by=request.member, at=now())
            tell(request, ngettext("%(n)d person taken out.", "%(n)d people taken out.", count) % {"n": count})
        elif do == "from":
            source = next((one.pk for one in segments_for(request.member) if str(one.pk) == request.POST.get("source")), None)
            if source is None:
                raise Refusal(_("Choose a segment."), field="source")
            _put(request, listing.fill_from(segment=segment, source=source, by=request.member, at=now()))
        else:
            return _paste(request, found)
    except Refusal as refusal:
        shown = {**_shown(request, found), "refusal": refusal, "typed": request.POST}
        return page(request, "segments/segment.html", shown, status=refusal.status)
    return redirect("segments:segment", request.member.organisation.slug, segment)


@require_POST
@member("edit contacts")
def chosen(request: MemberRequest) -> HttpResponse:
    """POST …/segmentos/elegidos/: those with a tick in the list of contacts, into a list."""
    lists = {str(one.pk): one for one in segments_for(request.member) if not one.is_live}
    found = lists.get(request.POST.get("segment", ""))
    if found is None:
        raise Refusal(_("Choose a list."))
    if not (ids := _chosen(request)):
        raise Refusal(_("Tick the people first."))
    _put(request, listing.put_in(segment=found.pk, contacts=ids, by=request.member, at=now()))
    return redirect("segments:segment", request.member.organisation.slug, found.pk)


@require_POST
@member("export contacts")
def download(request: MemberRequest, segment: UUID) -> StreamingHttpResponse:
    """POST …/descarga/: its people as CSV, streamed; who took them out is written down."""
    found, at = segment_for(request.member, segment), now()
    audit("contacts exported", at=at, by=request.member.id, of=found, filters={"segment": str(found)}, chosen=found.count or 0)
    answer = StreamingHttpResponse(_export(request.member, found, at), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="segmento-{at:%Y-%m-%d}.csv"'
    return answer


@require_safe
@member("see contacts")
def coverage(request: MemberRequest) -> HttpResponse:
    """GET …/segmentos/cobertura/: what is written for each persona at each stage of her way."""
    slug = request.member.organisation.slug
    stages, rows = covered(request.member.organisation.pk, slug, get_language() or "es")
    wanted = next(
        (
            (row, cell)
            for row in rows
            for cell in row.cells
            if (row.key, cell.key) == (request.GET.get("persona"), request.GET.get("stage"))
        ),
        None,
    )
    shown: dict[str, Any] = {
        "here": slug,
        "stages": stages,
        "rows": rows,
        "missing": sum(not cell.texts for row in rows for cell in row.cells),
    }
    if wanted and request.member.may("write content"):
        row, cell = wanted
        shown |= {"row": row, "cell": cell, "holes": holes(slug, row.key, cell.key)}
    return page(request, "segments/coverage.html", shown | {"may_write": request.member.may("write content")})


def _shown(request: MemberRequest, found: Segment) -> dict[str, Any]:
    after = None
    with suppress(ValueError):
        after = UUID(request.GET.get("after", ""))
    ids = contacts_in(found.pk, after=after, size=PAGE + 1)
    others = [one for one in segments_for(request.member) if one.pk != found.pk]
    return {
        "here": request.member.organisation.slug,
        "segment": found,
        "sentence": words_of(found, known_for(request.member)),
        "people": people_of(ids[:PAGE]),
        "next": str(ids[PAGE - 1]) if len(ids) > PAGE else "",
        "uses": used_by(found),
        "others": others if not found.is_live else [],
        "changed": is_changed(found),
        "may_edit": request.member.may("edit contacts"),
        "may_export": request.member.may("export contacts"),
    }


def _paste(request: MemberRequest, found: Segment) -> HttpResponse:
    text = request.POST.get("addresses", "")
    pasted = listing.paste_in(segment=found.pk, text=text, by=request.member, at=now())
    _put(request, pasted.added)
    if not pasted.unknown and not pasted.wrong:
        return redirect("segments:segment", request.member.organisation.slug, found.pk)
    found.refresh_from_db()
    return page(request, "segments/segment.html", {**_shown(request, found), "pasted": pasted})


def _put(request: MemberRequest, count: int) -> None:
    tell(request, ngettext("%(n)d person put in.", "%(n)d people put in.", count) % {"n": count})


def _chosen(request: MemberRequest) -> list[UUID]:
    found = []
    for one in request.POST.getlist("selected")[:MOST_CHOSEN]:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


def _members_of(segment: UUID) -> Iterator[Contact]:
    after: UUID | None = None
    while ids := contacts_in(segment, after=after, size=BATCH):
        yield from people_of(ids)
        after = ids[-1]


def _export(by: Member, segment: Segment, at: datetime) -> Iterator[str]:
    """Streamed after the view has returned: it says again for whom it acts."""
    count = 0
    with for_organisation(by.organisation.pk):
        for count, line in enumerate(sheet_lines(_members_of(segment.pk))):  # noqa: B007
            yield line
        record(SegmentExported(segment=segment.pk, rows=count, by=by.id, at=at))
