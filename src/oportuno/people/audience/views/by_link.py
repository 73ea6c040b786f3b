"""What organisations hold of whoever owns an address, without an account: by the signed link that was mailed there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import page, refuse, tell
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.actions.correcting import correct_own
from oportuno.people.audience.actions.erasing import forget_own
from oportuno.people.audience.actions.own_link import read_own_link, send_own_link
from oportuno.people.audience.forms.own_data import CorrectionForm, OwnLinkForm, rows_of
from oportuno.people.audience.models import Channel, Contact, Purpose
from oportuno.people.audience.queries.mine import export_by, held_at, held_by
from oportuno.people.audience.views.requests import circumstances, language_of, pace_forms

ASKING = "audience/own_link.html"
HELD = "audience/own_data.html"
WHY = "whoever holds the signed link that was mailed to the address"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("anybody asks for the link to what is kept under an address; only its owner gets it, and the page says the same to all")
def own_link(request: HttpRequest) -> HttpResponse:
    """/mis-datos/"""
    at = now()
    form = OwnLinkForm(request.POST or None, at=at)
    if request.method != "POST":
        return page(request, ASKING, {"form": form})
    if not form.is_valid():
        return page(request, f"{ASKING}#form", {"form": form}, status=422)
    if not form.is_trap:
        try:
            pace_forms(request, "own data")
            send_own_link(email=form.cleaned_data["email"], language=language_of(request), at=at)
        except Refusal as refusal:
            return refuse(request, refusal, f"{ASKING}#form", {"form": form})
    return redirect("audience:own-link-sent")


@require_safe
@open_to_all("says the same to everybody")
def own_link_sent(request: HttpRequest) -> HttpResponse:
    return page(request, "audience/own_link_sent.html")


@never_cache
@require_safe
@open_to_all(f"{WHY}; looking changes nothing")
def own_data(request: HttpRequest, token: str) -> HttpResponse:
    """/mis-datos/<token>/"""
    email = read_own_link(token, now())
    return page(request, HELD, {"rows": rows_of(held_at(email)), "email": email, "token": token})


@never_cache
@require_safe
@open_to_all(WHY)
def own_data_download(request: HttpRequest, token: str) -> JsonResponse:
    answer = JsonResponse(export_by(read_own_link(token, now())), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    return answer


@require_POST
@open_to_all(WHY)
def own_data_withdrawal(request: HttpRequest, token: str, contact: UUID) -> HttpResponse:
    held = _own(token, contact)
    purpose, channel = request.POST.get("purpose", ""), request.POST.get("channel", "")
    if purpose not in Purpose.values or channel not in Channel.values:
        raise Refusal(_("There is no such purpose."))
    withdraw(
        organisation=held.organisation_id, contact=held.pk, channel=channel, purpose=purpose,
        circumstances=circumstances(request, "link in a mail"), at=now(),
    )  # fmt: skip
    tell(request, _("Withdrawn. Nobody writes to you for this any more."))
    return redirect("audience:own-data", token)


@require_POST
@open_to_all(WHY)
def own_data_correction(request: HttpRequest, token: str, contact: UUID) -> HttpResponse:
    held = _own(token, contact)
    form = CorrectionForm(request.POST, contact=held)
    if not form.is_valid():
        email = read_own_link(token, now())
        return page(request, HELD, {"rows": rows_of(held_at(email), form), "email": email, "token": token}, status=422)
    correct_own(contact=held, said=form.cleaned_data, by=None, at=now())
    tell(request, _("Corrected. This is how they know you now."))
    return redirect("audience:own-data", token)


@require_POST
@open_to_all(WHY)
def own_data_erasure(request: HttpRequest, token: str, contact: UUID) -> HttpResponse:
    """One organisation forgets whoever holds the link."""
    held = _own(token, contact)
    forget_own(email=read_own_link(token, now()), contact=held, at=now())
    tell(request, _("Erased. This organisation does not know you any more."))
    return redirect("audience:own-data", token)


def _own(token: str, contact: UUID) -> Contact:
    return held_by(read_own_link(token, now()), contact)
