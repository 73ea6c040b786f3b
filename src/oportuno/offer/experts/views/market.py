"""The market's staff: questions to decide, what sellers' experts handed in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.content import read, render_html
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_market
from oportuno.kernel.ui.pages import page, refuse, show_refusal, tell
from oportuno.offer.experts import api
from oportuno.offer.experts.forms.desk import EditForm, ReviewForm
from oportuno.offer.experts.models import PublicQuestion, QuestionState
from oportuno.offer.experts.queries import desk, reviewing
from oportuno.offer.experts.queries.fields import fields, fields_named
from oportuno.offer.experts.queries.questions import similar_to
from oportuno.people.organisations.api import MemberRequest, operator

LISTED = (QuestionState.WAITING, QuestionState.SHOWN, QuestionState.DECLINED, QuestionState.JOINED)


@operator("see market")
@require_safe
def questions(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/preguntas-publicas/"""
    here = request.member.organisation
    wanted = request.GET.get("state", "")
    state = wanted if wanted in [one.value for one in LISTED] else QuestionState.WAITING.value
    words = request.GET.get("q", "")[:80].strip()
    rows, after = desk.questions_in(here.pk, state, words=words, after=request.GET.get("after", ""))
    counts = desk.questions_counted(here.pk)
    tabs = [
        {"label": one.label, "href": f"?{urlencode({'state': one.value})}", "current": one == state, "count": counts[one]} for one in LISTED
    ]
    context = {
        "rows": rows, "older": f"?{urlencode({'state': state, 'q': words, 'after': after})}" if after else "", "tabs": tabs, "state": state,
        "words": words, "titles": {one.slug: one.title for one in fields()}, "may_see_addresses": request.member.may("see contacts"),
        "here": here.slug,
    }  # fmt: skip
    return page(request, "experts/desk/questions.html", context)


@operator("see market")
@require_safe
def question(request: MemberRequest, question: UUID) -> HttpResponse:
    """GET /desk/<organisation>/preguntas-publicas/<id>/"""
    return _question(request, question)


@operator("run market")
@require_POST
def edition(request: MemberRequest, question: UUID) -> HttpResponse:
    """POST /desk/<organisation>/preguntas-publicas/<id>/texto/"""
    row = desk.question_for(request.member.organisation.pk, question)
    form = EditForm(request.POST, question=row.question)
    if form.is_valid():
        try:
            api.edit_question(question=question, by=request.member, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved."))
            return redirect("experts:question_to_decide", organisation=request.member.organisation.slug, question=question)
    return _question(request, question, form=form, status=422)


@operator("run market")
@require_POST
def decision(request: MemberRequest, question: UUID) -> HttpResponse:
    """POST /desk/<organisation>/preguntas-publicas/<id>/decision/: `do` show, decline (`reason`) or join (`to`)."""
    by, at, do = request.member, now(), request.POST.get("do", "")
    try:
        if do == "show":
            api.show_question(question=question, by=by, at=at)
        elif do == "decline":
            api.decline_question(question=question, reason=request.POST.get("reason", ""), by=by, at=at)
        elif do == "join":
            api.join_question(question=question, to=_id(request.POST.get("to", "")), by=by, at=at)
        else:
            raise Refusal(_("Choose what to do with it."))
    except NotFound:
        raise
    except Refusal as refusal:
        return _question(request, question, refusal=refusal, status=refusal.status)
    tell(request, _("Decided. Whoever asked hears by mail."))
    return redirect("experts:questions", organisation=by.organisation.slug)


@operator("see market")
@require_safe
def reviews(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-expertos/: answers, pages and sources that wait, and how answers are reviewed."""
    context = {
        "waiting": reviewing.waiting(),
        "form": ReviewForm(review=reviewing.review_now()),
        "may_decide": request.member.may("run market"),
        "here": request.member.organisation.slug,
    }
    return page(request, "experts/desk/reviews.html", context)


@operator("run market")
@require_POST
def review_way(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/revision-de-expertos/regla/"""
    form = ReviewForm(request.POST, review=reviewing.review_now())
    if not form.is_valid():
        context = {"waiting": reviewing.waiting(), "form": form, "may_decide": True, "here": request.member.organisation.slug}
        return page(request, "experts/desk/reviews.html", context, status=422)
    api.set_review(by=request.member, at=now(), **form.cleaned_data)
    tell(request, _("Saved."))
    return redirect("experts:reviews", organisation=request.member.organisation.slug)


@operator("see market")
@require_safe
def answer_review(request: MemberRequest, answer: UUID) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-expertos/respuestas/<id>/"""
    return _answer(request, answer)


@operator("run market")
@require_POST
def answer_decision(request: MemberRequest, answer: UUID) -> HttpResponse:
    """POST …/revision-de-expertos/respuestas/<id>/decision/: `do` approve, return or decline (`note`)."""
    by, at, do = request.member, now(), request.POST.get("do", "")
    try:
        if do == "approve":
            api.approve_answer(answer=answer, by=by, at=at)
        else:
            api.return_answer(answer=answer, note=request.POST.get("note", ""), decline=do == "decline", by=by, at=at)
    except NotFound:
        raise
    except Refusal as refusal:
        return _answer(request, answer, refusal=refusal, status=refusal.status)
    tell(request, _("Decided. Its author hears by mail."))
    return redirect("experts:reviews", organisation=by.organisation.slug)


@operator("see market")
@require_safe
def expert_review(request: MemberRequest, expert: UUID) -> HttpResponse:
    """GET /desk/<organisation>/revision-de-expertos/expertos/<id>/"""
    return _expert(request, expert)


@operator("run market")
@require_POST
def expert_decision(request: MemberRequest, expert: UUID) -> HttpResponse:
    """POST …/revision-de-expertos/expertos/<id>/decision/: `do` approved, returned or hidden (`note`)."""
    by = request.member
    try:
        api.decide_expert(expert=expert, state=request.POST.get("do", ""), note=request.POST.get("note", ""), by=by, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        return _expert(request, expert, refusal=refusal, status=refusal.status)
    tell(request, _("Decided. Its author hears by mail."))
    return redirect("experts:reviews", organisation=by.organisation.slug)


@operator("run market")
@require_http_methods(["POST"])
def point_decision(request: MemberRequest, point: UUID) -> HttpResponse:
    """POST …/revision-de-expertos/fuentes/<id>/decision/: `do` approve or decline (`reason`)."""
    by = request.member
    try:
        api.decide_point(point=point, approve=request.POST.get("do") == "approve", reason=request.POST.get("reason", ""), by=by, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        context = {
            "waiting": reviewing.waiting(),
            "form": ReviewForm(review=reviewing.review_now()),
            "may_decide": True,
            "here": by.organisation.slug,
        }
        return refuse(request, refusal, "experts/desk/reviews.html", context)
    tell(request, _("Decided. Its author hears by mail."))
    return redirect("experts:reviews", organisation=by.organisation.slug)


def _question(
    request: MemberRequest, question: UUID, *, form: EditForm | None = None, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    row = desk.question_for(request.member.organisation.pk, question)
    found = row.question
    context: dict[str, Any] = {
        "row": row,
        "question": found,
        "form": form or EditForm(question=found),
        "refusal": refusal,
        "similar": [one for one in similar_to(found.title) if one.pk != found.pk],
        "may_decide": request.member.may("run market"),
        "may_see_addresses": request.member.may("see contacts"),
        "typed": request.POST.get("reason", ""),
        "here": request.member.organisation.slug,
    }
    return page(request, "experts/desk/question.html", context, status=status)


def _answer(request: MemberRequest, answer: UUID, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    found = reviewing.answer_for_market(answer)
    with for_market(reviewing.WHY):
        question = PublicQuestion.objects.filter(pk=found.question_id).first()
        drawn = render_html(read(found.draft), language=found.language)
        shown = render_html(read(found.document), language=found.language) if found.published and found.document != found.draft else ""
    context = {
        "answer": found, "question": question, "drawn": drawn, "shown": shown, "refusal": refusal, "typed": request.POST.get("note", ""),
        "may_decide": request.member.may("run market"), "here": request.member.organisation.slug,
    }  # fmt: skip
    return page(request, "experts/desk/answer_review.html", context, status=status)


def _expert(request: MemberRequest, expert: UUID, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    found = reviewing.expert_for_market(expert)
    with for_market(reviewing.WHY):
        points = desk.points_of(found)
    context = {
        "expert": desk.as_proposed(found), "before": found if found.proposed else None, "points": points, "fields": fields_named(found.fields), "refusal": refusal, "typed": request.POST.get("note", ""),
        "may_decide": request.member.may("run market"), "here": request.member.organisation.slug,
    }  # fmt: skip
    return page(request, "experts/desk/expert_review.html", context, status=status)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(_("Choose a question that is on show."), field="to") from None
