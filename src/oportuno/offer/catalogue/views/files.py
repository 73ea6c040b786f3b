"""Files in and out: imports with their dry run, exports, the empty table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.imports import has_stopped
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.ui.pages import is_htmx, page, show_refusal, tell
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.forms import ImportForm
from oportuno.offer.catalogue.queries import imports as queries
from oportuno.offer.catalogue.queries.places import places_of
from oportuno.offer.catalogue.views.products import as_id, filters_of
from oportuno.people.organisations.api import MemberRequest, member

STATES = ("new", "changed", "same", "wrong")


@member("edit catalogue")
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/importaciones/"""
    here = request.member.organisation
    form = ImportForm(request.POST or None, request.FILES or None, places=places_of(here.pk))
    if request.method == "POST" and form.is_valid():
        file, said = form.cleaned_data["file"], form.cleaned_data
        try:
            run = api.start_import(
                name=file.name, file=file, currency=here.currency, by=request.member.id, at=now(), language=said["language"],
                point_of_sale=as_id(said["place"]),
            )  # fmt: skip
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("catalogue:import", organisation=here.slug, run=run.pk)
    return page(
        request, "catalogue/imports.html", {"form": form, "runs": queries.runs(), "here": here.slug}, status=422 if form.errors else 200
    )


@member("edit catalogue")
@require_safe
def import_run(request: MemberRequest, run: UUID) -> HttpResponse:
    """GET …/importaciones/<run>/: how far it is, then what it would change; htmx asks again while it works."""
    return _run(request, queries.run_for(run))


def _run(request: MemberRequest, run: api.ImportRun, refusal: Refusal | None = None) -> HttpResponse:
    state = request.GET.get("state", "")
    if state not in STATES:
        state = next((name for name in ("wrong", "changed", "new", "same") if getattr(run, name)), "new")
    after = request.GET.get("after", "")
    rows = queries.rows(run, state, int(after) if after.isdecimal() and len(after) < 10 else 0)
    reasons: dict[int, list[str]] = {}
    if state == "wrong" and rows:
        for problem in queries.problems(run, after=min(row.line for row in rows) - 1, limit=1000):
            reasons.setdefault(problem.line, []).append(problem.sentence)
    shown = [
        {
            "line": row.line,
            "state": row.what,
            "name": f"{row.sku} {row.title}".strip(),
            "changes": row.changes,
            "reason": " ".join(reasons.get(row.line, [])),
        }
        for row in rows
    ]
    done, of = queries.how_far(run)
    context = {
        "run": run, "state": state, "rows": shown, "counts": {name: getattr(run, name) for name in STATES},
        "after": rows[-1].number if len(rows) == queries.PAGE else None, "notes": queries.notes(run), "trouble": queries.trouble(run),
        "done": done, "of": of, "here": request.member.organisation.slug, "refusal": refusal, "stopped": has_stopped(run),
    }  # fmt: skip
    response = page(
        request,
        "catalogue/import.html#work" if is_htmx(request) else "catalogue/import.html",
        context,
        status=refusal.status if refusal else 200,
    )
    if is_htmx(request) and not run.is_working:  # the rest of the page is now of interest, too
        response["HX-Refresh"] = "true"
    return response


@member("edit catalogue")
@require_POST
def application(request: MemberRequest, run: UUID) -> HttpResponse:
    """POST …/importaciones/<run>/aplicacion/: write it; `keep_good` 0 only if all rows are right."""
    found = queries.run_for(run)
    try:
        api.apply_import(run=found.pk, keep_good=request.POST.get("keep_good", "1") == "1", by=request.member.id, at=now())
    except Refusal as refusal:
        return _run(request, queries.run_for(run), refusal)
    return redirect("catalogue:import", organisation=request.member.organisation.slug, run=found.pk)


@member("edit catalogue")
@require_POST
def cancellation(request: MemberRequest, run: UUID) -> HttpResponse:
    """POST …/importaciones/<run>/cancelacion/"""
    found = queries.run_for(run)
    try:
        api.cancel_import(run=found.pk, by=request.member.id, at=now())
    except Refusal as refusal:
        return _run(request, queries.run_for(run), refusal)
    tell(request, _("The import was cancelled."))
    return redirect("catalogue:imports", organisation=request.member.organisation.slug)


@member("edit catalogue")
@require_safe
def report(request: MemberRequest, run: UUID) -> HttpResponseBase:
    """GET …/importaciones/<run>/informe.csv: every row (with `state`, those of one kind), what it is and why."""
    found = queries.run_for(run)
    what = request.GET.get("state", "") if request.GET.get("state", "") in STATES else ""
    organisation = request.member.organisation.pk

    def lines() -> Iterator[list[str]]:
        yield [_("Line"), _("SKU"), _("Name"), _("What happens"), _("Why")]
        after = 0
        while True:
            with for_organisation(organisation):
                rows = queries.report_rows(found, after, what)
            yield from (cells for _number, cells in rows)
            if not rows:
                return
            after = rows[-1][0]

    return _file(api.report(lines()), f"informe-{found.name}.csv", "csv")


@member("edit catalogue")
@require_safe
def template(request: MemberRequest) -> HttpResponseBase:
    """GET …/importaciones/plantilla.csv"""
    return _file(api.template_file(), "plantilla.csv", "csv")


@member("edit catalogue")
@require_safe
def export(request: MemberRequest, kind: str) -> HttpResponseBase:
    """GET …/exportaciones/<kind>/: the catalogue, or what fits the filters of its list; streamed."""
    if kind not in api.FORMATS:
        raise NotFound
    wanted = next(one for one in api.FORMATS if one == kind)
    here = request.member.organisation
    filters = filters_of(request.GET)
    return _file(
        api.export_catalogue(here.pk, wanted, filters if filters.any else None),
        f"{here.slug}-{kind}.{api.ENDINGS[wanted]}",
        api.ENDINGS[wanted],
    )


TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(pieces: Iterable[bytes], name: str, ending: str) -> HttpResponseBase:
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
    response = StreamingHttpResponse(pieces, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{safe.encode("ascii", "replace").decode().replace("?", "-")}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
