"""People of a file into a list: what it means first, then a word, and the way back."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.api import MemberRequest, member
from oportuno.people.segments.actions.filing import MOST_BYTES, Looked, look_at_file, put_in_file, undo_file
from oportuno.people.segments.forms import ListFileForm
from oportuno.people.segments.models import ListFile, Segment
from oportuno.people.segments.queries.segments import segment_for

FILE = "segments/list_file.html"
SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@member("edit contacts")
def list_file(request: MemberRequest, segment: UUID) -> HttpResponse:
    """…/segmentos/<segment>/archivo/: a file is looked at, and nothing is put in before somebody says so."""
    found = segment_for(request.member, segment)
    if found.is_live:
        raise NotFound
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return page(request, FILE, _shown(request, found, form))
    if form.is_valid():
        try:
            return page(request, FILE, _shown(request, found, ListFileForm(), _look(request, found, form.cleaned_data["file"])))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return page(request, FILE, _shown(request, found, form), status=422)


@require_POST
@member("edit contacts")
def list_file_decision(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/archivo/decision/: `file` is put in, or with `do` "undo" taken out again."""
    found, at = segment_for(request.member, segment), now()
    file = _file(request, found)
    try:
        if request.POST.get("do") == "undo":
            count = undo_file(file=file.pk, by=request.member, at=at)
            tell(request, ngettext("%(n)d person taken out.", "%(n)d people taken out.", count) % {"n": count})
        else:
            count = put_in_file(file=file.pk, by=request.member, at=at)
            tell(request, ngettext("%(n)d person put in.", "%(n)d people put in.", count) % {"n": count})
    except Refusal as refusal:
        return page(request, FILE, {**_shown(request, found, ListFileForm()), "refusal": refusal}, status=refusal.status)
    return redirect("segments:list-file", request.member.organisation.slug, found.pk)


def _file(request: MemberRequest, segment: Segment) -> ListFile:
    with suppress(ValueError):
        own = ListFile.objects.filter(organisation_id=request.member.organisation.pk, segment=segment)
        if found := own.filter(pk=UUID(request.POST.get("file", ""))).first():
            return found
    raise Refusal(_("Choose the file first."))


def _look(request: MemberRequest, segment: Segment, file: UploadedFile[Any]) -> Looked:
    """From a copy that is gone with the answer: addresses of strangers are nobody's to keep."""
    with tempfile.NamedTemporaryFile(prefix="list") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
            if copy.tell() > MOST_BYTES:
                break
        copy.flush()
        return look_at_file(segment=segment.pk, name=file.name or "", path=Path(copy.name), by=request.member, at=now())


def _shown(request: MemberRequest, segment: Segment, form: ListFileForm, looked: Looked | None = None) -> dict[str, Any]:
    own = ListFile.objects.filter(organisation_id=request.member.organisation.pk, segment=segment)
    files = own.filter(put_in_at__isnull=False).defer("found").order_by("-id")[:SHOWN]
    return {"here": request.member.organisation.slug, "segment": segment, "form": form, "looked": looked, "files": files}
