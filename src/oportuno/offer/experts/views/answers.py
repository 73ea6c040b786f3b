"""Answering public questions, in a seller's workbench."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.content import kept_while_typing, read
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_public
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.experts import api
from oportuno.offer.experts.forms.desk import AnswerForm, WhoForm
from oportuno.offer.experts.models import AnswerState, Expert
from oportuno.offer.experts.queries import desk
from oportuno.offer.experts.queries.fields import fields
from oportuno.offer.experts.queries.questions import answers_to, shown_question
from oportuno.people.organisations.api import MemberRequest, member

TONES = {"draft": "neutral", "waiting": "waiting", "returned": "warning", "shown": "good", "declined": "bad", "hidden": "neutral"}


@member("see")
@require_safe
def open_questions(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/preguntas-del-mercado/: what is asked in its field, and it has not answered."""
    here = request.member
    whole = request.GET.get("todas") == "1"
    lines, after = desk.open_for(here.organisation.pk, whole=whole, after=request.GET.get("after", ""))
    context = {
        "lines": lines,
        "older": f"?{urlencode({**({'todas': '1'} if whole else {}), 'after': after})}" if after else "",
        "whole": whole,
        "titles": {one.slug: one.title for one in fields()},
        "experts": list(Expert.objects.filter(organisation_id=here.organisation.pk).order_by("name")),
        "may_write": here.may("write content"),
        "may_edit": here.may("publish content"),
        "here": here.organisation.slug,
    }
    return page(request, "experts/desk/open_questions.html", context)


@member("see")
@require_safe
def answers(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/preguntas-del-mercado/respuestas/"""
    here = request.member
    state = request.GET.get("state", "")
    state = state if state in AnswerState.values else ""
    tabs: list[dict[str, Any]] = [{"label": _("All"), "href": "?", "current": not state}]
    tabs += [{"label": AnswerState(one).label, "href": f"?state={one}", "current": one == state} for one in AnswerState.values]
    context = {
        "rows": desk.answers_of(here.organisation.pk, state),
        "tabs": tabs,
        "tones": TONES,
        "may_write": here.may("write content"),
        "here": here.organisation.slug,
    }
    return page(request, "experts/desk/answers.html", context)


@member("write content")
@require_POST
def beginning(request: MemberRequest, slug: str) -> HttpResponse:
    """POST /desk/<organisation>/preguntas-del-mercado/<slug>/respuesta/: `expert` answers."""
    here = request.member
    form = WhoForm(request.POST, experts=list(Expert.objects.filter(organisation_id=here.organisation.pk)))
    if not form.is_valid():
        raise Refusal(_("Choose who answers."), field="expert")
    with for_public():
        question = shown_question(slug)
    made = api.begin_answer(question=question.pk, expert=UUID(form.cleaned_data["expert"]), by=here, at=now())
    return redirect("experts:answer", organisation=here.organisation.slug, answer=made.pk)


@member("write content")
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, answer: UUID) -> HttpResponse:
    """GET, POST /desk/<organisation>/preguntas-del-mercado/respuestas/<id>/: `do` keep or hand_in."""
    here, at = request.member, now()
    row = desk.answer_for(here.organisation.pk, answer)
    form = AnswerForm(request.POST if request.method == "POST" else None, answer=row.answer, slug=here.organisation.slug)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "hand_in":
                done = api.hand_in_answer(answer=answer, content=form.cleaned_data["content"], by=here, at=at)
                tell(
                    request, _("It is on show.") if done.state == AnswerState.SHOWN else _("Handed in. The market reads it, and you hear.")
                )
            else:
                api.keep_answer(answer=answer, content=form.cleaned_data["content"], by=here, at=at)
                tell(request, _("Saved."))
            return redirect("experts:answer", organisation=here.organisation.slug, answer=answer)
        except Refusal as refusal:
            status = show_refusal(form, refusal)
    return _page(request, row, form, 422 if form.errors and status == 200 else status)


@member("write content")
@require_http_methods(["PUT"])
def draft(request: MemberRequest, answer: UUID) -> HttpResponse:
    """PUT …/respuestas/<id>/borrador/?seen=<moment>: what one types, kept while one types. JSON in and out."""

    def keep(given: Mapping[str, Any]) -> tuple[datetime, int]:
        seen = datetime.fromisoformat(request.GET.get("seen", ""))
        kept = api.keep_answer(answer=answer, content=read(given["content"]), seen=seen, by=request.member, at=now())
        return kept.changed_at, 0

    return kept_while_typing(request, keep)


@member("publish content")
@require_POST
def hiding(request: MemberRequest, answer: UUID) -> HttpResponse:
    """POST /desk/<organisation>/preguntas-del-mercado/respuestas/<id>/retiro/"""
    api.hide_answer(answer=answer, by=request.member, at=now())
    tell(request, _("Taken back: nobody reads it any more."))
    return redirect("experts:answer", organisation=request.member.organisation.slug, answer=answer)


def _page(request: MemberRequest, row: desk.AnswerRow, form: AnswerForm, status: int) -> HttpResponse:
    with for_public():
        others = [one for one in answers_to(row.question) if one.answer.pk != row.answer.pk] if row.question else []
    context = {
        "answer": row.answer,
        "question": row.question,
        "others": others,
        "form": form,
        "tone": TONES[row.answer.state],
        "may_hand_in": request.member.may("publish content"),
        "here": request.member.organisation.slug,
    }
    return page(request, "experts/desk/answer.html", context, status=status)
