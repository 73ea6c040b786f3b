"""Asking all experts, and following one's own question by the link in the mails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import open_to_all, public
from oportuno.kernel.ui.pages import page, refuse, tell
from oportuno.offer.experts import api
from oportuno.offer.experts.forms.public import QuestionForm
from oportuno.offer.experts.models import Listener, PublicQuestion
from oportuno.offer.experts.queries.own_links import Asker, read_token
from oportuno.offer.experts.queries.questions import answers_to, similar_lines
from oportuno.people.audience.api import Purpose, keep_pace, words_for
from oportuno.people.audience.api.requests import circumstances, language_of, pace_forms, verified_addresses
from oportuno.people.organisations.api import market_operator

PER_ADDRESS = 5  # questions a day from one address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("a stranger asks all experts; nobody sees it before the address is confirmed and the market has decided")
def asking(request: HttpRequest) -> HttpResponse:
    """GET, POST /preguntas/nueva/. Before it is sent, whoever asks sees what asks much the same."""
    at = now()
    form = QuestionForm(request.POST or None, initial=_beginning(request), at=at)
    context: dict[str, Any] = {"form": form, "words": words_for(market_operator(), Purpose.ANSWER, language_of(request), at)}
    if request.method != "POST":
        return page(request, "experts/asking.html", context)
    if not form.is_valid():
        return page(request, "experts/asking.html", context, status=422)
    if not form.cleaned_data["seen"] and (similar := similar_lines(form.cleaned_data["title"])):
        return page(request, "experts/asking.html", {**context, "similar": similar})
    try:
        if not form.is_trap:
            _ask(request, form)
    except Refusal as refusal:
        return refuse(request, refusal, "experts/asking.html", context)
    return redirect("experts:asked")


@require_safe
@open_to_all("says the same to everybody")
def asked(request: HttpRequest) -> HttpResponse:
    return page(request, "experts/look_at_your_mail.html")


@require_safe
@public
def similar(request: HttpRequest) -> HttpResponse:
    """GET /preguntas/parecidas/?q=: what asks much the same, while one types."""
    found = similar_lines(request.GET.get("q", "").replace("\0", "")[:200])
    told = [
        {"label": one.question.title, "url": reverse("experts:question", args=[one.question.slug]), "hint": _count(one.answers)}
        for one in found
    ]
    return JsonResponse(told, safe=False)


@never_cache
@require_safe
@open_to_all("whoever holds the link from the mail; reading changes nothing")
def own_question(request: HttpRequest, token: str) -> HttpResponse:
    """GET /preguntas/mia/<token>/: what became of it, and which answer solved it."""
    asker = read_token(token)
    found, is_asker = _own(asker)
    with for_public():
        answers = answers_to(found) if found.published else []
    context = {"question": found, "answers": answers, "token": token, "is_asker": is_asker}
    return page(request, "experts/own_question.html", context)


@never_cache
@require_POST
@open_to_all("whoever holds the link from the mail says which answer solved her question")
def solution(request: HttpRequest, token: str) -> HttpResponse:
    """POST /preguntas/mia/<token>/solucion/: `answer`, "" to take it back."""
    asker = read_token(token)
    said = request.POST.get("answer", "")
    try:
        answer = UUID(said) if said else None
    except ValueError:
        raise NotFound from None
    with for_organisation(market_operator().pk):
        api.solve_question(question=asker.question, answer=answer, contact=asker.contact, at=now())
    tell(request, _("Thank you: readers see that this answer solved it.") if answer else _("It is open again."))
    return redirect("experts:own_question", token)


@never_cache
@require_POST
@open_to_all("whoever holds the link from the mail takes back a question that nobody has seen")
def withdrawal(request: HttpRequest, token: str) -> HttpResponse:
    """POST /preguntas/mia/<token>/retiro/"""
    asker = read_token(token)
    with for_organisation(market_operator().pk):
        api.withdraw_question(question=asker.question, contact=asker.contact, at=now())
    tell(request, _("Taken back: nobody sees it."))
    return redirect("experts:own_question", token)


def _ask(request: HttpRequest, form: QuestionForm) -> None:
    at, said, operator = now(), form.cleaned_data, market_operator()
    pace_forms(request, "public question")
    keep_pace("public question", said["email"].key, limit=PER_ADDRESS, within=timedelta(days=1), at=at)
    asking = api.Asking(said["title"], said["details"], said["field"], said["name"])
    how = circumstances(request, "public question form")
    with for_organisation(operator.pk):
        api.ask_experts(
            organisation=operator, asking=asking, email=said["email"], circumstances=how,
            proven=said["email"].key in verified_addresses(request), at=at,
        )  # fmt: skip


def _own(asker: Asker) -> tuple[PublicQuestion, bool]:
    with for_organisation(market_operator().pk):
        found = PublicQuestion.objects.filter(pk=asker.question).select_related("joined_to").first()
        listener = Listener.objects.filter(question=asker.question, contact_id=asker.contact).first()
    if found is None or listener is None:
        raise NotFound
    return found, listener.asked


def _beginning(request: HttpRequest) -> dict[str, str]:
    """What the page that led here knows, and who has signed in."""
    begun = {"title": request.GET.get("q", "").replace("\0", "")[:200], "field": request.GET.get("campo", "")[:60]}
    if request.user.is_authenticated:
        begun["email"] = str(request.user.email)  # type: ignore[union-attr]
    return begun


def _count(answers: int) -> str:
    return ngettext("%(n)s answer", "%(n)s answers", answers) % {"n": answers} if answers else _("No answer yet")
