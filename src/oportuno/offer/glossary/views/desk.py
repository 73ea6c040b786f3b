"""The glossary in the operator's workbench."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel import content
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, refuse, show_refusal, tell, warn
from oportuno.offer.glossary import api
from oportuno.offer.glossary.forms import SheetForm, TermForm
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.queries import desk as queries
from oportuno.offer.glossary.queries import terms as shown
from oportuno.offer.glossary.rules.sheet import COLUMNS, written
from oportuno.offer.glossary.views.reading import sheet_response
from oportuno.offer.glossary.views.shared import form_of, spoken
from oportuno.people.organisations.api import MemberRequest, member, operator

BOTH = ["GET", "HEAD", "POST"]


@operator("see market")
@require_safe
def terms(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/glosario/?q=&state=&after="""
    words, state = request.GET.get("q", "")[:80], request.GET.get("state", "")
    found = queries.own_terms(words=words, state=state, after=request.GET.get("after", "")[:220], limit=queries.PAGE + 1)
    rows = found[: queries.PAGE]
    context = {
        "here": request.member.organisation.slug,
        "rows": rows,
        "words": words,
        "state": state,
        "may_edit": request.member.may("publish content"),
        "more": f"{rows[-1].sort_es}|{rows[-1].slug}" if len(found) > queries.PAGE else "",
        "waiting": queries.waiting_count(),
    }
    return page(request, "glossary/desk/terms.html", context)


@operator("publish content")
@require_http_methods(BOTH)
def new_term(request: MemberRequest) -> HttpResponse:
    """GET and POST /desk/<organisation>/glosario/nuevo/"""
    return _term(request, None)


@operator("publish content")
@require_http_methods(BOTH)
def term(request: MemberRequest, slug: str) -> HttpResponse:
    """GET and POST /desk/<organisation>/glosario/terminos/<slug>/"""
    return _term(request, queries.own_term(slug))


def _term(request: MemberRequest, found: Term | None) -> HttpResponse:
    here = request.member.organisation.slug
    form: TermForm = form_of(TermForm, request, said=found.said if found else None, version=found.version if found else 0)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            published = True if request.POST.get("do") == "publish" else None
            version = form.cleaned_data["version"] if found else None
            try:
                kept = api.keep_term(
                    said=form.said, by=request.member, at=now(), slug=found.slug if found else "", version=version, published=published
                )
            except NotFound:
                raise
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Saved, and anybody reads it.") if kept.published else _("Saved as a draft."))
                return redirect("glossary:own_term", organisation=here, slug=kept.slug)
    return page(request, "glossary/desk/term.html", {"here": here, "term": found, "form": form}, status=status)


@operator("publish content")
@require_POST
def publication(request: MemberRequest, slug: str) -> HttpResponse:
    """POST …/publicacion/: `shown` 1 or 0."""
    here, found = request.member.organisation.slug, queries.own_term(slug)
    try:
        kept = api.keep_term(said=found.said, by=request.member, at=now(), slug=slug, published=request.POST.get("shown") == "1")
    except Refusal as refusal:
        warn(request, refusal)
    else:
        tell(request, _("Anybody reads it now.") if kept.published else _("Nobody reads it outside now, and nothing leads to it."))
    return redirect("glossary:own_term", organisation=here, slug=slug)


@operator("publish content")
@require_POST
def removal(request: MemberRequest, slug: str) -> HttpResponse:
    """POST …/retiro/"""
    api.remove_term(slug=slug, by=request.member, at=now())
    tell(request, _("The term is gone."))
    return redirect("glossary:terms", organisation=request.member.organisation.slug)


@operator("publish content")
@require_http_methods(BOTH)
def sheet(request: MemberRequest) -> HttpResponse:
    """GET and POST /desk/<organisation>/glosario/hoja/: look first (`dry`), then bring."""
    form, report, status = SheetForm(request.POST or None, request.FILES or None), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                report = api.bring_sheet(text=form.cleaned_data["file"], by=request.member, at=now(), dry=form.cleaned_data["dry"])
                status = 200
            except Refusal as refusal:
                status = show_refusal(form, refusal)
    labels = {name: str(field.label) for name, field in TermForm.base_fields.items()}
    rows = [
        {
            "line": one.line,
            "state": one.state,
            "name": one.name,
            "changes": [{**each, "field": labels.get(each["field"], each["field"])} for each in one.changes],
            "reason": one.reason,
        }
        for one in (report.rows if report else [])
        if one.state != "same"
    ]
    context = {"here": request.member.organisation.slug, "form": form, "report": report, "rows": rows[:500], "columns": COLUMNS}
    return page(request, "glossary/desk/sheet.html", context, status=status)


@operator("see market")
@require_safe
def sheet_out(request: MemberRequest) -> HttpResponse:
    """GET …/hoja/glosario.csv: all of it, drafts too."""
    rows = Term.objects.order_by("sort_es", "slug").defer("body_es", "body_en")
    return sheet_response("".join(written((one.slug, one.said, one.published) for one in rows)))


@member("write content")
@require_POST
def draw(request: MemberRequest) -> HttpResponse:
    """POST …/bloques/: how cards look, for the editor."""
    try:
        return JsonResponse(content.drawn(json.loads(request.body), language=spoken()))
    except ValueError:
        return refuse(request, Refusal(_("This is not a document of blocks.")))
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)


@member("write content")
@require_safe
def choices(request: MemberRequest) -> HttpResponse:
    """GET …/eleccion/?q=&ids=: terms that the editor may put in."""
    ids = [one for one in map(_as_id, request.GET.get("ids", "")[:4000].split(",")) if one]
    found, chosen = shown.choices(request.GET.get("q", "")[:80], spoken(), ids)
    return JsonResponse({"results": found, "chosen": chosen})


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
