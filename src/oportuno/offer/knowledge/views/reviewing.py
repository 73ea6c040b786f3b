"""The market's staff reads what sellers hand in, decides, and keeps the subjects."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.differences import differences
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell, warn
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.forms.reviews import DecisionForm, SubjectForm, WithdrawalForm
from oportuno.offer.knowledge.queries.changes import paragraphs
from oportuno.offer.knowledge.queries.reviewing import STANDINGS, case_for_market, queue, subject_rows
from oportuno.people.organisations.api import MemberRequest, operator


@operator("see market")
@require_safe
def reviews(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-conocimiento/?standing="""
    wanted = request.GET.get("standing", "")
    standing = wanted if wanted in STANDINGS else "waiting"
    context = {"here": request.member.organisation.slug, "rows": queue(standing), "standing": standing, "standings": STANDINGS.items()}
    return page(request, "knowledge/desk/reviews.html", context)


@operator("see market")
@require_safe
def review(request: MemberRequest, article: UUID) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-conocimiento/<id>/?idioma="""
    return _review(request, article)


@operator("publish content")
@require_POST
def decision(request: MemberRequest, article: UUID) -> HttpResponse:
    """POST /desk/<organisation>/revision-de-conocimiento/<id>/decision/: `verdict` approve, changes, decline or comment."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review(request, article, form, 422)
    verdict, text, by, at = form.cleaned_data["verdict"], form.cleaned_data["text"], request.member, now()
    try:
        if verdict == "approve":
            api.approve(article=article, stroke=form.cleaned_data["stroke"] or 0, by=by, at=at)
        elif verdict == "comment":
            api.comment_for_market(article=article, text=text, by=by, at=at)
        else:
            (api.ask_changes if verdict == "changes" else api.decline)(article=article, text=text, by=by, at=at)
    except NotFound:
        raise
    except Refusal as refusal:
        form.add_error("text", str(refusal))
        return _review(request, article, form, refusal.status)
    tell(request, _("Said. Who wrote it reads it.") if verdict == "comment" else _("Decided. Who wrote it hears of it."))
    if verdict == "comment":
        return redirect("knowledge-desk:review", organisation=request.member.organisation.slug, article=article)
    return redirect("knowledge-desk:reviews", organisation=request.member.organisation.slug)


@operator("publish content")
@require_POST
def market_withdrawal(request: MemberRequest, article: UUID) -> HttpResponse:
    """POST /desk/<organisation>/revision-de-conocimiento/<id>/retiro/"""
    form = WithdrawalForm(request.POST)
    try:
        api.withdraw_for_market(article=article, why=form.cleaned_data["why"] if form.is_valid() else "", by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("Withdrawn: its page says so, and why."))
    return redirect("knowledge-desk:review", organisation=request.member.organisation.slug, article=article)


@operator("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def subjects(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/conocimiento/temas/?tema=: the subjects, one of them to be changed, or a new one."""
    here = request.member.organisation.slug
    rows = subject_rows()
    chosen = next((one for one, _count in rows if one.slug == request.GET.get("tema", "")), None)
    form = SubjectForm(request.POST or None, initial=vars(chosen) if chosen else {"position": len(rows) + 1})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                api.keep_subject(subject=chosen.pk if chosen else None, said=form.cleaned_data, by=request.member, at=now())
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Saved."))
                return redirect("knowledge-desk:subjects", organisation=here)
    return page(request, "knowledge/desk/subjects.html", {"here": here, "rows": rows, "chosen": chosen, "form": form}, status=status)


def _review(request: MemberRequest, article: UUID, form: DecisionForm | None = None, status: int = 200) -> HttpResponse:
    wanted = request.GET.get("idioma", "")
    case = case_for_market(article, wanted=wanted)
    context = {
        "here": request.member.organisation.slug,
        "row": case.article,
        "case": case,
        "text": case.text,
        "form": form or DecisionForm(),
        "paragraphs": differences(paragraphs(case.live), paragraphs(case.draft)) if case.live else [],
        "may_decide": request.member.may("publish content"),
    }
    return page(request, "knowledge/desk/review.html", context, status=status)
