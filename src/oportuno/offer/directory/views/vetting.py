"""The market's side: the vetting queue and one application at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.isolation import for_market
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.directory import api
from oportuno.offer.directory.forms.vetting import DecisionForm, EvidenceForm
from oportuno.offer.directory.models import State
from oportuno.offer.directory.queries.queue import case, evidence_owner
from oportuno.offer.directory.queries.vetting import Line
from oportuno.offer.directory.rules import vetting
from oportuno.offer.directory.rules.numbers import TAX_NAME, written_phone, written_tax_number
from oportuno.offer.media.api import download
from oportuno.people.organisations.api import MemberRequest, operator

STATES = ("waiting", *(state.value for state in State if state != State.DRAFT), "all")


@operator("vet sellers")
@require_safe
def applications(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/verificacion/?state=&country=&after="""
    state = request.GET.get("state", "waiting")
    state = state if state in STATES else "waiting"
    country = request.GET.get("country", "")
    days = api.method().vetting.answer_days
    found = api.queue(state=state, country=country, after=request.GET.get("after", ""), answer_days=days, at=now())
    labels = {"waiting": _("Waiting for us"), "all": pgettext("applications", "All"), **dict(State.choices)}
    context = {
        "queue": found,
        "state": state,
        "states": [(one, labels[one]) for one in STATES],
        "country": country,
        "countries": api.countries(),
        "answer_days": days,
    }
    return page(request, "directory/queue.html", context)


@operator("vet sellers")
@require_safe
def application(request: MemberRequest, application: UUID) -> HttpResponse:
    """GET /desk/<organisation>/verificacion/<id>/"""
    return _page(request, application)


@operator("vet sellers")
@require_POST
def review(request: MemberRequest, application: UUID) -> HttpResponse:
    """POST /desk/<organisation>/verificacion/<id>/revision/: take it from the queue."""
    return _do(request, application, lambda: api.begin_review(application=application, by=request.member, at=now()), _("It is yours now."))


@operator("vet sellers")
@require_POST
def decision(request: MemberRequest, application: UUID, requirement: str) -> HttpResponse:
    """POST /desk/<organisation>/verificacion/<id>/<requirement>/decision/"""
    form = DecisionForm(request.POST, reasons=api.method().vetting.reasons, auto_id=f"{requirement}_%s")
    if not form.is_valid():
        return _page(request, application, wrong=(requirement, form), status=422)
    try:
        api.decide(
            application=application,
            requirement=requirement,
            verdict=api.Verdict(form.cleaned_data["verdict"]),
            reason=form.reason,
            seen=form.cleaned_data["seen"],
            by=request.member,
            at=now(),
        )
    except (NotFound, Forbidden, Conflict):
        raise
    except Refusal as refusal:
        form.add_error("own", str(refusal))
        return _page(request, application, wrong=(requirement, form), status=refusal.status)
    tell(request, _("Decided."))
    return redirect(f"{_address(request, application)}#{requirement}")


@operator("vet sellers")
@require_POST
def evidence(request: MemberRequest, application: UUID, requirement: str) -> HttpResponse:
    """POST /desk/<organisation>/verificacion/<id>/<requirement>/prueba/: keep what the market gathered itself."""
    line = next((one for one in case(application, now()).lines if one.requirement.key == requirement), None)
    if line is None:
        raise NotFound
    form = _evidence_form(line, request.POST, request.FILES)
    if form.is_valid():
        try:
            api.add_evidence_for_market(application=application, requirement=requirement, by=request.member, at=now(), **form.said)
            tell(request, _("Kept."))
            return redirect(f"{_address(request, application)}#{requirement}")
        except (NotFound, Forbidden, Conflict):
            raise
        except Refusal as refusal:
            form.add_error(next(iter(form.fields)), str(refusal))
    return _page(request, application, wrong_evidence=(requirement, form), status=422)


@operator("vet sellers")
@require_POST
def answer(request: MemberRequest, application: UUID) -> HttpResponse:
    """POST /desk/<organisation>/verificacion/<id>/respuesta/: tell the seller what the decisions add up to."""
    note = request.POST.get("note", "")[:2000]
    return _do(
        request,
        application,
        lambda: api.conclude_review(application=application, by=request.member, at=now(), note=note),
        _("The seller has its answer."),
    )


@operator("vet sellers")
@require_safe
def file(request: MemberRequest, evidence: UUID) -> FileResponse:
    """GET /desk/<organisation>/verificacion/prueba/<id>/archivo/: as an attachment no browser interprets."""
    owner, document = evidence_owner(evidence)
    with for_market("a reviewer opens evidence that was handed in", organisation=owner):
        return download(document)


def _do(request: MemberRequest, application: UUID, act: Callable[[], Any], told: str) -> HttpResponse:
    try:
        act()
    except (NotFound, Forbidden, Conflict):
        raise
    except Refusal as refusal:
        return _page(request, application, refusal=refusal, status=refusal.status)
    tell(request, told)
    return redirect(_address(request, application))


def _page(
    request: MemberRequest,
    application: UUID,
    *,
    wrong: tuple[str, DecisionForm] | None = None,
    wrong_evidence: tuple[str, EvidenceForm] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    found = case(application, now())
    reasons = api.method().vetting.reasons
    open_now = found.application.state in ("submitted", "in_review")
    shown = []
    for line in found.lines:
        key = line.requirement.key
        blank = DecisionForm(initial={"seen": line.seen}, reasons=reasons, auto_id=f"{key}_%s")
        form = wrong[1] if wrong and wrong[0] == key else blank
        proof = wrong_evidence[1] if wrong_evidence and wrong_evidence[0] == key else _evidence_form(line)
        shown.append((line, form if open_now else None, proof if open_now else None, [_piece(one, line) for one in line.evidence]))
    result = vetting.outcome([line.asked for line in found.lines], now())
    context = {
        "case": found,
        "lines": shown,
        "open": open_now,
        "refusal": refusal,
        "result": result,
        "undecided": [
            api.said(line.requirement.title) for line in found.lines if line.requirement.key in result.keys and result.state == "undecided"
        ],
        "numbers": [(TAX_NAME[one.kind], written_tax_number(one.kind, one.number)) for one in found.tax_numbers],
        "phone": written_phone(found.seller.phone),
    }
    return page(request, "directory/case.html", context, status=status)


def _piece(one: Any, line: Line) -> tuple[Any, str, str]:
    """A piece of evidence with its words and phone as people write them."""
    words = (
        written_tax_number(line.requirement.number_check, one.words)
        if one.kind == "number" and line.requirement.number_check
        else one.words
    )
    return one, words, written_phone(one.phone) if one.phone else ""


def _evidence_form(line: Line, *data: Any) -> EvidenceForm:
    asked = line.requirement
    return EvidenceForm(
        *data, kind=asked.evidence_kind, market=True, label=TAX_NAME.get(asked.number_check, ""), auto_id=f"{asked.key}_proof_%s"
    )


def _address(request: MemberRequest, application: UUID) -> str:
    return reverse("directory:case", kwargs={"organisation": request.member.organisation.slug, "application": application})
