"""The address that an organisation's mail comes from, what its DNS must say, and letting what a guard stopped go on."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell, warn
from oportuno.people.messaging.actions.guarding import go_on
from oportuno.people.messaging.actions.identifying import change_key, choose_address, give_up_address, look_now
from oportuno.people.messaging.forms import SenderForm
from oportuno.people.messaging.queries.envelopes import sender_address
from oportuno.people.messaging.queries.signing import identity_of, records_of
from oportuno.people.messaging.rules.warming import warm_cap
from oportuno.people.organisations.api import MemberRequest, member


@require_http_methods(["GET", "HEAD", "POST"])
@member("manage organisation")
def sender(request: MemberRequest) -> HttpResponse:
    """Choose the address; below it what to write into DNS, and what DNS says."""
    known = identity_of(request.member.organisation.pk)
    form = SenderForm(request.POST or None, initial={"address": known.address if known else ""})
    if request.method == "POST" and form.is_valid():
        try:
            choose_address(member=request.member, address=form.cleaned_data["address"], at=now())
        except Refusal as refusal:
            form.add_error("address", str(refusal))
        else:
            tell(request, _("Saved. Now write its records into DNS."))
            return redirect("messaging:sender", request.member.organisation.slug)
    today = now()
    context = {
        "form": form,
        "known": known,
        "records": records_of(known) if known else [],
        "market": sender_address(),
        "provider": settings.MAIL_PROVIDER.capitalize(),
        "warm_cap": warm_cap(known.warm_from.date(), today.date()) if known and known.warm_from else 0,
    }
    return page(request, "messaging/sender.html", context, status=422 if form.errors else 200)


@require_POST
@member("manage organisation")
def sender_key(request: MemberRequest) -> HttpResponse:
    """Look into DNS, change the key, or give the address up."""
    here = request.member
    try:
        if request.POST.get("do") == "change":
            change_key(member=here, at=now())
            tell(request, _("Here is a new key. The one before signs until the new one stands in DNS."))
        elif request.POST.get("do") == "remove":
            give_up_address(member=here, at=now())
            tell(request, _("Your mail comes from the market's address again."))
        else:
            tell(request, _("Your mail comes from %(address)s now.") % {"address": look_now(member=here, at=now()).address})
    except Refusal as refusal:
        warn(request, str(refusal))
    return redirect("messaging:sender", here.organisation.slug)


@require_POST
@member("manage organisation")
def going_on(request: MemberRequest, frame: UUID) -> HttpResponse:
    """What a guard stopped goes on, by a member's decision."""
    go_on(member=request.member, frame=frame, at=now())
    tell(request, _("It goes on. What was counted until now is forgiven; the guard counts anew."))
    return redirect("messaging:messages", request.member.organisation.slug)
