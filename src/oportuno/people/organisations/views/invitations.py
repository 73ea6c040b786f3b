"""The page behind an invitation's link."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Forbidden, NotFound
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.actions import accept_invitation
from oportuno.people.organisations.api import workbench
from oportuno.people.organisations.queries import invitation_by_token


@open_to_all("whoever holds an invitation's link reads who invites her; only the invited address may accept")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET, POST /invitacion/<token>/"""
    try:
        opened = invitation_by_token(token, at=now())
    except NotFound:
        raise NotFound(
            _("This invitation has been used, withdrawn, or is older than seven days."), todo=_("Ask whoever invited you to send it again.")
        )
    if request.method == "POST":
        return _accept(request, token)
    reader = request.user if request.user.is_authenticated else None
    context = {"opened": opened, "reader": reader, "may_accept": reader is not None and opened.is_for(reader), "here": request.path}
    return page(request, "organisations/invitation.html", context)


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        organisation = accept_invitation(token=token, person=request.user, at=now())
    except Forbidden:
        return redirect("organisations:invitation", token=token)
    except Conflict as refusal:
        tell(request, refusal)
        return redirect("organisations:account")
    tell(request, _("Welcome to %(name)s.") % {"name": organisation.name})
    return redirect(workbench(organisation))
