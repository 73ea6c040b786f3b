"""Subscribing to the market's bulletin, and confirming by the link in the mail."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_public
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import page, refuse
from oportuno.people.audience.actions.asking import topics_known
from oportuno.people.audience.actions.confirming import confirm
from oportuno.people.audience.actions.subscribing import subscribe
from oportuno.people.audience.forms import BulletinForm
from oportuno.people.audience.models import Purpose
from oportuno.people.audience.queries.confirmations import pending
from oportuno.people.audience.queries.words import words_for
from oportuno.people.audience.views.requests import circumstances, language_of, pace_forms
from oportuno.people.organisations.api import market_operator


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("a stranger subscribes to the operator's bulletin; nothing is sent until he confirms by mail")
def bulletin(request: HttpRequest) -> HttpResponse:
    at, operator, language = now(), market_operator(), language_of(request)
    form = BulletinForm(request.POST or None, at=at, language=language)
    context = {"form": form, "organisation": operator, "words": words_for(operator, Purpose.BULLETIN, language, at)}
    if request.method != "POST":
        return page(request, "audience/bulletin.html", context)
    if not form.is_valid():
        return page(request, "audience/bulletin.html#form", context, status=422)
    if not form.is_trap:
        try:
            pace_forms(request, "bulletin")
            subscribe(
                organisation=operator,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                topics=topics_known(form.cleaned_data.get("topics", []), language),
                circumstances=circumstances(request, "bulletin form"),
                at=at,
            )
        except Refusal as refusal:
            return refuse(request, refusal, "audience/bulletin.html#form", context)
    return redirect("audience:bulletin-thanks")


@require_safe
@open_to_all("says the same to everybody")
def bulletin_thanks(request: HttpRequest) -> HttpResponse:
    return page(request, "audience/look_at_your_mail.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("whoever holds the link from the mail; reading changes nothing, the button confirms")
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    found = pending(token)
    context = {"pending": found, "expired": now() >= found.expires_at}
    if request.method != "POST":
        return page(request, "audience/confirmation.html", context)
    try:
        done = confirm(token=token, circumstances=circumstances(request, "link in a mail"), questions=_shown(request), at=now())
    except Refusal as refusal:
        return refuse(request, refusal, "audience/confirmation.html", context)
    with for_public():
        return page(request, "audience/confirmed.html", {"done": done})


def _shown(request: HttpRequest) -> list[UUID]:
    """The questions that the page showed, as it says."""
    shown = []
    for text in request.POST.getlist("question")[:10]:
        with suppress(ValueError):
            shown.append(UUID(text))
    return shown
