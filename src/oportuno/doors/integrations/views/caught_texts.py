"""The inbox of the SMS catcher, in the operator's workbench. Only in development mode: elsewhere nothing is caught."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.doors.integrations.smscatcher.box import Box, caught_sms
from oportuno.kernel.errors import NotFound
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.api import MemberRequest, operator


@require_safe
@operator("see market")
def inbox(request: MemberRequest) -> HttpResponse:
    """The newest first; `q` are digits of the recipient."""
    q = request.GET.get("q", "").strip()[:40]
    return page(request, "integrations/caught_texts.html#texts", {"texts": _box().latest(q), "q": q})


@require_POST
@operator("run market")
def clearing(request: MemberRequest) -> HttpResponse:
    """Delete all caught texts."""
    _box().delete_all()
    tell(request, _("All caught texts were deleted."))
    return redirect("integrations:caught-texts", request.member.organisation.slug)


def _box() -> Box:
    if settings.PRODUCTION:
        raise NotFound
    return Box(caught_sms(settings.HOME))
