"""Questions as anybody reads them, and what readers say of answers. Pages kept for everybody: forms are told by their Origin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, NotFound, Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import open_to_all, public
from oportuno.kernel.ui.pages import is_from_own_page, show_refusal
from oportuno.kernel.ui.public import Meta, absolute, show
from oportuno.offer.experts import api
from oportuno.offer.experts.forms.public import FollowForm
from oportuno.offer.experts.models import PublicQuestion
from oportuno.offer.experts.queries.fields import fields, fields_named
from oportuno.offer.experts.queries.questions import (
    ShownAnswer,
    Wanted,
    answers_to,
    fields_asked,
    questions_page,
    related_to,
    shown_question,
)
from oportuno.offer.experts.rules import schema_org
from oportuno.offer.experts.views.crumbs import knowledge_crumbs
from oportuno.people.audience.api import Purpose, keep_pace, words_for
from oportuno.people.audience.api.requests import (
    circumstances,
    language_of,
    network_of,
    pace_forms,
    verified_addresses,
    visitor_of,
    voter_of,
)
from oportuno.people.organisations.api import market_operator

A_DAY, VOTES_A_DAY = timedelta(days=1), 20
STATES = ("", "open", "solved")


@require_safe
@public
def questions(request: HttpRequest) -> HttpResponse:
    """GET /preguntas/: the newest, of one field, without an answer, or like some words."""
    asked = request.GET
    known = fields()
    field = asked.get("campo", "")
    wanted = Wanted(
        field=field if any(one.slug == field for one in known) else "",
        state=asked.get("estado", "") if asked.get("estado", "") in STATES else "",
        language=asked.get("idioma", "") if asked.get("idioma", "") in ("es", "en") else "",
        words=asked.get("q", "").replace("\0", "")[:200].strip(),
    )
    counted = fields_asked()
    found = questions_page(wanted, after=asked.get("after", ""))
    meta = Meta(
        title=_("Questions to the experts"),
        description=_("Ask in public, and read what several experts answer, side by side."),
        crumbs=[*knowledge_crumbs(), (_("Questions"), "")],
        indexed=not asked,
    )
    context = {
        "found": found,
        "wanted": wanted,
        "fields": [(one, counted[one.slug]) for one in known if one.slug in counted],
        "titles": {one.slug: one.title for one in known},
        "next": f"?{urlencode({**{k: v for k, v in asked.items() if k != 'after'}, 'after': found.after})}" if found.after else "",
    }
    return show(request, "experts/questions.html", meta, context)


@require_safe
@public
def question(request: HttpRequest, slug: str) -> HttpResponse:
    """GET /preguntas/<slug>/: the question, and its answers side by side, the best first."""
    found = shown_question(slug)
    if found.slug != slug:
        return HttpResponseRedirect(reverse("experts:question", args=[found.slug]), status=301)
    return question_page(request, found)


def question_page(request: HttpRequest, found: PublicQuestion, *, form: FollowForm | None = None, status: int = 200) -> HttpResponse:
    """Acts for the public."""
    answers = answers_to(found)
    context = {
        "question": found,
        "field": next(iter(fields_named([found.field])), None) if found.field else None,
        "answers": answers,
        "related": related_to(found),
        "form": form or FollowForm(at=now()),
        "words": words_for(market_operator(), Purpose.TOPICS, language_of(request), now()),
        "heard": request.GET.get("dicho", ""),
        "voted": request.GET.get("voto", ""),
    }
    return show(request, "experts/question.html", _meta(found, answers), context, status=status)


@csrf_exempt
@require_POST
@open_to_all("a reader says whether an answer was useful, once; who says the other later has changed her mind")
def vote(request: HttpRequest, slug: str, answer: UUID) -> HttpResponse:
    """POST /preguntas/<slug>/respuestas/<answer>/utilidad/: `util` si or no."""
    must_be_ours(request)
    found, said = _shown(slug), request.POST.get("util")
    if said not in ("si", "no"):
        raise Refusal(_("Say yes or no."))
    at = now()
    keep_pace("vote", f"expert answer {answer} {network_of(request)}", limit=VOTES_A_DAY, within=A_DAY, at=at)
    voter = voter_of(request, f"expert answer {answer}")
    if api.vote_answer(answer=answer, useful=said == "si", voter=voter, visitor=visitor_of(request), at=at) != found.pk:
        raise NotFound
    return HttpResponseRedirect(f"{reverse('experts:question', args=[found.slug])}?voto={answer}#respuesta-{answer}")


@csrf_exempt
@require_POST
@open_to_all("somebody wants to hear of answers; nothing is sent until the address is confirmed by mail")
def following(request: HttpRequest, slug: str) -> HttpResponse:
    """POST /preguntas/<slug>/seguimiento/"""
    must_be_ours(request)
    found, form, status = _shown(slug), FollowForm(request.POST, at=now()), 422
    if form.is_valid():
        try:
            if not form.is_trap:
                _follow(request, found, form)
            return HttpResponseRedirect(f"{reverse('experts:question', args=[found.slug])}?dicho=correo#seguir")
        except Refusal as refusal:
            status = show_refusal(form, refusal)
    with for_public():
        return question_page(request, found, form=form, status=status)


def must_be_ours(request: HttpRequest) -> None:
    """Raises Forbidden for a form of another page."""
    if not is_from_own_page(request):
        raise Forbidden(_("This can be sent from our own pages only."))


def _follow(request: HttpRequest, found: PublicQuestion, form: FollowForm) -> None:
    pace_forms(request, "follow question")
    operator, email = market_operator(), form.cleaned_data["email"]
    how = circumstances(request, "follow question form")
    with for_organisation(operator.pk):
        api.follow_question(
            organisation=operator,
            question=found.pk,
            email=email,
            circumstances=how,
            proven=email.key in verified_addresses(request),
            at=now(),
        )


def _shown(slug: str) -> PublicQuestion:
    with for_public():
        return shown_question(slug)


def _meta(found: PublicQuestion, answers: list[ShownAnswer]) -> Meta:
    url = absolute(reverse("experts:question", args=[found.slug]))
    data = schema_org.qa_page(
        url=url, title=found.title, details=found.details, asker=found.shown_name, at=found.shown_at or found.asked_at,
        language=found.language, answers=[_said(url, one) for one in answers],
    )  # fmt: skip
    about = answers[0].answer.text if answers else found.details
    return Meta(
        title=found.title,
        description=about or _("A question that waits for its first answer."),
        crumbs=[*knowledge_crumbs(), (_("Questions"), reverse("experts:list")), (found.title, "")],
        data=[data],
        kind="article",
    )


def _said(url: str, one: ShownAnswer) -> schema_org.Said:
    answer: Any = one.answer
    return schema_org.Said(
        url=f"{url}#respuesta-{answer.pk}",
        text=answer.text,
        at=answer.shown_at,
        yes=answer.yes,
        author=answer.expert.name,
        author_url=absolute(reverse("experts:expert", args=[answer.house.slug, answer.expert.slug])),
        company=answer.house.name,
        solves=one.solves,
    )
