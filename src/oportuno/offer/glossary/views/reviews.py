"""What sellers propose, read and decided by the market's staff."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.glossary import api
from oportuno.offer.glossary.forms import DecisionForm
from oportuno.offer.glossary.models import Proposal, State, Term
from oportuno.offer.glossary.queries import desk as queries
from oportuno.offer.glossary.rules.said import read
from oportuno.offer.glossary.views.shared import form_of
from oportuno.people.organisations.api import MemberRequest, operator


@operator("see market")
@require_safe
def reviews(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-palabras/?state="""
    wanted = request.GET.get("state", "")
    state = wanted if wanted in State.values else State.WAITING.value
    context = {
        "here": request.member.organisation.slug, "rows": queries.queue(state), "state": state, "states": State.choices, "tones": queries.TONES,
    }  # fmt: skip
    return page(request, "glossary/desk/reviews.html", context)


@operator("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """GET and POST …/revision-de-palabras/<id>/: its words can be mended before they are accepted."""
    row, owner = queries.proposal_for_market(proposal)
    form: DecisionForm = form_of(DecisionForm, request, said=read(row.said), version=row.version)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _decide(request, row, form)
            except NotFound:
                raise
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Decided. Whoever proposed it hears of it."))
                return redirect("glossary:reviews", organisation=request.member.organisation.slug)
    before = Term.objects.filter(slug=row.term).first() if row.term else None
    context = {"here": request.member.organisation.slug, "row": row, "owner": owner, "form": form, "before": before, "tones": queries.TONES}
    return page(request, "glossary/desk/review.html", context, status=status)


def _decide(request: MemberRequest, row: Proposal, form: DecisionForm) -> None:
    given, at, by = form.cleaned_data, now(), request.member
    if given["verdict"] == "accept":
        api.accept(proposal=row.pk, said=form.said, answer=given["answer"], by=by, at=at, version=given["version"])
    elif given["verdict"] == "changes":
        api.ask_changes(proposal=row.pk, answer=given["answer"], by=by, at=at, version=given["version"])
    else:
        api.decline(proposal=row.pk, answer=given["answer"], by=by, at=at, version=given["version"])
