"""The workbench's own pages: today, jobs and dead letters, audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oportuno.doors.backoffice import actions, queries
from oportuno.doors.backoffice.words import FIGURES, FIGURES_OF_MARKET, PAGES
from oportuno.kernel.clock import now
from oportuno.kernel.desk import tasks
from oportuno.kernel.formats import locale_of
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.api import Member, MemberRequest, PersonRequest, member, memberships_of, operator, person


@person
def entrance(request: HttpRequest) -> HttpResponse:
    """Whoever comes to /desk/ is led to her organisation, or asked to found one."""
    found = memberships_of(cast(PersonRequest, request).person)
    return redirect("desk:today", found[0].organisation.slug) if found else redirect("organisations:found")


@member("see")
def today(request: MemberRequest) -> HttpResponse:
    """At most seven things to do, a few figures, and what changed since yesterday."""
    at = now()
    return page(
        request,
        "backoffice/today.html",
        {
            "tasks": tasks(request.member, at),
            "figures": _figures(request.member, at),
            "year": _year(request.member, at),
            "changes": queries.changes_since(at),
            "date": _written(at),
        },
    )


def _written(at: datetime) -> str:
    """The date in full, where the reader is: "domingo, 22 de noviembre de 2026"."""
    return format_date(localtime(at).date(), "full", locale=locale_of(get_language() or "es-co"))


def _figures(reader: Member, at: datetime) -> list[dict[str, Any]]:
    """Three figures of the last seven days, with the trend against the seven before, each with the way to its rows."""
    figures: list[dict[str, Any]] = []
    words = FIGURES_OF_MARKET if reader.organisation.is_operator else FIGURES
    counted = queries.per_day(list(words), at)
    for kind, word in words.items():
        days = counted[kind]
        before, last = sum(days[:7]), sum(days[7:])
        trend = (last - before) / before if before else None
        figures.append({"label": word, "value": last, "trend": trend, "points": days, "href": _rows_behind(kind, reader)})
    return figures


def _rows_behind(kind: str, reader: Member) -> str:
    name, permission = PAGES.get(kind, ("", ""))
    return reverse(name, args=[reader.organisation.slug]) if name and (not permission or reader.may(permission)) else ""


def _year(reader: Member, at: datetime) -> dict[str, Any]:
    """Twelve months of what tells most: searches of the market, visits of a seller. Nothing before the first of them."""
    kind, title = (
        ("search.searched", _("Searches by month")) if reader.organisation.is_operator else ("audience.page_viewed", _("Visits by month"))
    )
    months = queries.per_month(kind, at)
    locale = locale_of(get_language() or "es-co")
    labels = [format_date(begins.date(), "MMM", locale=locale) for begins, _count in months]
    values = [count for _begins, count in months]
    return {"title": title, "labels": labels, "values": values} if any(values[:-1]) else {}


@operator("see market")
def jobs(request: MemberRequest) -> HttpResponse:
    """Jobs by state, dead letters first."""
    state = request.GET.get("estado", "failed")
    before = request.GET.get("antes", "")
    rows = queries.jobs_page(state, before=int(before) if before.isdecimal() else None)
    return page(
        request,
        "backoffice/jobs.html#rows",
        {
            "rows": rows,
            "state": state,
            "states": _tabs(state),
            "parked": queries.parked_facts(),
            "workers": queries.workers_alive(now()),
            "older": rows[-1].id if len(rows) == queries.PAGE else None,
        },
    )


def _tabs(current: str) -> list[dict[str, object]]:
    counts = queries.jobs_by_state()
    words = {"failed": _("Dead letters"), "todo": _("Waiting"), "doing": _("Running"), "succeeded": pgettext("jobs", "Done")}
    return [
        {"label": word, "href": f"?estado={state}", "count": counts[state], "current": state == current} for state, word in words.items()
    ]


@operator("replay jobs")
@require_POST
def job_replay(request: MemberRequest, job: int) -> HttpResponse:
    """Set a dead letter going again."""
    actions.replay_job(job=job, by=request.member, at=now())
    tell(request, _("The job is in the queue again."))
    return redirect(reverse("desk:jobs", args=[request.member.organisation.slug]))


@operator("replay jobs")
@require_POST
def fact_replay(request: MemberRequest, parked: int) -> HttpResponse:
    """Let a reader try again what it could not take."""
    actions.replay_parked_fact(parked=parked, by=request.member, at=now())
    tell(request, _("The reader has taken it."))
    return redirect(reverse("desk:jobs", args=[request.member.organisation.slug]))


@member("manage organisation")
def audit(request: MemberRequest) -> HttpResponse:
    """Who did what that somebody may ask about."""
    before = request.GET.get("antes", "")
    rows = queries.audit_page(before=int(before) if before.isdecimal() else None)
    return page(request, "backoffice/audit.html#rows", {"rows": rows, "older": rows[-1].number if len(rows) == queries.PAGE else None})
