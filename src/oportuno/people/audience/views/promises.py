"""Promises of an answer that sellers broke, for the operator."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.ui.pages import page
from oportuno.people.audience.queries.promises import broken_promises
from oportuno.people.organisations.api import MemberRequest, operator


@require_safe
@operator("see market")
def promises(request: MemberRequest) -> HttpResponse:
    """Who lets people wait, the longest first; what was asked stays with the seller."""
    return page(request, "audience/promises.html", {"rows": broken_promises(now())})
