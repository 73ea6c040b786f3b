"""Bulletins that make themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.growth.campaigns.actions import making
from oportuno.growth.campaigns.forms import SeriesForm
from oportuno.growth.campaigns.models import Series
from oportuno.growth.campaigns.queries.rendering import rendered
from oportuno.growth.campaigns.queries.series import made_by, series_for, series_listed
from oportuno.growth.campaigns.views.parts import in_a_frame, to_campaign
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.middleware import framing_ourselves
from oportuno.kernel.ui.pages import page, show_refusal, tell, warn
from oportuno.people.organisations.api import MemberRequest, member


@require_safe
@member("see campaigns")
def listed(request: MemberRequest) -> HttpResponse:
    """GET …/boletines/"""
    rows = series_listed()
    context = {"here": request.member.organisation.slug, "rows": rows, "may_send": request.member.may("send campaigns")}
    return page(request, "campaigns/series.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member("send campaigns")
def new(request: MemberRequest) -> HttpResponse:
    """GET and POST …/boletines/nuevo/"""
    language = get_language() or "es-co"
    form = SeriesForm(
        request.POST or None, language=language, asks_topics=request.member.organisation.is_operator, initial=_usual(request, language)
    )
    if form.is_valid():
        try:
            made = making.begin_series(by=request.member, at=now(), **form.said)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("It makes itself from now on."))
            return redirect("campaigns:one-series", request.member.organisation.slug, made.pk)
    context = {"here": request.member.organisation.slug, "form": form}
    return page(request, "campaigns/one_series.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member("send campaigns")
def one(request: MemberRequest, series: UUID) -> HttpResponse:
    """GET and POST …/boletines/<id>/: its rule, what the next one would hold, those that were made."""
    found = series_for(series)
    form = SeriesForm(
        request.POST or None, language=found.language, asks_topics=request.member.organisation.is_operator, initial=_initial(found)
    )
    if form.is_valid():
        try:
            making.change_series(series=found.pk, by=request.member, at=now(), **form.said)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved. It counts from the next one on."))
            return redirect("campaigns:one-series", request.member.organisation.slug, found.pk)
    context = {
        "here": request.member.organisation.slug,
        "series": found,
        "form": form,
        "news": making.preview_of(found, request.member.organisation),
        "may_send": request.member.may("send campaigns"),
        "made": made_by(found),
    }
    return framing_ourselves(page(request, "campaigns/one_series.html", context, status=422 if form.errors else 200))


@require_safe
@member("see campaigns")
def next_number(request: MemberRequest, series: UUID) -> HttpResponse:
    """GET …/boletines/<id>/vista/: the mail that it would make now, as a reader gets it who chose no topics."""
    found, owner = series_for(series), request.member.organisation
    news = making.preview_of(found, owner)
    if not news:
        raise NotFound
    return in_a_frame(rendered(*making.composed(found, owner, news, at=now())).html)


@require_POST
@member("send campaigns")
def leaving_out(request: MemberRequest, series: UUID) -> HttpResponse:
    """POST …/boletines/<id>/omision/: `piece` is not told of in the next one; `back`: it is after all."""
    out = not request.POST.get("back")
    try:
        making.leave_out(series=series, piece=request.POST.get("piece", ""), out=out, by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("Left out of the next one.") if out else _("The next one tells of it again."))
    return redirect("campaigns:one-series", request.member.organisation.slug, series)


@require_POST
@member("send campaigns")
def pausing(request: MemberRequest, series: UUID) -> HttpResponse:
    """POST …/boletines/<id>/pausa/: it makes itself no more."""
    return _set_active(request, series, active=False)


@require_POST
@member("send campaigns")
def going_on(request: MemberRequest, series: UUID) -> HttpResponse:
    """POST …/boletines/<id>/continuacion/"""
    return _set_active(request, series, active=True)


def _set_active(request: MemberRequest, series: UUID, *, active: bool) -> HttpResponse:
    making.set_active(series=series, active=active, by=request.member, at=now())
    tell(
        request, _("It makes itself again, from its next day on.") if active else _("Paused. It makes no bulletin until you let it go on.")
    )
    return redirect("campaigns:one-series", request.member.organisation.slug, series)


@require_POST
@member("send campaigns")
def making_now(request: MemberRequest, series: UUID) -> HttpResponse:
    """POST …/boletines/<id>/ahora/: do not wait for its day."""
    made = making.make_bulletin(series=series_for(series).pk, by=request.member, at=now())
    if made is None:
        tell(request, _("Nothing is new since the last one, so there is no bulletin."))
        return redirect("campaigns:one-series", request.member.organisation.slug, series)
    tell(request, _("Made of what is new."))
    return to_campaign(request, made.pk)


def _usual(request: MemberRequest, language: str) -> dict[str, Any]:
    operator = request.member.organisation.is_operator
    return {
        "name": _("What is new"),
        "subject": "{title}",
        "kinds": ["posts", "products", "articles"] if operator else ["posts", "products"],
        "purpose": "bulletin",
        "language": "en" if language.startswith("en") else language,
        "rhythm": "week",
        "weekday": 1,
        "hour": 9,
        "most": 6,
        "fits": True,
        "active": True,
    }


def _initial(series: Series) -> dict[str, Any]:
    names = (
        "name", "subject", "intro", "sender", "reply_to", "kinds", "sectors", "purpose", "language", "rhythm", "weekday", "hour", "most", "fits", "active",
    )  # fmt: skip
    return {**{name: getattr(series, name) for name in names}, "segments": series.audience.get("segments", [])}
