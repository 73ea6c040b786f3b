"""Asking a seller: a page of its own, never cached, and the same form as a part for a dialog."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import is_htmx, page, refuse, tell
from oportuno.people.audience.actions.questioning import ask
from oportuno.people.audience.actions.visiting import keep_pace
from oportuno.people.audience.forms import QuestionForm
from oportuno.people.audience.models import Purpose, Question, QuestionState
from oportuno.people.audience.queries.questions import hours_of, published_answers
from oportuno.people.audience.queries.words import words_for
from oportuno.people.audience.views.requests import circumstances, language_of, open_seller, pace_forms, verified_addresses
from oportuno.people.organisations.api import Organisation

PER_ADDRESS = 5  # questions a day from one address to one seller


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("a stranger asks a seller; the seller sees it when the address is confirmed by mail")
def asking(request: HttpRequest, seller: str) -> HttpResponse:
    organisation = open_seller(seller)
    form = QuestionForm(request.POST or None, initial=_beginning(request), at=now(), country=organisation.country)
    context = _context(request, organisation, form)
    if request.method != "POST":
        return page(request, "audience/asking.html#form", context)
    if not form.is_valid():
        return page(request, "audience/asking.html#form", context, status=422)
    try:
        question = None if form.is_trap else _ask(request, organisation, form)
    except Refusal as refusal:
        return refuse(request, refusal, "audience/asking.html#form", context)
    if question and question.state == QuestionState.OPEN and _is_proven(request, form) and not is_htmx(request):
        tell(request, _("%(name)s has your question.") % {"name": organisation.name})
        return redirect("audience:my-questions")
    if is_htmx(request):
        return page(request, "audience/asking.html#asked", {"organisation": organisation})
    return redirect("audience:asked", seller)


@require_safe
@open_to_all("says the same to everybody")
def asked(request: HttpRequest, seller: str) -> HttpResponse:
    return page(request, "audience/look_at_your_mail.html", {"organisation": open_seller(seller)})


def _is_proven(request: HttpRequest, form: QuestionForm) -> bool:
    """He is signed in with the address that he gave: only then may the page say more than to everybody."""
    return form.cleaned_data["email"].key in verified_addresses(request)


def _ask(request: HttpRequest, organisation: Organisation, form: QuestionForm) -> Question:
    at, given = now(), form.cleaned_data
    pace_forms(request, "question")
    keep_pace("question", f"{organisation.pk} {given['email'].key}", limit=PER_ADDRESS, within=timedelta(days=1), at=at)
    return ask(
        organisation=organisation,
        email=given["email"],
        phone=given["phone"],
        name=given["name"],
        text=given["text"],
        about_kind=given["about_kind"],
        about_id=given["about_id"],
        about_label=given["about_label"],
        with_bulletin=given["bulletin"],
        proven=_is_proven(request, form),
        circumstances=circumstances(request, "question form"),
        at=at,
    )


def _context(request: HttpRequest, organisation: Organisation, form: QuestionForm) -> dict[str, Any]:
    language, at = language_of(request), now()
    with for_organisation(organisation.pk):
        hours = hours_of(organisation)
    about = {"kind": request.GET.get("kind", ""), "id": request.GET.get("id", "")}
    with for_public():
        answers = published_answers(organisation.pk, about_kind=about["kind"], about_id=about["id"], limit=5)
    return {
        "organisation": organisation,
        "form": form,
        "words": words_for(organisation, Purpose.ANSWER, language, at),
        "bulletin_words": words_for(organisation, Purpose.BULLETIN, language, at),
        "hours": hours,
        "answers": answers,
        "about": form["about_label"].value(),
    }


def _beginning(request: HttpRequest) -> dict[str, str]:
    """What the page that led here said about the product, and who has signed in."""
    begun = {"about_kind": request.GET.get("kind", ""), "about_id": request.GET.get("id", ""), "about_label": request.GET.get("label", "")}
    if request.user.is_authenticated:
        begun |= {"name": str(request.user.name), "email": str(request.user.email)}  # type: ignore[union-attr]
    return begun
