"""Guides: a question a page, what the answers find, and why."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.doors.marketplace.forms import GuideNewsForm
from oportuno.doors.marketplace.queries import cards
from oportuno.doors.marketplace.queries import guides as walks
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.rules import schema_org
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal, TooMany
from oportuno.kernel.isolation import for_public
from oportuno.kernel.policies import open_to_all, public
from oportuno.kernel.ui.pages import is_from_own_page, page, refuse
from oportuno.offer.guides import api as guides
from oportuno.offer.search import api as search
from oportuno.people.audience import api as audience
from oportuno.people.audience.api.requests import circumstances, language_of, network_of, pace_forms
from oportuno.people.organisations.api import market_operator

FIRST_COMPARED = 4
COUNTED = 240  # answers from one network in ten minutes that figures believe


@require_safe
@public
def all_guides(request: HttpRequest) -> HttpResponse:
    """GET /guias/: every guide on show, the newest first."""
    found = guides.shown_guides()
    meta = Meta(
        title=_("Guides to decide"),
        description=_("A few questions lead to what fits you, with the reasons, their sources, and what the market itself verified."),
        crumbs=[*_to_guides(), (_("Guides"), "")],
        indexed=not request.GET,
    )
    return show(request, "marketplace/guides.html", meta, {"guides": [(one, cards.cover(f"guia-{one.row.slug}")) for one in found]})


@require_safe
@public
def one_guide(request: HttpRequest, guide: str) -> HttpResponse:
    """GET /guias/<slug>/: what it decides, how many questions it asks, and who wrote it."""
    shown = guides.shown_guide(guide)
    language = language_of(request)
    meta = Meta(
        title=shown.title,
        description=shown.summary,
        crumbs=_crumbs(shown),
        data=[
            schema_org.guide(
                name=shown.title,
                description=shown.summary,
                url=absolute(reverse("market:guide", args=[guide])),
                steps=[one.ask.in_(language) for one in shown.content.questions],
                at=shown.row.changed_at,
            )
        ],
    )
    sources = {one.source.title: one.source for q in shown.content.questions for one in q.options if one.source}
    context = {
        "guide": shown,
        "questions": [one.ask.in_(language) for one in shown.content.questions],
        "sources": list(sources.values()),
        "owner": guides.maker_of(shown),
        "cover": cards.cover(f"guia-{guide}"),
    }
    return show(request, "marketplace/guide.html", meta, context)


@require_safe
@public
def step(request: HttpRequest, guide: str) -> HttpResponse:
    """GET /guias/<slug>/paso/?r.<question>=<option>…: the question that comes; `volver` goes back to one that was answered."""
    shown = guides.shown_guide(guide)
    answers = guides.answers_in(request.GET)
    walked = guides.walk(shown.content, answers, until=request.GET.get(walks.BACK, ""))
    if walked.now is None:
        return redirect(walks.onward(guide, walked))
    asked = walks.asked(shown, walked, answers)
    meta = Meta(
        title=f"{asked.ask} · {shown.title}", description=asked.hint or shown.summary, crumbs=_crumbs(shown, asked.ask), indexed=False
    )
    context = {"guide": shown, "asked": asked, "missed": walks.UNSAID in request.GET, "skipped": guides.SKIPPED}
    return show(request, "marketplace/guide_step.html", meta, context)


@csrf_exempt  # its form stands on pages that are kept for everybody; an answer changes nothing but where one goes
@require_POST
@open_to_all("somebody answers a guide's question and is sent on; figures count it without saying who")
def answers(request: HttpRequest, guide: str) -> HttpResponse:
    """POST /guias/<slug>/respuestas/: `question` and `option`, with all answers before; without them the walk begins."""
    at = now()
    with for_public():
        shown = guides.shown_guide(guide)
    question, given = request.POST.get("question", "")[:40], guides.answers_in(request.POST)
    counts = is_from_own_page(request) and _is_believed(request)
    if not question:
        if counts:
            guides.begin_walk(shown, at=at)
        return redirect(walks.step(guide, []))
    chosen = [one[:40] for one in request.POST.getlist("option")[:12]]
    chosen = [guides.SKIPPED] if guides.SKIPPED in chosen else chosen
    pairs = [(f"{guides.ANSWER}{key}", value) for key, values in given.items() for value in values]
    if not chosen:
        return redirect(walks.step(guide, pairs, **{walks.BACK: question, walks.UNSAID: "1"}))
    walked = guides.walk(shown.content, {**given, question: chosen})
    if counts:
        guides.answer(shown, answers={**given, question: chosen}, question=question, at=at)
    return redirect(walks.onward(guide, walked))


@require_safe
@public
def result(request: HttpRequest, guide: str) -> HttpResponse:
    """GET /guias/<slug>/resultado/?r.…: what fits, why, and where that is written; where nothing fits, what to let go."""
    shown = guides.shown_guide(guide)
    found = guides.find(shown.content, guides.answers_in(request.GET))
    if found.walk.now is not None:
        return redirect(walks.onward(guide, found.walk))
    fitting = [one for one in walks.products(found) if one.kind == "product"] if found.results.total else []
    slugs = [one.hit.url.strip("/").rpartition("/")[2] for one in fitting]
    advice = shown.content.advice.in_(language_of(request))
    context = {
        "guide": shown,
        "advice": advice,
        "said": walks.said(shown, found),
        "found": found,
        "firsts": slugs[:FIRST_COMPARED],
        "first": min(len(fitting), FIRST_COMPARED),
        "fitting": list(zip(fitting, slugs, strict=True)),
        "sellers": walks.sellers(shown, found) if fitting else [],
        "loosen": [] if fitting else walks.loosen(shown, found),
        "compare": walks.compare(shown, found, slugs[:FIRST_COMPARED]),
        "carried": walks.carried(shown, found),
        "pairs": guides.address_of(found.walk),
        "more": _search(found),
        "news": f"{reverse('market:guide-news', args=[guide])}?{urlencode(guides.address_of(found.walk))}",
    }
    meta = Meta(
        title=_("What fits you: %(guide)s") % {"guide": shown.title},
        description=advice or shown.summary,
        crumbs=_crumbs(shown, _("What fits you")),
        indexed=False,
    )
    return show(request, "marketplace/guide_result.html", meta, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("who walked a guide leaves an address for the market's news on it; nothing is sent until he confirms by mail")
def news(request: HttpRequest, guide: str) -> HttpResponse:
    """GET and POST /guias/<slug>/novedades/"""
    at, operator = now(), market_operator()
    with for_public():
        shown = guides.shown_guide(guide)
    form = GuideNewsForm(request.POST or None, at=at)
    words = audience.words_for(operator, audience.Purpose.BULLETIN, language_of(request), at)
    back = walks.result(guide, guides.address_of(guides.walk(shown.content, guides.answers_in(request.GET))))
    meta = Meta(
        title=_("Receive what is new on this"),
        description=shown.summary,
        crumbs=_crumbs(shown, _("Receive what is new on this")),
        indexed=False,
    )
    context: dict[str, Any] = {"guide": shown, "form": form, "words": words, "organisation": operator, "meta": meta, "back": back}
    if request.method != "POST":
        return page(request, "marketplace/guide_news.html", context)
    if not form.is_valid():
        return page(request, "marketplace/guide_news.html", context, status=422)
    if not form.is_trap:
        try:
            pace_forms(request, "guide")
            how = circumstances(request, "guide")
            guides.keep_result(shown, email=form.cleaned_data["email"], name=form.cleaned_data["name"], circumstances=how, at=at)
        except Refusal as refusal:
            return refuse(request, refusal, "marketplace/guide_news.html", context)
    return redirect("audience:bulletin-thanks")


def _is_believed(request: HttpRequest) -> bool:
    with suppress(TooMany):
        audience.keep_pace("guide answers", network_of(request) or "nowhere", limit=COUNTED, within=timedelta(minutes=10), at=now())
        return True
    return False


def _search(found: guides.Found) -> str:
    """All of it, in the search page, where one goes on narrowing."""
    return f"{reverse('market:search')}?{urlencode(search.to_address(found.results.query))}"


def _to_guides() -> list[tuple[str, str]]:
    return [home_crumb(), (_("Knowledge"), reverse("knowledge:home"))]


def _crumbs(shown: guides.Shown, *last: str) -> list[tuple[str, str]]:
    here = reverse("market:guide", args=[shown.row.slug])
    return [*_to_guides(), (_("Guides"), reverse("market:guides")), (shown.title, here if last else ""), *((one, "") for one in last)]
