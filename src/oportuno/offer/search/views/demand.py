"""What the market looks for: the operator's page."""

from __future__ import annotations

from typing import Any, cast, get_args

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.search.actions.demand import handle_demand
from oportuno.offer.search.queries.demand import Show, demand_page
from oportuno.people.organisations.api import MemberRequest, operator


@require_safe
@operator("see market")
def demand(request: MemberRequest) -> HttpResponse:
    """Looked for in vain, looked for most, and what was answered."""
    show = cast(Show, request.GET.get("ver") if request.GET.get("ver") in get_args(Show) else "unmet")
    rows, following = demand_page(show, at=now(), after=_after(request.GET.get("despues", "")))
    older = f"?{urlencode({'ver': show, 'despues': f'{following[0]!r}_{following[1]}'})}" if following else ""
    return page(
        request,
        "search/demand.html#rows",
        {
            "rows": rows,
            "show": show,
            "tabs": _tabs(show),
            "older": older,
            "may_handle": request.member.may("run market"),
            "searching": reverse("search:suggestions").removesuffix("sugerencias/"),
        },
    )


@require_POST
@operator("run market")
def handled(request: MemberRequest, demand: int) -> HttpResponse:
    """Mark one as answered."""
    one = handle_demand(demand=demand, by=request.member, at=now())
    tell(request, _("“%(words)s” is marked as answered.") % {"words": one.shown})
    return redirect("search:demand", organisation=request.member.organisation.slug)


def _tabs(current: str) -> list[dict[str, Any]]:
    words = {"unmet": _("In vain"), "popular": _("Most looked for"), "handled": pgettext("demand", "Answered")}
    icons = {"unmet": "search", "popular": "trending-up", "handled": "check"}
    return [{"label": word, "href": f"?ver={show}", "icon": icons[show], "current": show == current} for show, word in words.items()]


def _after(text: str) -> tuple[float, int] | None:
    measure, _underscore, number = text.partition("_")
    try:
        return float(measure), int(number)
    except ValueError:
        return None
