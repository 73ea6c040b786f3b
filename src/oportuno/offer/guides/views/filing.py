"""Guides as files: out, and in again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.guides.actions import writing
from oportuno.offer.guides.forms import CoverForm, FileForm
from oportuno.offer.guides.queries import desk
from oportuno.offer.guides.queries.exporting import ENDINGS, as_csv, as_json
from oportuno.offer.guides.queries.templates import templates
from oportuno.people.organisations.api import MemberRequest, member

TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@member("see")
@require_safe
def file(request: MemberRequest, guide: UUID, ending: str) -> HttpResponse:
    """GET …/archivo/json/ or …/archivo/csv/: what is being written, else what is on show."""
    if ending not in ENDINGS:
        raise NotFound
    version = desk.newest_version(desk.guide_for(guide))
    name = slugify(version.title.get("es", ""))[:60] or "guia"
    answer = HttpResponse((as_json if ending == "json" else as_csv)(version), content_type=TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


@member("write content")
@require_POST
def bringing(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/guias/archivos/: a guide out of a file; nobody sees it yet."""
    here, form = request.member.organisation.slug, FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            cover = writing.Cover(form.title, form.summary, advice=form.content.advice)
            version = writing.begin_guide(cover=cover, content=form.content, by=request.member, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("The guide came in. Nobody sees it yet."))
            return redirect("guides:guide", organisation=here, guide=version.guide_id)
    context = {"here": here, "form": CoverForm(), "file": form, "templates": templates(), "template": None}
    return page(request, "guides/cover.html", context, status=422)
