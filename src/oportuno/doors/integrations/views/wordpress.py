"""A site and blog from WordPress, in the workbench: bring a file, see what would come, let it come, take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.doors.integrations import api
from oportuno.doors.integrations.wordpress.queries import runs as queries
from oportuno.doors.integrations.wordpress.queries.sentences import counted, remarks
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.imports import has_stopped
from oportuno.kernel.ui.inputs import Cards
from oportuno.kernel.ui.pages import is_htmx, page, tell
from oportuno.people.organisations.api import MemberRequest, member

MAY = "publish content"
SHOWN = ("new", "changed", "same", "kept", "aside")


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Export file"))


class RemoteForm(forms.Form):
    do = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=[("bring", gettext_lazy("Bring what it holds")), ("send", gettext_lazy("Send our site there"))],
        initial="bring",
        widget=Cards(
            hints={
                "bring": gettext_lazy("First you see what would come; nothing is written before you say so."),
                "send": gettext_lazy(
                    "What stands there under the same address is changed where it differs. Sending twice changes nothing."
                ),
            }
        ),
    )
    address = forms.CharField(label=gettext_lazy("Address of your WordPress"), max_length=300)
    user = forms.CharField(label=gettext_lazy("User there"), max_length=100)
    password = forms.CharField(label=gettext_lazy("Application password"), max_length=200, widget=forms.PasswordInput)


@member(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def remote(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/wordpress/conexion/"""
    here = request.member.organisation
    form = RemoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "outward": form.cleaned_data["do"] == "send"}
        try:
            run = api.start_remote(**{key: said[key] for key in ("address", "user", "password", "outward")}, by=request.member.id, at=now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "address", str(refusal))
        else:
            return redirect("integrations:wordpress-run", organisation=here.slug, run=run.pk)
    return page(request, "integrations/wordpress_remote.html", {"form": form, "here": here.slug}, status=422 if form.errors else 200)


@member(MAY)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/wordpress/"""
    here = request.member.organisation
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = api.start_run(name=file.name, file=file, by=request.member.id, at=now())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("integrations:wordpress-run", organisation=here.slug, run=run.pk)
    context = {"form": form, "runs": queries.runs(), "here": here.slug}
    return page(request, "integrations/wordpress.html", context, status=422 if form.errors else 200)


@member(MAY)
@require_safe
def run(request: MemberRequest, run: UUID) -> HttpResponse:
    """GET …/wordpress/<run>/: how far it is, then what comes in; htmx asks again while it works."""
    return _run(request, api.run_for(run))


def _run(request: MemberRequest, found: api.WordpressRun, refusal: Refusal | None = None) -> HttpResponse:
    what = request.GET.get("state", "")
    counts = {"new": found.new, "changed": found.changed, "same": found.same, "kept": found.kept}
    what = what if what in SHOWN else next((name for name, many in counts.items() if many), "new")
    after = request.GET.get("after", "")
    rows = queries.items(found, what=what, after=int(after) if after.isdecimal() and len(after) < 9 else -1)
    files = queries.files_of(found)
    context = {
        "run": found, "rows": [(row, counted(f"{row.kind}/{row.status}"), remarks(row.notes)) for row in rows], "tabs": _tabs(counts, what), "refusal": refusal,
        "after": rows[-1].place if len(rows) == queries.PAGE else None, "state": what, "here": request.member.organisation.slug,
        "figures": queries.figures(found), "left": queries.left_of(found), "files": files, "gone": queries.files_gone(found),
        "trouble": queries.trouble_of(found), "done": found.brought_items if found.state == "bringing" else found.read_bytes,
        "of": found.read_items if found.state == "bringing" else found.size, "stopped": has_stopped(found),
    }  # fmt: skip
    part = is_htmx(request)
    response = page(
        request, "integrations/wordpress_run.html#work" if part else "integrations/wordpress_run.html", context,
        status=refusal.status if refusal else 200,
    )  # fmt: skip
    if part and not found.is_working and not files["waiting"]:  # the rest of the page is now of interest, too
        response["HX-Refresh"] = "true"
    return response


def _tabs(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    words = {
        "new": pgettext("item", "New"), "changed": pgettext("item", "Changed"), "same": pgettext("item", "The same"),
        "kept": pgettext("item", "Kept as it is here"), "aside": pgettext("item", "No page or post"),
    }  # fmt: skip
    return [
        {"label": words[name], "href": f"?state={name}", "current": name == chosen, "count": counts.get(name)}
        for name in SHOWN
        if name == "aside" or counts[name]
    ]


@member(MAY)
@require_POST
def application(request: MemberRequest, run: UUID) -> HttpResponse:
    """POST …/wordpress/<run>/aplicacion/"""
    return _decided(request, run, lambda at: api.go_on(run=run, by=request.member.id, at=at))


@member(MAY)
@require_POST
def cancellation(request: MemberRequest, run: UUID) -> HttpResponse:
    """POST …/wordpress/<run>/cancelacion/"""
    return _decided(request, run, lambda at: api.cancel_run(run=run, by=request.member.id, at=at))


@member(MAY)
@require_POST
def undoing(request: MemberRequest, run: UUID) -> HttpResponse:
    """POST …/wordpress/<run>/devolucion/: into the bin with what it made and nobody changed."""

    def take_back(at: datetime) -> None:
        many = api.take_back(run=run, by=request.member.id, at=at)
        tell(request, ngettext("%(many)s piece is in the bin now.", "%(many)s pieces are in the bin now.", many) % {"many": many})

    return _decided(request, run, take_back)


def _decided(request: MemberRequest, run: UUID, act: Callable[[datetime], Any]) -> HttpResponse:
    found = api.run_for(run)
    try:
        act(now())
    except Refusal as refusal:
        return _run(request, found, refusal)
    return redirect("integrations:wordpress-run", organisation=request.member.organisation.slug, run=run)


@member(MAY)
@require_safe
def export(request: MemberRequest) -> HttpResponseBase:
    """GET …/wordpress/exportacion.xml: the whole site, streamed."""
    here = request.member.organisation
    try:
        parts = api.export_site(here, at=now())
    except Refusal as refusal:
        tell(request, str(refusal))
        return redirect("integrations:wordpress", organisation=here.slug)
    response = StreamingHttpResponse(parts, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{here.slug}.wordpress.xml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
