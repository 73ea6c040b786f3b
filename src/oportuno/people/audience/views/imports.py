"""Bringing contacts in from the workbench: a file, its columns, what it would change, and a person's word."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.formulas import neutral
from oportuno.kernel.imports import has_stopped
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.ui.pages import is_htmx, page, tell
from oportuno.people.audience.actions import importing
from oportuno.people.audience.forms import ColumnsForm, ContactsFileForm
from oportuno.people.audience.models import ContactImport
from oportuno.people.audience.queries import imports as queries
from oportuno.people.organisations.api import MemberRequest, member

State = ContactImport.State


@require_http_methods(["GET", "HEAD", "POST"])
@member("edit contacts")
def imports(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/contactos/importaciones/"""
    here = request.member.organisation
    form = ContactsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = importing.start_import(name=file.name, file=file, by=request.member.id, at=now(), look_first=True)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("audience:import", here.slug, run.pk)
    context = {"form": form, "runs": queries.runs(), "here": here.slug}
    return page(request, "audience/imports.html", context, status=422 if form.errors else 200)


@require_safe
@member("edit contacts")
def import_run(request: MemberRequest, run: UUID) -> HttpResponse:
    """GET …/importaciones/<run>/: its columns, how far it is, then what it would change; htmx asks again while it works."""
    return _run(request, queries.run_for(run))


@require_POST
@member("edit contacts")
def columns(request: MemberRequest, run: UUID) -> HttpResponse:
    """POST …/importaciones/<run>/columnas/: what the columns are, and how people agreed; then the file is read."""
    found = queries.run_for(run)
    form = ColumnsForm(request.POST, run=found)
    if found.state != State.MAPPING:
        return redirect("audience:import", request.member.organisation.slug, found.pk)
    if form.is_valid():
        said = form.cleaned_data
        try:
            importing.map_import(
                run=found.pk, mapping=form.mapping(), consent=form.proof(), tags=said["tags"], fill_only=said["fill_only"], at=now(),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("audience:import", request.member.organisation.slug, found.pk)
    return _run(request, found, form=form)


@require_POST
@member("edit contacts")
def application(request: MemberRequest, run: UUID) -> HttpResponse:
    return _decided(request, run, partial(importing.apply_import, by=request.member.id))


@require_POST
@member("edit contacts")
def cancellation(request: MemberRequest, run: UUID) -> HttpResponse:
    return _decided(request, run, partial(importing.cancel_import, by=request.member.id), _("The import was cancelled."))


@require_POST
@member("edit contacts")
def reversal(request: MemberRequest, run: UUID) -> HttpResponse:
    """POST …/importaciones/<run>/anulacion/: as if it had not come in."""
    return _decided(request, run, partial(importing.undo_import, by=request.member.id), _("The import was undone."))


def _decided(request: MemberRequest, run: UUID, act: Callable[..., ContactImport], told: str = "") -> HttpResponse:
    found = queries.run_for(run)
    try:
        act(run=found.pk, at=now())
    except Refusal as refusal:
        return _run(request, queries.run_for(run), refusal)
    if told:
        tell(request, told)
    return redirect("audience:import", request.member.organisation.slug, found.pk)


def _run(request: MemberRequest, run: ContactImport, refusal: Refusal | None = None, form: ColumnsForm | None = None) -> HttpResponse:
    state = request.GET.get("state", "")
    if state not in queries.STATES:
        state = next((name for name in ("wrong", "changed", "new", "same") if getattr(run, name)), "new")
    after = request.GET.get("after", "")
    place = int(after) if after.isdecimal() and len(after) < 10 else 0
    shown, following = _wrong(run, place) if state == "wrong" else _rows(run, state, place)
    done, of = queries.how_far(run)
    if run.state == State.MAPPING and form is None:
        form = ColumnsForm(run=run)
    context = {
        "run": run, "state": state, "rows": shown, "counts": {name: getattr(run, name) for name in queries.STATES}, "after": following,
        "notes": queries.notes(run), "trouble": queries.trouble(run), "done": done, "of": of, "here": request.member.organisation.slug,
        "refusal": refusal, "stopped": has_stopped(run), "form": form,
        "columns": [(field, run.examples.get(field.label, [])) for field in form.columns()] if form else [],
    }  # fmt: skip
    status = refusal.status if refusal else 422 if form and form.errors else 200
    response = page(request, "audience/import.html#work" if is_htmx(request) else "audience/import.html", context, status=status)
    if is_htmx(request) and not run.is_working:  # the rest of the page is now of interest, too
        response["HX-Refresh"] = "true"
    return response


def _rows(run: ContactImport, state: str, after: int) -> tuple[list[dict[str, object]], int | None]:
    rows = queries.rows(run, state, after)
    shown: list[dict[str, object]] = [
        {
            "line": row.line,
            "state": "same" if row.what == "twin" else row.what,
            "name": f"{row.name} {row.address}".strip(),
            "changes": row.changes,
            "reason": _("The same person as on line %(line)s.") % {"line": row.twin_of} if row.twin_of else "",
        }
        for row in rows
    ]
    return shown, rows[-1].number if len(rows) == queries.PAGE else None


def _wrong(run: ContactImport, after: int) -> tuple[list[dict[str, object]], int | None]:
    found = queries.problems(run, after)
    shown: list[dict[str, object]] = [
        {"line": one.line, "state": "wrong", "name": queries.field_name(one.field), "changes": (), "reason": one.sentence} for one in found
    ]
    return shown, found[-1].line if len(found) == queries.PAGE else None


@require_safe
@member("edit contacts")
def report(request: MemberRequest, run: UUID) -> HttpResponseBase:
    """GET …/importaciones/<run>/informe.csv: what was wrong, line by line; streamed, without live formulas."""
    found, organisation = queries.run_for(run), request.member.organisation.pk

    def lines() -> Iterator[str]:
        yield "\ufeff" + _line([_("Line"), _("What is wrong")])
        after = -1
        while True:
            with for_organisation(organisation):
                problems = queries.problems(found, after)
            yield from (_line([str(one.line), one.sentence]) for one in problems)
            if len(problems) < queries.PAGE:
                return
            after = problems[-1].line

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="informe-contactos.csv"'
    return answer


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([neutral(cell) for cell in cells])
    return out.getvalue()
