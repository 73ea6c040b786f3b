"""Questions in the workbench: what waits, by when it is promised, and the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel import formats
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, refuse, tell
from oportuno.people.audience.actions import asking
from oportuno.people.audience.actions.telling import set_notices
from oportuno.people.audience.forms import HoursForm
from oportuno.people.audience.models import Question, QuestionState
from oportuno.people.audience.queries.promises import wants_notices
from oportuno.people.audience.queries.questions import (
    PAGE,
    hours_of,
    open_questions,
    published_answer_of,
    question_for,
    settled_questions,
)
from oportuno.people.audience.rules.promises import Hours
from oportuno.people.audience.views.lists import asked_place, place_of
from oportuno.people.organisations.api import MemberRequest, member

SETTLED = (QuestionState.ANSWERED, QuestionState.CLOSED)


@require_safe
@member("answer")
def questions(request: MemberRequest) -> HttpResponse:
    """What waits, the most urgent first; `show` is answered or closed."""
    state = request.GET.get("show", "")
    state = state if state in SETTLED else QuestionState.OPEN
    place = asked_place(request, UUID)
    rows = (
        open_questions(request.member, after=place)
        if state == QuestionState.OPEN
        else settled_questions(request.member, state, before=place)
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    following = (last.due_at if state == QuestionState.OPEN else last.asked_at, last.pk) if last else None
    at = now()
    shown = [(one, one.is_late(at)) for one in rows[:PAGE]]
    context = {"rows": shown, "next": place_of(following), "state": str(state), "notices": wants_notices(request.member)}  # type: ignore[arg-type]
    return page(request, "audience/questions.html#rows", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member("answer")
def notices(request: MemberRequest) -> HttpResponse:
    """Whether I get mail about questions: mine alone. The mail itself links here."""
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "yes"
        set_notices(by=request.member, wanted=wanted)
        tell(request, _("You get mail about questions.") if wanted else _("You get no more mail about questions."))
        return redirect("audience:notices", request.member.organisation.slug)
    return page(request, "audience/notices.html", {"notices": wants_notices(request.member)})


@require_safe
@member("answer")
def question(request: MemberRequest, question: UUID) -> HttpResponse:
    return page(request, "audience/question.html", _card(request, question_for(request.member, question)))


@require_POST
@member("answer")
def answer(request: MemberRequest, question: UUID) -> HttpResponse:
    found = question_for(request.member, question)
    text = request.POST.get("answer", "")
    try:
        asking.answer_question(question=found, text=text, by=request.member, at=now())
    except Refusal as refusal:
        return refuse(request, refusal, "audience/question.html", {**_card(request, found), "typed": text})
    tell(request, _("Your answer is on its way by mail."))
    return redirect("audience:question", request.member.organisation.slug, found.pk)


@require_POST
@member("answer")
def closing(request: MemberRequest, question: UUID) -> HttpResponse:
    asking.close_question(question=question_for(request.member, question), by=request.member, at=now())
    tell(request, _("The question was put away."))
    return redirect("audience:questions", request.member.organisation.slug)


@require_POST
@member("answer")
def publication(request: MemberRequest, question: UUID) -> HttpResponse:
    """Show it to everybody in these words, or (`hide`) to nobody."""
    found = question_for(request.member, question)
    if request.POST.get("hide"):
        asking.hide_answer(question=found)
        tell(request, _("Nobody sees it on your pages any more."))
    else:
        words = {"asked": request.POST.get("asked", ""), "answered": request.POST.get("answered", "")}
        asking.publish_answer(question=found, by=request.member, at=now(), **words)
        tell(request, _("Everybody sees it on your pages now."))
    return redirect("audience:question", request.member.organisation.slug, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@member("manage organisation")
def hours(request: MemberRequest) -> HttpResponse:
    """When we answer."""
    now_open = hours_of(request.member.organisation)
    known = {
        "weekdays": sorted(now_open.weekdays),
        "opens": now_open.opens,
        "closes": now_open.closes,
        "within_hours": now_open.within_hours,
    }
    form = HoursForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = Hours(frozenset(given["weekdays"]), given["opens"], given["closes"], given["within_hours"], now_open.zone)
        try:
            asking.set_answer_hours(hours=wanted, by=request.member, at=now())
        except Refusal as refusal:
            return refuse(
                request,
                refusal,
                "audience/answer_hours.html",
                {"form": form, "zone": formats.zone(now_open.zone, formats.locale_of(get_language() or "es"))},
            )
        tell(request, _("Saved. New questions are promised by these hours."))
        return redirect("audience:questions", request.member.organisation.slug)
    return page(
        request,
        "audience/answer_hours.html",
        {"form": form, "zone": formats.zone(now_open.zone, formats.locale_of(get_language() or "es"))},
        status=422 if form.errors else 200,
    )


def _card(request: MemberRequest, found: Question) -> dict[str, Any]:
    return {
        "question": found,
        "contact": found.contact,
        "late": found.is_late(now()),
        "published": published_answer_of(found),
        "may_see_contact": request.member.may("see contacts"),
    }
