"""What a seller proposes for the glossary."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_public
from oportuno.kernel.ui.pages import page, show_refusal, tell, warn
from oportuno.offer.glossary import api
from oportuno.offer.glossary.forms import ProposalForm
from oportuno.offer.glossary.models import Proposal, State
from oportuno.offer.glossary.queries import desk as queries
from oportuno.offer.glossary.queries import terms as shown
from oportuno.offer.glossary.rules.said import Said, read
from oportuno.offer.glossary.views.shared import form_of
from oportuno.people.organisations.api import MemberRequest, member

BOTH = ["GET", "HEAD", "POST"]


@member("write content")
@require_safe
def proposals(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/palabras/"""
    context = {"here": request.member.organisation.slug, "rows": queries.own_proposals(request.member), "tones": queries.TONES}
    return page(request, "glossary/desk/proposals.html", context)


@member("write content")
@require_http_methods(BOTH)
def new_proposal(request: MemberRequest) -> HttpResponse:
    """GET and POST …/palabras/nueva/?sobre=: `sobre` is the term that would change."""
    about = (request.POST.get("sobre") or request.GET.get("sobre", ""))[:50]
    said = None
    if about:
        with for_public():
            said = shown.term_at(about).said
    return _proposal(request, None, said, about)


@member("write content")
@require_http_methods(BOTH)
def proposal(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """GET and POST …/palabras/<id>/"""
    row = queries.own_proposal(request.member, proposal)
    return _proposal(request, row, read(row.said), row.term)


def _proposal(request: MemberRequest, row: Proposal | None, said: Said | None, about: str) -> HttpResponse:
    here = request.member.organisation.slug
    form: ProposalForm = form_of(ProposalForm, request, said=said, version=row.version if row else 0)
    if row:
        form.initial["note"] = row.note
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                kept = api.propose(
                    said=form.said, by=request.member, at=now(), about=about, note=given["note"], proposal=row.pk if row else None,
                    version=given["version"] if row else None,
                )  # fmt: skip
            except NotFound:
                raise
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Sent. The market reads it and answers you here and by e-mail."))
                return redirect("glossary:proposal", organisation=here, proposal=kept.pk)
    context = {
        "here": here, "row": row, "form": form, "about": about, "tones": queries.TONES,
        "is_open": row is None or row.state in (State.WAITING, State.CHANGES),
    }  # fmt: skip
    return page(request, "glossary/desk/proposal.html", context, status=status)


@member("write content")
@require_POST
def withdrawal(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """POST …/palabras/<id>/retiro/"""
    try:
        api.take_back(proposal=proposal, by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, refusal)
    else:
        tell(request, _("Taken back."))
    return redirect("glossary:proposals", organisation=request.member.organisation.slug)
