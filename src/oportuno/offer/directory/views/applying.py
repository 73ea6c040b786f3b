"""A seller applies: a wizard that keeps every step, and shows what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.directory import api
from oportuno.offer.directory.forms.profile import DifferenceForm, ProfileForm
from oportuno.offer.directory.forms.vetting import CommitmentForm, EvidenceForm
from oportuno.offer.directory.models import Evidence
from oportuno.offer.directory.queries.applying import Step, steps_done
from oportuno.offer.directory.queries.plans import commitment_of, milestones_of
from oportuno.offer.directory.queries.vetting import Line, lines, standing_changes, turns
from oportuno.offer.directory.rules import dates, vetting
from oportuno.offer.directory.rules.numbers import TAX_NAME
from oportuno.offer.directory.views.profiles import scope_form
from oportuno.offer.media.api import download
from oportuno.people.organisations.api import MemberRequest, member

ADDRESS: dict[Step, str] = {
    "profile": "perfil",
    "scope": "alcance",
    "difference": "diferencia",
    "evidence": "pruebas",
    "commitment": "compromiso",
    "review": "revision",
}
STEP = {address: step for step, address in ADDRESS.items()}


def step_title(step: Step) -> str:
    titles: dict[Step, str] = {
        "profile": _("Profile"),
        "scope": _("Sectors and places"),
        "difference": _("Difference"),
        "evidence": _("Evidence"),
        "commitment": _("Commitment"),
        "review": _("Look it over"),
    }
    return titles[step]


@member("apply to sell")
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/solicitud/: where it stands; POST begins one."""
    if request.method == "POST":
        api.begin_application(by=request.member, at=now())
        return redirect(_to(request, "profile"))
    here = request.member.organisation
    found = api.last_application(here.pk)
    if found is None:
        return page(request, "directory/application_begin.html", {"method": api.method(), "asked": _asked_before(request)})
    if found.state == "draft":
        return redirect(_to(request, _first_open(api.what_is_missing(found, now()))))
    asked = lines(found, now())
    stood = standing_changes(found.seller)
    context = {
        "application": found,
        "reason": stood[0].reason if stood else "",
        "seller": found.seller,
        "lines": asked,
        "unhappy": [line for line in asked if line.waits in ("changes", "rejected")],
        "turns": _told(turns(found)),
        "editable": found.state in vetting.EDITABLE,
        "renewable": [line for line in asked if line.renewable or line.waits == "to_show"],
        "answer_days": api.method().vetting.answer_days,
        "steps": _steps(request, None, api.what_is_missing(found, now())) if found.state in vetting.EDITABLE else [],
    }
    return page(request, "directory/application.html", context)


@member("apply to sell")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: MemberRequest, step: str) -> HttpResponse:
    """/desk/<organisation>/solicitud/<step>/: one step; POST saves it and goes on to the next."""
    if step not in STEP:
        raise NotFound
    wanted = STEP[step]
    found = api.open_application(request.member.organisation.pk)
    if found is None or found.state not in vetting.EDITABLE:
        return redirect("directory:application", organisation=request.member.organisation.slug)
    return _STEPS[wanted](request, found)


@member("apply to sell")
@require_POST
def evidence(request: MemberRequest, requirement: str) -> HttpResponse:
    """POST /desk/<organisation>/solicitud/pruebas/<requirement>/: show one piece."""
    found = api.open_application(request.member.organisation.pk)
    line = next((one for one in lines(found, now()) if one.requirement.key == requirement), None) if found else None
    if found is None or line is None:
        raise NotFound
    form = _evidence_form(line, request.POST, request.FILES)
    if form.is_valid():
        try:
            api.add_evidence(requirement=requirement, by=request.member, at=now(), **form.said)
            tell(request, _("Kept. You can add more, or go on."))
            return redirect(f"{_to(request, 'evidence')}#{requirement}")
        except Conflict:
            raise
        except Refusal as refusal:
            form.add_error(next(iter(form.fields)), str(refusal))
    return _evidence(request, found, wrong=(requirement, form), status=422)


@member("apply to sell")
@require_POST
def withdrawal(request: MemberRequest, evidence: UUID) -> HttpResponse:
    """POST /desk/<organisation>/solicitud/pruebas/pieza/<id>/retiro/"""
    piece = api.withdraw_evidence(evidence=evidence, by=request.member, at=now())
    tell(request, _("Taken back."))
    return redirect(f"{_to(request, 'evidence')}#{piece.requirement.key}")


@member("apply to sell")
@require_safe
def file(request: MemberRequest, evidence: UUID) -> FileResponse:
    """GET /desk/<organisation>/solicitud/pruebas/pieza/<id>/archivo/: one's own file, as an attachment."""
    piece = Evidence.objects.filter(organisation_id=request.member.organisation.pk, pk=evidence, document__isnull=False).first()
    if piece is None or piece.document_id is None:
        raise NotFound
    return download(piece.document_id)


def _profile(request: MemberRequest, application: api.Application) -> HttpResponse:
    form = ProfileForm(request.POST or None, seller=application.seller)
    return _form_step(request, application, "profile", form, lambda said: api.change_profile(by=request.member, at=now(), **said))


def _difference(request: MemberRequest, application: api.Application) -> HttpResponse:
    form = DifferenceForm(request.POST or None, seller=application.seller)
    return _form_step(request, application, "difference", form, lambda said: api.change_profile(by=request.member, at=now(), **said))


def _scope(request: MemberRequest, application: api.Application) -> HttpResponse:
    form = scope_form(application.seller, request.POST or None)

    def save(said: dict[str, Any]) -> None:
        api.choose_scope(sectors=said["sectors"], places=form.chosen_places, by=request.member, at=now())

    return _form_step(request, application, "scope", form, save)


def _commitment(request: MemberRequest, application: api.Application) -> HttpResponse:
    seller, words = application.seller, api.method().commitment
    today = dates.day_in(request.member.organisation.time_zone, now())
    signed = commitment_of(seller)
    form = CommitmentForm(request.POST or None, words=words, kept=milestones_of(seller), today=today, signed=signed is not None)

    def save(said: dict[str, Any]) -> None:
        api.declare_commitment(accepted=said["accepted"], due=form.due, by=request.member, at=now())

    return _form_step(
        request,
        application,
        "commitment",
        form,
        save,
        declaration=words.declaration.model_dump(),
        why=words.why.model_dump(),
        signed=signed,
    )


def _form_step(
    request: MemberRequest, application: api.Application, step: Step, form: forms.Form, save: Callable[[dict[str, Any]], Any], **more: Any
) -> HttpResponse:
    """A step that is one form: show it, keep it and go on, or show it again with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
            return redirect(_to(request, _next(step)))
        except Refusal as refusal:
            show_refusal(form, refusal)
    status = 422 if form.errors else 200
    return page(request, "directory/application_step.html", {**_frame(request, application, step), "form": form, **more}, status=status)


def _evidence(
    request: MemberRequest, application: api.Application, *, wrong: tuple[str, EvidenceForm] | None = None, status: int = 200
) -> HttpResponse:
    if request.method == "POST" and wrong is None:
        return redirect(_to(request, "commitment"))
    shown = []
    for line in lines(application, now()):
        key = line.requirement.key
        form = wrong[1] if wrong and wrong[0] == key else _evidence_form(line)
        shown.append((line, form, line.requirement.evidence_kind in vetting.OURS))
    return page(request, "directory/application_evidence.html", {**_frame(request, application, "evidence"), "lines": shown}, status=status)


def _review(request: MemberRequest, application: api.Application) -> HttpResponse:
    status = 200
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            api.submit_application(by=request.member, at=now())
            tell(request, _("Handed in. You will hear from us within %(days)s working days.") % {"days": api.method().vetting.answer_days})
            return redirect("directory:application", organisation=request.member.organisation.slug)
        except Refusal as said:
            refusal, status = said, said.status
    context = {
        **_frame(request, application, "review"),
        "refusal": refusal,
        "lines": lines(application, now()),
        "milestones": milestones_of(application.seller),
        "answer_days": api.method().vetting.answer_days,
    }
    return page(request, "directory/application_review.html", context, status=status)


_STEPS: dict[Step, Callable[[MemberRequest, api.Application], HttpResponse]] = {
    "profile": _profile,
    "scope": _scope,
    "difference": _difference,
    "evidence": _evidence,
    "commitment": _commitment,
    "review": _review,
}


def _evidence_form(line: Line, *data: Any) -> EvidenceForm:
    asked = line.requirement
    label = TAX_NAME.get(asked.number_check, "")
    return EvidenceForm(*data, kind=asked.evidence_kind, label=label, prefix=None, auto_id=f"{asked.key}_%s")


def _frame(request: MemberRequest, application: api.Application, step: Step) -> dict[str, Any]:
    missing = api.what_is_missing(application, now())
    before = api.STEPS[api.STEPS.index(step) - 1] if step != "profile" else None
    return {
        "application": application,
        "seller": application.seller,
        "step": step,
        "title": step_title(step),
        "steps": _steps(request, step, missing),
        "missing": [(one, _to(request, one.step) + (f"#{one.key}" if one.key else "")) for one in missing],
        "missing_here": [one for one in missing if one.step == step],
        "back": _to(request, before) if before else "",
        "next": _to(request, _next(step)),
    }


def _steps(request: MemberRequest, here: Step | None, missing: list[api.Missing]) -> list[dict[str, Any]]:
    done = steps_done(missing)
    return [
        {
            "label": step_title(one),
            "href": _to(request, one),
            "current": one == here,
            "icon": "check" if done[one] and one != "review" else "circle-dashed",
        }
        for one in api.STEPS
    ]


def _told(rows: list[Any]) -> list[dict[str, Any]]:
    """Turns as a timeline, newest first."""
    icons = {
        "draft": "pencil",
        "submitted": "send",
        "in_review": "eye",
        "changes_asked": "message",
        "approved": "rosette-discount-check",
        "rejected": "x",
    }
    states = {"approved": "good", "rejected": "bad", "changes_asked": "warning"}
    return [
        {
            "at": one.at,
            "icon": icons[one.state],
            "title": one.get_state_display(),
            "body": one.note,
            "by": one.by_name,
            "state": states.get(one.state),
        }
        for one in reversed(rows)
    ]


def _asked_before(request: MemberRequest) -> list[Any]:
    """What will be asked of a company of this country, before it chose its sectors."""
    return [one for one in api.requirements_for(country=request.member.organisation.country, sectors=()) if one.required]


def _first_open(missing: list[api.Missing]) -> Step:
    return missing[0].step if missing else "review"


def _next(step: Step) -> Step:
    return api.STEPS[min(api.STEPS.index(step) + 1, len(api.STEPS) - 1)]


def _to(request: MemberRequest, step: Step) -> str:
    return reverse("directory:step", kwargs={"organisation": request.member.organisation.slug, "step": ADDRESS[step]})
